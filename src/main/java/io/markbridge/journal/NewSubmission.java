package io.markbridge.journal;

import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.operator.OperatorCall;
import io.markbridge.operator.OperatorPreset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request to be planned, with a small body or none at all.
 *
 * @param parentId the statement that it tracks or details, or the request that it looks for
 * @param bucket the limit that it draws from
 * @param at milliseconds: not before
 * @param body empty where it has none
 */
public record NewSubmission(
    Optional<String> parentId,
    Purpose purpose,
    String call,
    String account,
    String bucket,
    Map<String, String> pathValues,
    Map<String, String> query,
    long at,
    Optional<byte[]> body) {

  /** One without a body. */
  public NewSubmission(
      Optional<String> parentId,
      Purpose purpose,
      String call,
      String account,
      String bucket,
      Map<String, String> pathValues,
      Map<String, String> query,
      long at) {
    this(parentId, purpose, call, account, bucket, pathValues, query, at, Optional.empty());
  }

  /**
   * The question how far a statement is that the operator has.
   *
   * @throws IllegalArgumentException when the operator cannot be asked about statements of this
   *     call
   */
  public static NewSubmission tracking(
      OperatorPreset preset, Submission statement, String operatorId, long at) {
    OperatorCall made = preset.call(statement.call());
    OperatorCall asked = preset.call(made.trackedBy());
    Map<String, String> known = new LinkedHashMap<>(statement.pathValues());
    Map<String, String> query = new LinkedHashMap<>();
    if (!made.answers().isEmpty()) {
      (asked.hasPlaceFor(made.answers()) ? known : query).put(made.answers(), operatorId);
    }
    return new NewSubmission(
        Optional.of(statement.id()),
        Purpose.TRACKING,
        asked.name(),
        statement.account(),
        asked.limit(),
        asked.inPath(known),
        query,
        at);
  }
}
