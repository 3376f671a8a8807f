package io.markbridge.journal;

import io.markbridge.document.Purpose;
import java.util.Map;
import java.util.Optional;

/**
 * A request to be planned that has no body of its own in the journal yet, or none at all.
 *
 * @param parentId the statement that it tracks or details
 * @param bucket the limit that it draws from
 * @param at milliseconds: not before
 */
public record NewSubmission(
    Optional<String> parentId,
    Purpose purpose,
    String call,
    String account,
    String bucket,
    Map<String, String> pathValues,
    Map<String, String> query,
    long at) {}
