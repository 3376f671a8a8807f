package io.markbridge.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the operator.
 *
 * @param parentId the statement that this one tracks or details
 * @param level sent when all statements of the lower levels are accepted
 * @param call its name in the operator preset
 * @param bucket the limit that it draws from
 * @param pathValues fill the placeholders of the call's path
 * @param operatorId the operator's id of what it made: order, report or document
 * @param operatorStatus the operator's own word for its state
 * @param size bytes of the body, 0 where it has none
 * @param answerId owner of the chunks of the newest answer
 * @param failures errors of the operator, verbatim
 * @param sentAt milliseconds: when it last left, or may have left
 * @param failedAttempts failures while the operator was reachable
 */
public record Submission(
    String id,
    String documentId,
    Optional<String> parentId,
    int number,
    int level,
    Purpose purpose,
    String call,
    String account,
    String bucket,
    Map<String, String> pathValues,
    Map<String, String> query,
    SubmissionState state,
    Optional<String> operatorId,
    Optional<String> operatorStatus,
    long size,
    long codes,
    Optional<String> answerId,
    Optional<FailureKind> failureKind,
    List<OperatorError> failures,
    Optional<Long> firstSentAt,
    int attempts,
    long nextAttemptAt,
    Optional<Long> sentAt,
    int failedAttempts) {}
