package io.markbridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.FailureKind;
import io.markbridge.document.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From an HTTP answer to what it means. */
class AnswerReaderTest {
  private final ManualClock clock = new ManualClock();
  private final AnswerReader reader = new AnswerReader(clock);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"orderId\":\"a\"}",
        "[]",
        "\n  {\"orderId\":\"a\"}\n",
        "\uFEFF{\"orderId\":\"a\"}",
        "{\"codes\":[{\"errorCode\":\"7\",\"state\":\"ERROR\"}]}"
      })
  void aSuccessWithJsonIsASuccess(String body) {
    assertThat(read(200, body, null).failure()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "OK", "<html>maintenance</html>", "{\"orderId\":\"a", "[{}"})
  void aSuccessThatCannotBeReadSaysNothingAboutWhatHappened(String body) {
    OperatorAnswer answer = read(200, body, null);
    assertThat(answer.failure()).contains(FailureKind.ANSWER_LOST);
    assertThat(answer.errors()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"globalErrors\":[{\"error\":\"no\",\"errorCode\":201}]} | NOT_PERMITTED",
        "200 | {\"globalErrors\":[{\"error\":\"no\",\"errorCode\":5}]} | REFUSED",
        "200 | [{\"code\":\"x\",\"context\":{\"_cause\":\"inactive-token\"}}] | NOT_AUTHENTICATED",
        "400 | {\"code\":\"x\",\"context\":{\"_cause\":\"inactive-token\"}} | NOT_AUTHENTICATED",
        "400 | {\"globalErrors\":[{\"error\":\"No permission\",\"errorCode\":201}]} | NOT_PERMITTED",
        "400 | {\"code\":\"access-denied\"} | NOT_PERMITTED",
        "400 | [{\"code\":\"invalid-input-parameter\"}] | REFUSED",
        "401 | '' | NOT_AUTHENTICATED",
        "403 | '' | NOT_PERMITTED",
        "404 | '' | NOT_FOUND",
        "406 | '' | REFUSED",
        "408 | '' | OPERATOR_FAILED",
        "420 | '' | OVER_LIMIT",
        "429 | <html/> | OVER_LIMIT",
        "500 | '' | OPERATOR_FAILED",
        "502 | <html/> | OPERATOR_FAILED",
        "503 | '' | OPERATOR_FAILED",
        "307 | '' | OPERATOR_FAILED"
      })
  void everyOtherAnswerHasAKind(int status, String body, FailureKind kind) {
    OperatorAnswer answer = read(status, body, null);
    assertThat(answer.failure()).contains(kind);
    assertThat(answer.errors()).as("something to tell").isNotEmpty();
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void unavailableWithATimeToWaitIsOverTheLimit() {
    assertThat(read(503, "", "7").failure()).contains(FailureKind.OVER_LIMIT);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "' 7 ', 7",
    "0, 0",
    "-5, 0",
    "999999999999, 3600",
    "'Sat, 21 Nov 2026 10:16:00 GMT', 30",
    "'Sat, 21 Nov 2026 10:00:00 GMT', 0"
  })
  void theTimeToWaitIsReadInBothForms(String header, long seconds) {
    assertThat(read(429, "", header).retryAfter()).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1.5", "Yesterday, 21 Nov 2026"})
  void aTimeToWaitThatCannotBeReadIsNone(String header) {
    assertThat(read(429, "", header).retryAfter()).isEmpty();
  }

  @Test
  void theTableOfKindsIsWhole() {
    for (FailureKind kind : FailureKind.values()) {
      boolean may = kind == FailureKind.ANSWER_LOST || kind == FailureKind.OPERATOR_FAILED;
      assertThat(FailureRules.mayHaveHadEffect(kind)).as(kind.name()).isEqualTo(may);
    }
  }

  private OperatorAnswer read(int status, String body, String retryAfter) {
    return reader.read(
        status, "application/json", body.getBytes(StandardCharsets.UTF_8), retryAfter);
  }
}
