package io.markbridge.outbox;

import java.util.Optional;

/**
 * What the legacy system should see of a document.
 *
 * @param row its row's id
 * @param document the document as which the row was taken
 * @param ended whether this is final
 * @param outcome the document's state
 * @param reply the legacy answer, as JSON text
 * @param status where it stands, as JSON text
 * @param error the legacy error, as JSON text
 * @param change grows with every answer: an older one never comes over a newer one
 */
public record RowAnswer(
    String row,
    String document,
    boolean ended,
    String outcome,
    Optional<String> reply,
    Optional<String> status,
    Optional<String> error,
    long change) {}
