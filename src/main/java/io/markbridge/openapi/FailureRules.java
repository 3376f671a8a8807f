package io.markbridge.openapi;

import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.openapi.Consequence.Step;
import io.markbridge.operator.OperatorCall;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which kind of failure an answer is, and what follows from it: the one place that reads HTTP
 * statuses and the one place that decides (design decision 8).
 */
public final class FailureRules {
  private static final String PERMISSION = "201";

  /** How long a limit is closed that the operator said was reached, without saying for how long. */
  private static final Duration UNNAMED_PAUSE = Duration.ofSeconds(10);

  private FailureRules() {}

  /**
   * @param status of the HTTP answer, not a success
   * @param retryAfter whether the answer names a time to wait
   */
  public static FailureKind kind(
      int status, List<OperatorError> errors, boolean inactiveToken, boolean retryAfter) {
    if (inactiveToken || status == 401) {
      return FailureKind.NOT_AUTHENTICATED;
    }
    if (status == 429 || status == 420 || (status == 503 && retryAfter)) {
      return FailureKind.OVER_LIMIT;
    }
    // A redirection is a gateway's or a portal's: the operator has none, and said nothing.
    if (status >= 500 || status == 408 || (status >= 300 && status < 400)) {
      return FailureKind.OPERATOR_FAILED;
    }
    if (status == 403 || errors.stream().anyMatch(FailureRules::permission)) {
      return FailureKind.NOT_PERMITTED;
    }
    return status == 404 ? FailureKind.NOT_FOUND : FailureKind.REFUSED;
  }

  /**
   * What follows from an answer; empty where it is a success. Depends on nothing but its arguments.
   */
  public static Optional<Consequence> follows(Attempt attempt, OperatorAnswer answer) {
    return answer.failure().map(kind -> follows(kind, attempt, answer));
  }

  private static Consequence follows(FailureKind kind, Attempt attempt, OperatorAnswer answer) {
    boolean answered = answer.status() != 0;
    Step step = step(kind, attempt, answered);
    boolean parks =
        attempt.atCeiling() && counts(kind) && (step == Step.RETRY || step == Step.ASK_AGAIN);
    boolean pauses = kind == FailureKind.OVER_LIMIT && answered;
    return new Consequence(
        parks ? Step.PARK : step,
        answer.retryAfter(),
        pauses ? Optional.of(answer.retryAfter().orElse(UNNAMED_PAUSE)) : Optional.empty(),
        kind == FailureKind.NOT_AUTHENTICATED && answered,
        counts(kind),
        tellsOutage(kind, answered));
  }

  private static Step step(FailureKind kind, Attempt attempt, boolean answered) {
    return switch (kind) {
      case NOT_REACHED, NOT_AUTHENTICATED -> Step.RETRY;
      // Without an answer it was the bridge that held it back: it never left.
      case OVER_LIMIT -> answered ? Step.RETRY : Step.GIVE_BACK;
      case ANSWER_LOST, OPERATOR_FAILED -> attempt.effect() ? Step.FIND_OUT : Step.RETRY;
      case NOT_FOUND -> refused(attempt.purpose(), Step.ASK_AGAIN);
      case NOT_PERMITTED, REFUSED -> refused(attempt.purpose(), Step.REJECT);
    };
  }

  /**
   * What cannot be had now (not yet visible, a role missing) is asked for again: what it is about
   * is at the operator. What a statement brought may be not yet visible too; where it is refused,
   * it stays refused.
   */
  private static Step refused(Purpose purpose, Step detail) {
    return switch (purpose) {
      case TRACKING, LOOK_UP -> Step.ASK_AGAIN;
      case DETAIL -> detail;
      case STATEMENT, QUERY -> Step.REJECT;
    };
  }

  /** Whether a failure of this kind counts towards giving up, where the operator was reachable. */
  private static boolean counts(FailureKind kind) {
    return switch (kind) {
      case ANSWER_LOST, OPERATOR_FAILED, NOT_PERMITTED, NOT_FOUND, REFUSED -> true;
      // No connection, no permission of a limit, no token: nothing that this request does is wrong.
      case NOT_REACHED, OVER_LIMIT, NOT_AUTHENTICATED -> false;
    };
  }

  /** The kinds of failures that count towards giving up. */
  public static Set<FailureKind> countingKinds() {
    return Arrays.stream(FailureKind.values())
        .filter(FailureRules::counts)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(FailureKind.class)));
  }

  private static boolean tellsOutage(FailureKind kind, boolean answered) {
    return switch (kind) {
      case NOT_REACHED, OPERATOR_FAILED -> true;
      // An answer that cannot be read is an answer: somebody works there.
      case ANSWER_LOST -> !answered;
      case OVER_LIMIT, NOT_AUTHENTICATED, NOT_PERMITTED, NOT_FOUND, REFUSED -> false;
    };
  }

  /**
   * Whether only a working operator answers like this: a success, or a refusal that it thought of.
   */
  public static boolean showsThatItWorks(OperatorAnswer answer) {
    if (answer.failure().isEmpty()) {
      return true;
    }
    return refuses(answer.failure().get()) && answer.status() >= 200;
  }

  /** Whether the operator said no to what the request says. */
  public static boolean refuses(FailureKind kind) {
    return switch (kind) {
      case NOT_PERMITTED, NOT_FOUND, REFUSED -> true;
      case NOT_REACHED, ANSWER_LOST, OPERATOR_FAILED, OVER_LIMIT, NOT_AUTHENTICATED -> false;
    };
  }

  /** Whether a request with an effect may have had it although this came back. */
  public static boolean mayHaveHadEffect(FailureKind kind) {
    return switch (kind) {
      case ANSWER_LOST, OPERATOR_FAILED -> true;
      case NOT_REACHED, OVER_LIMIT, NOT_AUTHENTICATED, NOT_PERMITTED, NOT_FOUND, REFUSED -> false;
    };
  }

  /**
   * Whether a request that waits for a person may be at the operator, so that only a person can say
   * whether it is sent again.
   *
   * @param all the submissions of its document
   */
  public static boolean mayBeAtOperator(
      Submission submission, OperatorCall call, List<Submission> all) {
    if (!call.hasEffect(submission.query()) || submission.operatorId().isPresent()) {
      return false;
    }
    boolean wasLookedFor =
        all.stream()
            .anyMatch(
                one ->
                    one.purpose() == Purpose.LOOK_UP
                        && one.parentId().equals(Optional.of(submission.id())));
    return wasLookedFor
        || submission.failureKind().map(FailureRules::mayHaveHadEffect).orElse(true);
  }

  private static boolean permission(OperatorError error) {
    return error.code().equals(PERMISSION) || error.code().equals("access-denied");
  }
}
