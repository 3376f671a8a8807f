package io.markbridge.procedure;

import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.FailureRules;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.operator.OperatorCall;
import java.util.stream.Collectors;

/**
 * What follows when a request failed: the one place that decides it, from the kind of failure and
 * the purpose of the request.
 */
public final class FailureProgress {
  private final Waits waits;

  public FailureProgress(Waits waits) {
    this.waits = waits;
  }

  /**
   * @param answer one that has a failure
   */
  public Progress of(Submission submission, OperatorCall call, OperatorAnswer answer) {
    FailureKind kind = answer.failure().orElseThrow();
    Progress progress = decide(submission, call, answer, kind).failed(kind, answer.errors());
    if (answer.body().length > 0) {
      progress.answer(answer.body());
    }
    return progress.note(event(kind), describe(call, answer));
  }

  private Progress decide(
      Submission submission, OperatorCall call, OperatorAnswer answer, FailureKind kind) {
    if (call.hasEffect(submission.query()) && FailureRules.mayHaveHadEffect(kind)) {
      return Progress.to(SubmissionState.IN_DOUBT).visible();
    }
    if (FailureRules.passes(kind)) {
      long wait = answer.retryAfter().map(named -> waits.now() + named.toMillis()).orElse(0L);
      return Progress.again(Math.max(wait, waits.retryAt(submission.attempts())));
    }
    // A status that cannot be had now (not yet visible, a role missing) is asked for again: what it
    // tracks is at the operator.
    if (submission.purpose() == Purpose.TRACKING) {
      return Progress.again(waits.askAgainAt(submission.attempts()));
    }
    return Progress.to(SubmissionState.REJECTED).visible();
  }

  private static String event(FailureKind kind) {
    return switch (kind) {
      case NOT_REACHED -> "operator not reached";
      case ANSWER_LOST -> "answer lost";
      case OPERATOR_FAILED -> "operator failed";
      case OVER_LIMIT -> "over the limit";
      case NOT_AUTHENTICATED -> "not authenticated";
      case NOT_PERMITTED -> "not permitted";
      case NOT_FOUND -> "not found";
      case REFUSED -> "refused";
    };
  }

  private static String describe(OperatorCall call, OperatorAnswer answer) {
    return call.method()
        + " "
        + call.path()
        + ": "
        + (answer.status() == 0 ? "" : "HTTP " + answer.status() + ", ")
        + answer.errors().stream().map(OperatorError::verbatim).collect(Collectors.joining("; "));
  }
}
