package io.markbridge.mapping;

/**
 * A row of a mapping table as a reader sees it: the README, {@code --explain} and the test of the
 * change table show these.
 *
 * @param id row of the change table, such as {@code 3.4}
 * @param kind document kind
 * @param legacy legacy path, or empty where the field is new
 * @param target new path, or empty where it is not sent
 * @param what what happens, in words of the table: {@code renamed}, {@code dropped}, …
 * @param because why, or what to know; may be empty
 */
public record MappingRow(
    String id, String kind, String legacy, String target, String what, String because) {}
