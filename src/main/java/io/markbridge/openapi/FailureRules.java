package io.markbridge.openapi;

import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import java.util.List;

/** Which kind of failure an answer is: the one place that reads HTTP statuses. */
public final class FailureRules {
  private static final String PERMISSION = "201";

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
    if (status >= 500 || status == 408) {
      return FailureKind.OPERATOR_FAILED;
    }
    if (status == 403 || errors.stream().anyMatch(FailureRules::permission)) {
      return FailureKind.NOT_PERMITTED;
    }
    return status == 404 ? FailureKind.NOT_FOUND : FailureKind.REFUSED;
  }

  /** Whether a request with an effect may have had it although this came back. */
  public static boolean mayHaveHadEffect(FailureKind kind) {
    return switch (kind) {
      case ANSWER_LOST, OPERATOR_FAILED -> true;
      case NOT_REACHED, OVER_LIMIT, NOT_AUTHENTICATED, NOT_PERMITTED, NOT_FOUND, REFUSED -> false;
    };
  }

  /** Whether waiting helps. */
  public static boolean passes(FailureKind kind) {
    return switch (kind) {
      case NOT_REACHED, ANSWER_LOST, OPERATOR_FAILED, OVER_LIMIT, NOT_AUTHENTICATED -> true;
      case NOT_PERMITTED, NOT_FOUND, REFUSED -> false;
    };
  }

  private static boolean permission(OperatorError error) {
    return error.code().equals(PERMISSION) || error.code().equals("access-denied");
  }
}
