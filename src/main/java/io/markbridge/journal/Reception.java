package io.markbridge.journal;

/**
 * A stored document.
 *
 * @param already whether the same arrival had been stored before: the process had ended before it
 *     could remove the source
 */
public record Reception(String document, boolean already) {}
