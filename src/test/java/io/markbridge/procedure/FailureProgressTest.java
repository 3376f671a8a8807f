package io.markbridge.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.FailureKind;
import io.markbridge.document.ManualClock;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.operator.OperatorCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the decisions about failures change; the decisions are in FailureRulesTest. */
class FailureProgressTest {
  private final ManualClock clock = new ManualClock();
  private final Waits waits =
      new Waits(
          clock,
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          40,
          () -> 0.5);
  private final FailureProgress failures = new FailureProgress(waits);

  @Test
  void codesAfterAKnownPackAreAskedForAgain() {
    OperatorCall codes =
        new OperatorCall(
            "codes",
            "GET",
            "/api/codes",
            "api",
            "poll",
            true,
            "lastPackId",
            "",
            "",
            "json",
            "",
            "",
            "",
            "uz",
            Long.MAX_VALUE);
    for (FailureKind kind : List.of(FailureKind.ANSWER_LOST, FailureKind.OPERATOR_FAILED)) {
      assertThat(
              failures
                  .of(
                      submission(Purpose.DETAIL, Map.of("lastPackId", "P-1"), 1),
                      codes,
                      answer(kind, Optional.empty()))
                  .state())
          .isEqualTo(SubmissionState.PLANNED);
      assertThat(
              failures
                  .of(
                      submission(Purpose.DETAIL, Map.of(), 1),
                      codes,
                      answer(kind, Optional.empty()))
                  .state())
          .isEqualTo(SubmissionState.IN_DOUBT);
    }
  }

  @Test
  void waitsDoubleUpToTheLongest() {
    long now = clock.millis();
    assertThat(waits.retryAt(1) - now).isEqualTo(1100);
    assertThat(waits.retryAt(2) - now).isEqualTo(2200);
    assertThat(waits.retryAt(5) - now).isEqualTo(17_600);
    assertThat(waits.retryAt(20) - now).isEqualTo(330_000);
    assertThat(waits.retryAt(Integer.MAX_VALUE) - now).isEqualTo(330_000);
    assertThat(waits.retryAt(0) - now).isEqualTo(1100);
    assertThat(waits.retryAt(-1) - now).isEqualTo(1100);
    assertThat(waits.askAgainAt(1) - now).isEqualTo(1000);
    assertThat(waits.askAgainAt(4) - now).isEqualTo(8000);
    assertThat(waits.askAgainAt(1000) - now).isEqualTo(60_000);
    assertThat(waits.askAfterFailureAt(1) - now).isEqualTo(1100);
    assertThat(waits.askAfterFailureAt(20) - now).isEqualTo(66_000);
  }

  @Test
  void theOperatorsTimeToWaitIsAtLeastWaited() {
    OperatorAnswer answer = answer(FailureKind.OVER_LIMIT, Optional.of(Duration.ofMinutes(3)));
    assertThat(state(Purpose.STATEMENT, 0, answer)).isEqualTo("PLANNED in 180000");
    answer = answer(FailureKind.OVER_LIMIT, Optional.of(Duration.ofMillis(1)));
    assertThat(state(Purpose.STATEMENT, 0, answer)).isEqualTo("PLANNED in 4400");
  }

  @Test
  void aQuestionAboutWhatWasSentIsParkedAfterTheLastAttempt() {
    OperatorAnswer answer = answer(FailureKind.NOT_FOUND, Optional.empty());
    assertThat(state(Purpose.TRACKING, 39, answer)).isEqualTo("PLANNED in 4000");
    assertThat(state(Purpose.TRACKING, 40, answer)).isEqualTo("PARKED in 0");
    OperatorAnswer outage = answer(FailureKind.NOT_REACHED, Optional.empty());
    assertThat(state(Purpose.TRACKING, 4000, outage)).isEqualTo("PLANNED in 66000");
    assertThat(state(Purpose.TRACKING, 0, outage)).isEqualTo("PLANNED in 1100");
  }

  private String state(Purpose purpose, int failedAttempts, OperatorAnswer answer) {
    OperatorCall call =
        new OperatorCall(
            "order",
            "POST",
            "/api/orders",
            "api",
            "post",
            false,
            "",
            "",
            "",
            "json",
            "",
            "",
            "",
            "uz",
            Long.MAX_VALUE);
    io.markbridge.journal.Progress progress =
        failures.of(submission(purpose, Map.of(), 3, failedAttempts), call, answer);
    long wait = progress.nextAttemptAt() == 0 ? 0 : progress.nextAttemptAt() - clock.millis();
    return progress.state() + " in " + wait;
  }

  private static Submission submission(Purpose purpose, Map<String, String> query, int attempts) {
    return submission(purpose, query, attempts, 0);
  }

  private static OperatorAnswer answer(FailureKind kind, Optional<Duration> retryAfter) {
    return new OperatorAnswer(400, new byte[0], Optional.of(kind), List.of(), retryAfter);
  }

  private static Submission submission(
      Purpose purpose, Map<String, String> query, int attempts, int failedAttempts) {
    return new Submission(
        "d/1",
        "d",
        Optional.empty(),
        1,
        0,
        purpose,
        "order",
        "default",
        "post",
        Map.of(),
        query,
        SubmissionState.SENDING,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        attempts,
        0,
        Optional.empty(),
        failedAttempts);
  }
}
