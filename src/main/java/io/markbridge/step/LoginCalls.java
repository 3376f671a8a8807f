package io.markbridge.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.markbridge.crash.CrashPoint;
import io.markbridge.crash.CrashSwitch;
import io.markbridge.document.OperatorError;
import io.markbridge.openapi.Attempt;
import io.markbridge.openapi.Consequence;
import io.markbridge.openapi.CredentialsException;
import io.markbridge.openapi.FailureRules;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.openapi.TokenStore.TokenCalls;
import io.markbridge.openapi.TokenStore.Tokens;
import io.markbridge.operator.OperatorCall;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.operator.Percent;
import io.markbridge.settings.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** The two calls that give tokens (1.1 to 1.3), through the same route as every other call. */
final class LoginCalls implements TokenCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration UNSAID_LIFE = Duration.ofMinutes(5);

  private final OperatorPreset preset;
  private final ProducerTemplate producer;
  private final OperatorAddress address;
  private final RequestLimits limits;

  LoginCalls(
      OperatorPreset preset,
      OperatorAddress address,
      ProducerTemplate producer,
      RequestLimits limits) {
    this.preset = preset;
    this.producer = producer;
    this.address = address;
    this.limits = limits;
  }

  @Override
  public Tokens login(Account account) throws CredentialsException {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("login", account.login().orElseThrow())
            .put("password", account.password().orElseThrow())
            .toString();
    return call(account, preset.call("login"), "application/json", body);
  }

  @Override
  public Tokens refresh(Account account, String refreshToken) throws CredentialsException {
    return call(
        account,
        preset.call("refresh"),
        "application/x-www-form-urlencoded",
        Percent.query(Map.of("refreshToken", refreshToken)));
  }

  private Tokens call(Account account, OperatorCall call, String contentType, String body)
      throws CredentialsException {
    if (limits.take(account.name(), call.limit(), 1) == 0) {
      throw new CredentialsException(
          "the operator's limit of logins leaves none for account " + account.name() + " now",
          false);
    }
    CrashSwitch.reached(CrashPoint.LOGIN_LEAVES, call.name());
    Exchange exchange =
        producer.request(
            "direct:exchange-with-operator",
            asked -> {
              asked.setProperty(CallMeter.CALL, call.name());
              OperatorMessage.put(
                  asked,
                  address.of(call),
                  call.method(),
                  call.path(),
                  Map.of(),
                  contentType,
                  body.getBytes(StandardCharsets.UTF_8));
            });
    OperatorAnswer answer = exchange.getMessage().getBody(OperatorAnswer.class);
    if (answer == null || answer.failure().isPresent()) {
      throw failed(account, call, answer, exchange.getException());
    }
    CrashSwitch.reached(CrashPoint.LOGIN_ANSWERED, call.name());
    return tokens(account, answer);
  }

  private static CredentialsException failed(
      Account account, OperatorCall call, OperatorAnswer answer, Exception exception) {
    if (answer == null) {
      return new CredentialsException(
          call.name() + " of account " + account.name() + ": " + exception, false);
    }
    String said =
        answer.errors().stream().map(OperatorError::verbatim).collect(Collectors.joining("; "));
    if (FailureRules.follows(Attempt.ofPerson(), answer)
        .filter(Consequence::tellsOutage)
        .isPresent()) {
      return CredentialsException.ofOutage(
          call.name() + " of account " + account.name() + " failed: " + told(answer, said));
    }
    boolean refused = answer.status() >= 400 && answer.status() < 500 && answer.status() != 429;
    return new CredentialsException(
        call.name()
            + " of account "
            + account.name()
            + " failed: "
            + told(answer, said)
            + (refused
                ? "; check markbridge.accounts." + account.name() + ".login and .password"
                : ""),
        refused);
  }

  private static String told(OperatorAnswer answer, String said) {
    return (answer.status() == 0 ? "" : "HTTP " + answer.status() + " ") + said;
  }

  private static Tokens tokens(Account account, OperatorAnswer answer) throws CredentialsException {
    try {
      JsonNode body = JSON.readTree(answer.body());
      String access = body.path("accessToken").asText("");
      if (access.isEmpty()) {
        throw new CredentialsException(
            "the login of account " + account.name() + " gave no accessToken", false);
      }
      // Milliseconds, as text or as a number.
      long life = body.path("accessTokenExpiresIn").asLong(UNSAID_LIFE.toMillis());
      return new Tokens(access, body.path("refreshToken").asText(""), Duration.ofMillis(life));
    } catch (IOException unreadable) {
      throw new CredentialsException(
          "the login of account " + account.name() + " gave no JSON", false);
    }
  }
}
