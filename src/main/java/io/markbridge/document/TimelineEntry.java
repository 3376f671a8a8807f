package io.markbridge.document;

import java.util.Optional;

/**
 * Something that happened to a document.
 *
 * @param at milliseconds since 1970
 * @param event a short word group, such as {@code accepted}, {@code sent}, {@code answered}
 * @param detail text or JSON; never a secret
 */
public record TimelineEntry(
    String id,
    String documentId,
    Optional<String> submissionId,
    long at,
    String event,
    String detail) {}
