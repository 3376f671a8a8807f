package io.markbridge.procedure;

import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.Attempt;
import io.markbridge.openapi.Consequence;
import io.markbridge.openapi.FailureRules;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.operator.OperatorCall;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Carries out for a submission what {@link FailureRules} decide about its failure. */
public final class FailureProgress {
  private final Waits waits;

  public FailureProgress(Waits waits) {
    this.waits = waits;
  }

  /** The attempt that a submission makes now. */
  public Attempt attempt(Submission submission, OperatorCall call) {
    return new Attempt(
        submission.purpose(),
        call.hasEffect(submission.query()),
        submission.failedAttempts() >= waits.mostAttempts());
  }

  /**
   * @param answer one that has a failure
   */
  public Progress of(Submission submission, OperatorCall call, OperatorAnswer answer) {
    FailureKind kind = answer.failure().orElseThrow();
    Consequence follows = FailureRules.follows(attempt(submission, call), answer).orElseThrow();
    Progress progress =
        carryOut(follows, submission, answer)
            .failed(kind, answer.errors())
            .note(event(kind), describe(call, answer));
    if (follows.step() == Consequence.Step.PARK) {
      progress.note(
          "parked",
          "failed "
              + (submission.failedAttempts() + 1)
              + " times while the operator was reachable (markbridge.retry.most-attempts)");
    }
    if (answer.body().length > 0) {
      progress.answer(answer.body());
    }
    return progress;
  }

  /** What follows where the operator answers well, but does not tell what it has to tell (yet). */
  public Progress missing(
      Submission submission, OperatorCall call, OperatorAnswer answer, String what) {
    return of(
        submission,
        call,
        new OperatorAnswer(
            answer.status(),
            answer.body(),
            Optional.of(FailureKind.NOT_FOUND),
            List.of(OperatorError.of("", what, "")),
            Optional.empty()));
  }

  private Progress carryOut(Consequence follows, Submission submission, OperatorAnswer answer) {
    return switch (follows.step()) {
      case RETRY ->
          Progress.again(
              Math.max(
                  follows.atLeast().map(wait -> waits.now() + wait.toMillis()).orElse(0L),
                  retryAt(submission)));
      case ASK_AGAIN -> Progress.again(waits.askAgainAt(submission.attempts()));
      case FIND_OUT -> Progress.to(SubmissionState.IN_DOUBT).visible();
      case REJECT -> Progress.to(SubmissionState.REJECTED).visible();
      case PARK ->
          submission.purpose() == Purpose.LOOK_UP
              // Nobody finds out any more what became of the request that it looks for.
              ? Progress.to(SubmissionState.DONE).foundOut(parked(answer))
              : Progress.to(SubmissionState.PARKED).visible();
      case GIVE_BACK ->
          throw new IllegalArgumentException("what never left is given back: " + answer.errors());
    };
  }

  /** Attempts of a question are mostly answered ones; what waits for a look-up waits already. */
  private long retryAt(Submission submission) {
    return switch (submission.purpose()) {
      case STATEMENT, QUERY, DETAIL -> waits.retryAt(submission.attempts());
      case TRACKING, LOOK_UP -> waits.askAfterFailureAt(submission.failedAttempts() + 1L);
    };
  }

  private static Progress parked(OperatorAnswer answer) {
    return Progress.to(SubmissionState.PARKED)
        .failed(answer.failure().orElseThrow(), answer.errors())
        .visible();
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
