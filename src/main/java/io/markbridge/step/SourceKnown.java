package io.markbridge.step;

import java.time.Duration;

/**
 * An event: the bridge has heard of a source for the first time.
 *
 * @param name {@code file}, {@code sftp:<server>} or {@code outbox:<name>}
 * @param interval from the end of one look at it to the next one
 */
public record SourceKnown(String name, Duration interval) {}
