package io.markbridge.openapi;

import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came back for a request.
 *
 * @param status HTTP status, 0 where no answer came
 * @param body as it came, at most 16 MB
 * @param failure empty where the call succeeded
 * @param retryAfter how long the operator wants us to wait
 * @param date the operator's clock when it answered
 * @param hint what it told of the call's limit
 */
public record OperatorAnswer(
    int status,
    byte[] body,
    Optional<FailureKind> failure,
    List<OperatorError> errors,
    Optional<Duration> retryAfter,
    Optional<Instant> date,
    Optional<LimitHint> hint) {

  /** One that does not tell the operator's clock. */
  public OperatorAnswer(
      int status,
      byte[] body,
      Optional<FailureKind> failure,
      List<OperatorError> errors,
      Optional<Duration> retryAfter) {
    this(status, body, failure, errors, retryAfter, Optional.empty(), Optional.empty());
  }

  /** The same with the operator's clock. */
  public OperatorAnswer at(Optional<Instant> told) {
    return new OperatorAnswer(status, body, failure, errors, retryAfter, told, hint);
  }

  /** One that is over a limit, and names no time itself, waits for the limit's next period. */
  public OperatorAnswer orWait(Optional<Instant> until, Instant now) {
    boolean over = failure.equals(Optional.of(FailureKind.OVER_LIMIT));
    if (!over || retryAfter.isPresent() || until.isEmpty()) {
      return this;
    }
    Duration wait = Duration.between(now, until.get());
    return new OperatorAnswer(
        status,
        body,
        failure,
        errors,
        Optional.of(wait.isNegative() ? Duration.ZERO : wait),
        date,
        hint);
  }

  /** The same with what it tells of the limit. */
  public OperatorAnswer with(Optional<LimitHint> told) {
    return new OperatorAnswer(status, body, failure, errors, retryAfter, date, told);
  }

  /** A request that the bridge itself held back: it never left. */
  public static OperatorAnswer heldBack(String reason, Duration wait) {
    return new OperatorAnswer(
        0,
        new byte[0],
        Optional.of(FailureKind.OVER_LIMIT),
        List.of(OperatorError.of("", reason, "")),
        Optional.of(wait));
  }

  /** A request that did not get a readable answer. */
  public static OperatorAnswer failed(FailureKind kind, String reason) {
    return new OperatorAnswer(
        0,
        new byte[0],
        Optional.of(kind),
        List.of(OperatorError.of("", reason, "")),
        Optional.empty());
  }
}
