package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Section Errors: every shape on demand. */
class SandboxFailuresTest extends SandboxTest {
  private static final String ORDERS = "/api/orders";

  private Client.Got order() throws IOException {
    return client.post(ORDERS, Client.order("pharma", GTIN, 1));
  }

  private int orders() {
    return sandbox.journal().orders().size();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400-permission-201 | 400 | No permission for operation",
        "400-invalid-parameter | 400 | invalid-input-parameter",
        "access-denied | 403 | {\"code\":\"access-denied\"}",
        "errorId | 400 | description",
        "401 | 401 | ''",
        "401-inactive-token | 401 | inactive-token",
        "403 | 403 | ''",
        "404 | 404 | not-found",
        "406-empty | 406 | ''",
        "429 | 429 | ''",
        "500 | 500 | internal",
        "502-html | 502 | <html>",
        "503 | 503 | ''",
        "504 | 504 | ''",
        "307 | 307 | ''",
        "empty-200 | 200 | ''"
      })
  void answersOnce(String shape, int status, String text) throws IOException {
    sandbox.set("fail", "order:" + shape);

    Client.Got got = order();

    assertThat(got.status()).isEqualTo(status);
    assertThat(got.text()).contains(text);
    assertThat(text.isEmpty()).isEqualTo(got.text().isEmpty());
    assertThat(orders()).isZero();
    assertThat(order().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"429-retry-after, Retry-After", "503-retry-after, Retry-After", "307, Location"})
  void headersThatGoWithIt(String shape, String header) throws IOException {
    sandbox.set("fail", "order:" + shape);

    assertThat(order().response().headers().firstValue(header)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"504-after, 504", "empty-200-after, 200", "502-html-after, 502"})
  void canComeAfterTheCallWasProcessed(String shape, int status) throws IOException {
    sandbox.set("fail", "order:" + shape);

    assertThat(order().status()).isEqualTo(status);
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void connectionIsCutBeforeOrAfterProcessing() throws IOException {
    sandbox.set("fail", "order:cut-before");
    assertThatThrownBy(this::order).isInstanceOf(IOException.class);
    assertThat(orders()).isZero();

    sandbox.set("fail", "order:cut-after");
    assertThatThrownBy(this::order).isInstanceOf(IOException.class);
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void halfAnAnswerIsProcessed() {
    sandbox.set("fail", "order:half-answer");

    assertThatThrownBy(this::order).isInstanceOf(IOException.class);
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void slowAnswerComesLate() throws IOException {
    sandbox.set("slow-delay", "1h");
    sandbox.set("fail", "orders:slow");

    assertThatThrownBy(
            () -> client.send(client.request(ORDERS).GET().timeout(Duration.ofMillis(300))))
        .isInstanceOf(HttpTimeoutException.class);
    sandbox.set("slow-delay", "1ms");
    sandbox.set("fail", "orders:slow");
    assertThat(client.get(ORDERS).status()).isEqualTo(200);
  }

  @Test
  void anAnswerThatIsHeldBackCanBeLetGo() throws Exception {
    sandbox.set("slow-delay", "1h");
    sandbox.set("fail", "orders:slow");
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.get(ORDERS).status();
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            });
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> sandbox.journal().callsByName().containsKey("orders"));
    assertThat(status).isNotDone();
    sandbox.set("slow-delay", "1ms");
    assertThat(status.get(1, TimeUnit.MINUTES)).isEqualTo(200);
  }

  @Test
  void timesAndSkipsAndAnyCall() throws IOException {
    sandbox.set("fail", "orders:503:2:1; *:404:1");

    assertThat(client.get(ORDERS).status()).isEqualTo(404);
    assertThat(client.get(ORDERS).status()).isEqualTo(503);
    assertThat(client.get(ORDERS).status()).isEqualTo(503);
    assertThat(client.get(ORDERS).status()).isEqualTo(200);
    sandbox.set("fail", "*:503:*");
    assertThat(client.get(ORDERS).status()).isEqualTo(503);
    assertThat(client.post("/api/users/authenticate", "{}").status()).isEqualTo(503);
    sandbox.set("fail", "");
    assertThat(client.get(ORDERS).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(FailureShape.class)
  void everyShapeCanBeAskedFor(FailureShape shape) {
    sandbox.set("fail", "orders:" + shape.label());
  }

  @ParameterizedTest
  @CsvSource({"order", "order:nonsense", "nonsense:503", "order:503:x", "order:slow-after"})
  void nonsenseIsSaid(String value) {
    assertThatThrownBy(() -> sandbox.set("fail", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("fail");
  }
}
