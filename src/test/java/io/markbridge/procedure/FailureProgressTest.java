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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from every kind of failure, for every purpose, with and without an effect. */
class FailureProgressTest {
  private final ManualClock clock = new ManualClock();
  private final Waits waits =
      new Waits(
          clock,
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          () -> 0.5);
  private final FailureProgress failures = new FailureProgress(waits);

  @ParameterizedTest
  @CsvSource({
    // kind, with effect, without effect, without effect while tracking
    "NOT_REACHED, PLANNED, PLANNED, PLANNED",
    "ANSWER_LOST, IN_DOUBT, PLANNED, PLANNED",
    "OPERATOR_FAILED, IN_DOUBT, PLANNED, PLANNED",
    "OVER_LIMIT, PLANNED, PLANNED, PLANNED",
    "NOT_AUTHENTICATED, PLANNED, PLANNED, PLANNED",
    "NOT_PERMITTED, REJECTED, REJECTED, PLANNED",
    "NOT_FOUND, REJECTED, REJECTED, PLANNED",
    "REFUSED, REJECTED, REJECTED, PLANNED"
  })
  void everyKindIsDecided(
      FailureKind kind,
      SubmissionState withEffect,
      SubmissionState without,
      SubmissionState tracking) {
    for (Purpose purpose : Purpose.values()) {
      boolean tracks = purpose == Purpose.TRACKING;
      assertThat(decide(kind, purpose, false, Map.of(), Optional.empty()).state())
          .as("%s of a %s without effect", kind, purpose)
          .isEqualTo(tracks ? tracking : without);
      if (!tracks) {
        assertThat(decide(kind, purpose, true, Map.of(), Optional.empty()).state())
            .as("%s of a %s with effect", kind, purpose)
            .isEqualTo(withEffect);
      }
    }
  }

  @Test
  void theTableHasEveryKind() throws NoSuchMethodException {
    CsvSource table =
        FailureProgressTest.class
            .getDeclaredMethod(
                "everyKindIsDecided",
                FailureKind.class,
                SubmissionState.class,
                SubmissionState.class,
                SubmissionState.class)
            .getAnnotation(CsvSource.class);
    List<String> kinds = new ArrayList<>();
    for (String row : table.value()) {
      kinds.add(row.split(",")[0]);
    }
    for (FailureKind kind : FailureKind.values()) {
      assertThat(kinds).contains(kind.name());
    }
  }

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
            "");
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
    assertThat(waits.longestRetryAt() - now).isEqualTo(300_000);
  }

  private io.markbridge.journal.Progress decide(
      FailureKind kind,
      Purpose purpose,
      boolean effect,
      Map<String, String> query,
      Optional<Duration> retryAfter) {
    OperatorCall call =
        new OperatorCall(
            "order", "POST", "/api/orders", "api", "post", effect, "", "", "", "json", "", "", "");
    return failures.of(submission(purpose, query, 3), call, answer(kind, retryAfter));
  }

  private static OperatorAnswer answer(FailureKind kind, Optional<Duration> retryAfter) {
    return new OperatorAnswer(400, new byte[0], Optional.of(kind), List.of(), retryAfter);
  }

  private static Submission submission(Purpose purpose, Map<String, String> query, int attempts) {
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
        0);
  }
}
