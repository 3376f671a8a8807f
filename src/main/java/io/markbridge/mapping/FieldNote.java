package io.markbridge.mapping;

/**
 * What happened to one field: for {@code --explain} and the timeline. Fields inside arrays are told
 * once, with {@code [*]}, and how often.
 *
 * @param row row of the change table, such as {@code 6.1}, or {@code X5}
 * @param from legacy path, or empty where the field is new
 * @param to new path, or empty where it was dropped
 * @param action such as {@code dropped}, {@code renamed}, {@code filled}, {@code converted}, {@code
 *     repaired}, {@code split}
 * @param source what filled it: {@code payload}, {@code order b024…}, {@code
 *     markbridge.groups.tobacco.business-place-id}, …
 * @param count how many times
 */
public record FieldNote(
    String row, String from, String to, String action, String source, long count) {}
