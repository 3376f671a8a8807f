package io.markbridge.step;

/**
 * An event: the bridge has heard of a source for the first time.
 *
 * @param name {@code file}, {@code sftp:<server>} or {@code outbox:<name>}
 */
public record SourceKnown(String name) {}
