package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.Patience;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.step.OperatorClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens over HTTP against the sandbox, through the routes: how often each call is made. */
@QuarkusTest
@QuarkusTestResource(
    value = PlantResource.class,
    restrictToAnnotatedClass = true,
    initArgs = @ResourceArg(name = "markbridge.limits.login", value = "0"))
class TokensTest {
  private static final int AT_ONCE = 64;

  Plant plant;
  @Inject OperatorClient client;
  private Map<String, Long> before;

  @BeforeEach
  void haveAToken() {
    plant.sandbox().set("token-life", "30m");
    plant.sandbox().set("refresh-life", "24h");
    plant.sandbox().set("expired-token-status", "401");
    // What an earlier test made of its tokens is over.
    plant.sandbox().expireTokens();
    ask();
    remember();
  }

  private void remember() {
    before = plant.sandbox().journal().callsByName();
  }

  private long made(String call) {
    return plant.sandbox().journal().callsByName().getOrDefault(call, 0L)
        - before.getOrDefault(call, 0L);
  }

  private OperatorAnswer ask() {
    return client.ask("default", "orders", Map.of(), Map.of("limit", "1"));
  }

  private void askAllAtOnce() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
    CyclicBarrier start = new CyclicBarrier(AT_ONCE);
    Callable<OperatorAnswer> call =
        () -> {
          start.await();
          return ask();
        };
    List<Future<OperatorAnswer>> answers = new ArrayList<>();
    for (int number = 0; number < AT_ONCE; number++) {
      answers.add(callers.submit(call));
    }
    for (Future<OperatorAnswer> answer : answers) {
      assertThat(answer.get().failure()).isEmpty();
    }
    callers.shutdown();
  }

  @Test
  void manyCallsAtExpiryCauseOneRefresh() throws Exception {
    plant.sandbox().set("token-life", "3s");
    plant.sandbox().expireTokens();
    ask();
    plant.sandbox().set("token-life", "30m");
    remember();
    // A token of three seconds is renewed when nine tenths of them are over.
    Patience.await("nearly its end").pollDelay(Duration.ofMillis(2800)).until(() -> true);
    askAllAtOnce();
    assertThat(made("refresh")).isEqualTo(1);
    assertThat(made("login")).isZero();
    assertThat(made("orders")).as("none was repeated").isEqualTo(AT_ONCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"401", "400"})
  void aRevokedTokenCausesOneRefreshAndOneRepeat(String status) {
    plant.sandbox().set("expired-token-status", status);
    plant.sandbox().expireTokens();
    assertThat(ask().failure()).isEmpty();
    assertThat(made("orders")).isEqualTo(2);
    assertThat(made("refresh")).isEqualTo(1);
    assertThat(made("login")).isZero();
  }

  @Test
  void aRevokedTokenOfManyCallsCausesOneRefreshAndOneRepeatOfEach() throws Exception {
    plant.sandbox().expireTokens();
    askAllAtOnce();
    assertThat(made("refresh")).isEqualTo(1);
    assertThat(made("login")).isZero();
    assertThat(made("orders")).isBetween(AT_ONCE + 1L, 2L * AT_ONCE);
  }

  @Test
  void aRefreshTokenThatDiedCausesOneLogin() throws Exception {
    plant.sandbox().set("refresh-life", "1ms");
    plant.sandbox().expireTokens();
    ask();
    remember();
    plant.sandbox().expireTokens();
    askAllAtOnce();
    assertThat(made("refresh")).isEqualTo(1);
    assertThat(made("login")).isEqualTo(1);
    assertThat(made("orders")).isBetween(AT_ONCE + 1L, 2L * AT_ONCE);
  }
}
