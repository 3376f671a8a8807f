package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section Limits: so many calls in any sliding minute. */
class SandboxLimitsTest extends SandboxTest {
  private static final String ORDERS = "/api/orders";

  @BeforeEach
  void limit() {
    sandbox.set("limit", "3");
  }

  @Test
  void fourthCallOfAMinuteIsRefusedUntilTheFirstIsAMinuteOld() throws IOException {
    client.got(ORDERS);
    clock.move(Duration.ofSeconds(30));
    client.got(ORDERS);
    client.got(ORDERS);

    Client.Got refused = client.get(ORDERS);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.response().headers().firstValue("Retry-After")).hasValue("30");
    clock.move(Duration.ofSeconds(30));
    assertThat(client.get(ORDERS).status()).isEqualTo(200);
    assertThat(client.get(ORDERS).status()).isEqualTo(429);
  }

  @Test
  void retryAfterIsLeftOutByASwitch() throws IOException {
    sandbox.set("limit", "1");
    sandbox.set("retry-after", "false");
    client.got(ORDERS);

    assertThat(client.get(ORDERS).response().headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void eachCredentialAndKindHasItsOwnWindow() throws IOException {
    sandbox.set("limit", "1");
    client.got(ORDERS);

    assertThat(client.post(ORDERS, Client.order("water", GTIN, 1)).status()).isEqualTo(200);
    String token = client.login().path("accessToken").asText();
    assertThat(new Client(sandbox).with(token).get(ORDERS).status()).isEqualTo(200);
    sandbox.set("limit-scope", "credential");
    client.got(ORDERS);
    assertThat(client.post(ORDERS, "{}").status()).isEqualTo(429);
  }

  @Test
  void theMostOfAnyMinuteIsRecordedWithRefusedCallsToo() throws IOException {
    for (int call = 0; call < 5; call++) {
      client.get(ORDERS);
    }
    clock.move(Duration.ofMinutes(1));
    client.get(ORDERS);

    assertThat(sandbox.journal().mostCallsPerMinute()).containsEntry("key:demo GET", 5);
    assertThat(sandbox.journal().callsPerSecond().get("key:demo GET"))
        .containsExactly(
            java.util.Map.entry(clock.instant().getEpochSecond() - 60, 5),
            java.util.Map.entry(clock.instant().getEpochSecond(), 1));
    assertThat(sandbox.journal().refusedByLimit()).isEqualTo(2);
    assertThat(sandbox.journal().callsByName()).containsEntry("orders", 6L);
    assertThat(sandbox.journal().callsByPath()).containsEntry("GET /api/orders", 6L);
  }

  @Test
  void legacyPathsAreNotFoundAndCounted() throws IOException {
    assertThat(client.get("/api/v2/pharma/ping?omsId=1").status()).isEqualTo(404);
    assertThat(client.post("/api/codes", "{}").status()).isEqualTo(405);
    assertThat(sandbox.journal().callsByPath())
        .containsEntry("unknown GET /api/v2/pharma/ping", 1L)
        .containsEntry("unknown POST /api/codes", 1L);
  }

  @Test
  void dateHeaderFollowsTheClock() throws IOException {
    assertThat(client.get(ORDERS).response().headers().firstValue("Date"))
        .hasValue("Sun, 1 Mar 2026 10:00:00 GMT");
  }
}
