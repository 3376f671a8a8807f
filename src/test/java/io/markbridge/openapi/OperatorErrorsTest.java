package io.markbridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.OperatorError;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorErrorsTest {

  @Test
  void readsAMissingPermission() {
    assertThat(
            read(
                400,
                "{\"globalErrors\":[{\"error\":\"No permission for operation\",\"errorCode\":201}]}"))
        .containsExactly(
            new OperatorError("201", Optional.of(201), "No permission for operation", ""));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`[{\"code\":\"invalid-input-parameter\",\"context\":{\"parameter\":\"gtin\"}}]`, invalid-input-parameter, ``, gtin",
        "`{\"code\":\"access-denied\"}`, access-denied, ``, ``",
        "`[{\"errorId\":12,\"context\":{\"description\":\"bad place\"}}]`, 12, bad place, ``",
        "`[{\"code\":\"user-incorrect-login-or-password\"}]`, user-incorrect-login-or-password, ``, ``",
        "`{\"fieldErrors\":[{\"fieldError\":\"wrong\",\"fieldName\":\"a[0].b\",\"errorCode\":7}]}`, 7, wrong, a[0].b",
        "`{\"globalErrors\":[\"no such order\"],\"success\":false}`, ``, no such order, ``",
        "`{\"errorCode\":400,\"errorText\":\"Missing header\"}`, 400, Missing header, ``",
        "`{\"timestamp\":\"t\",\"status\":404,\"error\":\"Not Found\",\"path\":\"/x\"}`, ``, Not Found, ``",
        "`{\"orderId\":\"1\",\"rejectionReason\":\"Not paid\"}`, ``, Not paid, ``",
        "`{\"errors\":[{\"code\":\"x\",\"message\":\"y\"}]}`, x, y, ``",
        "`{\"code\":\"bad\",\"context\":{\"limit\":5}}`, bad, `{\"limit\":5}`, ``",
        "`\uFEFF[{\"code\":\"odd\"}]`, odd, ``, ``",
      })
  void readsEveryShape(String body, String code, String text, String parameter) {
    assertThat(read(400, body)).containsExactly(OperatorError.of(code, text, parameter));
  }

  @Test
  void readsSeveral() {
    assertThat(
            read(
                400,
                "{\"globalErrors\":[{\"error\":\"a\",\"errorCode\":1},\"b\"],"
                    + "\"fieldErrors\":[{\"fieldError\":\"c\",\"fieldName\":\"f\"}]}"))
        .extracting(OperatorError::text)
        .containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "503, ``, HTTP 503",
        "406, ` `, HTTP 406",
        "400, `{}`, HTTP 400: {}",
        "504, `<html><title>Gateway</title>\n<h1>Time-out</h1></html>`, HTTP 504: Gateway Time-out",
        "400, `{\"globalErrors\":[{\"error\":\"No per`, `HTTP 400: {\"globalErrors\":[{\"error\":\"No per`",
        "429, Too many, HTTP 429: Too many",
      })
  void tellsWhatIsNoError(int status, String body, String text) {
    assertThat(read(status, body)).containsExactly(OperatorError.of("", text, ""));
  }

  @Test
  void bearsNothing() {
    assertThat(OperatorErrors.read(500, null, null))
        .extracting(OperatorError::text)
        .containsExactly("HTTP 500");
    assertThat(read(200, "{\"orderId\":\"1\"}")).isEmpty();
    assertThat(read(200, "")).isEmpty();
    assertThat(read(400, "[".repeat(100_000))).hasSize(1);
    assertThat(
            OperatorErrors.read(
                502,
                "text/html; charset=windows-1251",
                "<b>Ошибка</b>".getBytes(Charset.forName("windows-1251"))))
        .extracting(OperatorError::text)
        .containsExactly("HTTP 502: Ошибка");
    assertThat(OperatorErrors.read(502, "text/html; charset=made-up", new byte[] {'x'})).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"code\":\"unauthorized\",\"context\":{\"_cause\":\"inactive-token\"}}`, true",
        "`[{\"code\":\"inactive-token\"}]`, true",
        "`{\"code\":\"unauthorized\",\"context\":{\"_cause\":\"inactive-tok`, false",
        "`{\"code\":\"access-denied\"}`, false",
      })
  void seesAnInactiveToken(String body, boolean inactive) {
    assertThat(OperatorErrors.inactiveToken(read(400, body))).isEqualTo(inactive);
  }

  @Property(tries = 1000)
  void neverThrows(@ForAll byte[] body, @ForAll @IntRange(min = 100, max = 599) int status) {
    assertThat(OperatorErrors.read(status, "text/plain", body))
        .hasSizeGreaterThanOrEqualTo(status >= 400 ? 1 : 0);
  }

  @Property(tries = 1000)
  void neverThrowsOnOddJson(@ForAll("odd") String body) {
    assertThat(read(400, body)).isNotEmpty();
  }

  @Provide
  Arbitrary<String> odd() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "\"globalErrors\":",
            "\"fieldErrors\":",
            "\"error\":",
            "\"code\":",
            "\"context\":",
            "null",
            "1",
            "\"x\"",
            ",",
            "true",
            "\"_cause\":",
            "1e999999")
        .list()
        .ofMaxSize(15)
        .map(parts -> String.join("", parts));
  }

  private static List<OperatorError> read(int status, String body) {
    return OperatorErrors.read(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }
}
