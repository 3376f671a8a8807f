package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxAuthenticationTest extends SandboxTest {
  private static final String ORDERS = "/api/orders";

  @Test
  void loginGivesTokensWhoseLifeIsMillisecondsInAString() throws IOException {
    JsonNode pair = client.login();

    assertThat(pair.path("accessTokenExpiresIn").isTextual()).isTrue();
    assertThat(pair.path("accessTokenExpiresIn").asText()).isEqualTo("1800000");
    assertThat(pair.path("accessTokenType").asText()).isEqualTo("BEARER");
    assertThat(client.with(pair.path("accessToken").asText()).get(ORDERS).status()).isEqualTo(200);
  }

  @Test
  void lifeCanBeANumber() throws IOException {
    sandbox.set("token-life-form", "number");

    assertThat(client.login().path("accessTokenExpiresIn").isIntegralNumber()).isTrue();
  }

  @Test
  void wrongPasswordIsSaidInTheOperatorsShape() throws IOException {
    Client.Got got =
        client.post("/api/users/authenticate", "{\"login\":\"demo\",\"password\":\"x\"}");

    assertThat(got.status()).isEqualTo(400);
    assertThat(got.text()).isEqualTo("[{\"code\":\"user-incorrect-login-or-password\"}]");
  }

  @Test
  void refreshIsAFormAndUsesTheTokenUp() throws IOException {
    String refresh = "refreshToken=" + client.login().path("refreshToken").asText();

    Client.Got first = client.form("/api/users/tokens/refresh", refresh);
    Client.Got second = client.form("/api/users/tokens/refresh", refresh);

    assertThat(first.json().path("accessToken").asText()).startsWith("access-");
    assertThat(second.status()).isEqualTo(401);
    assertThat(client.post("/api/users/tokens/refresh", refresh).status()).isEqualTo(415);
  }

  @Test
  void refreshTokenLivesOnByASwitch() throws IOException {
    sandbox.set("refresh-reuse", "true");
    String refresh = "refreshToken=" + client.login().path("refreshToken").asText();

    client.form("/api/users/tokens/refresh", refresh);

    assertThat(client.form("/api/users/tokens/refresh", refresh).status()).isEqualTo(200);
    clock.move(Duration.ofHours(24));
    assertThat(client.form("/api/users/tokens/refresh", refresh).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"401", "400"})
  void expiredTokenIsInactive(int status) throws IOException {
    sandbox.set("expired-token-status", Integer.toString(status));
    client.with(client.login().path("accessToken").asText());

    clock.move(Duration.ofMinutes(30));

    Client.Got got = client.get(ORDERS);
    assertThat(got.status()).isEqualTo(status);
    assertThat(got.json().path("context").path("_cause").asText()).isEqualTo("inactive-token");
  }

  @Test
  void familiesTakeTheCredentialsTheSwitchSays() throws IOException {
    sandbox.set("family-public", "key");
    sandbox.set("family-api", "token");
    String search = Client.STORAGE + "/docs/search";

    assertThat(client.get(search).status()).isEqualTo(200);
    assertThat(client.get(ORDERS).status()).isEqualTo(401);
    client.with(client.login().path("accessToken").asText());
    assertThat(client.get(search).status()).isEqualTo(401);
    assertThat(client.get(ORDERS).status()).isEqualTo(200);
  }

  @Test
  void noCredentialAndUnknownCredentialAreRefused() throws IOException {
    assertThat(client.with("").get(ORDERS).status()).isEqualTo(401);
    assertThat(client.with("nobody").get(ORDERS).status()).isEqualTo(401);
  }

  @Test
  void tokensCanBeEndedAtOnce() throws IOException {
    client.with(client.login().path("accessToken").asText());

    sandbox.expireTokens();

    assertThat(client.get(ORDERS).status()).isEqualTo(401);
  }

  @Test
  void narrowAcceptGets406() throws IOException {
    Client.Got got = client.send(client.request(ORDERS).setHeader("Accept", "application/json"));

    assertThat(got.status()).isEqualTo(406);
    assertThat(got.text()).isEmpty();
    sandbox.set("accept", "any");
    assertThat(client.send(client.request(ORDERS).setHeader("Accept", "application/json")).status())
        .isEqualTo(200);
  }

  @Test
  void legacyHeaderAndQueryAreRefused() throws IOException {
    refused(client.send(client.request(ORDERS).header("clientToken", "x")), "clientToken");
    refused(client.get(ORDERS + "?omsId=1"), "omsId");
    refused(client.get(ORDERS + "?nonsense=1"), "nonsense");
  }
}
