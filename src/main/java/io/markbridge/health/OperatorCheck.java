package io.markbridge.health;

import io.markbridge.openapi.OperatorHealth;
import io.markbridge.openapi.TokenStore;
import io.markbridge.settings.Settings;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * What the bridge's own calls told about the operator; a probe calls nobody. An outage makes
 * nothing unready: documents are taken and wait.
 */
@Wellness
@ApplicationScoped
public class OperatorCheck implements HealthCheck {
  private final OperatorHealth health;
  private final TokenStore tokens;
  private final Settings settings;

  @Inject
  public OperatorCheck(OperatorHealth health, TokenStore tokens, Settings settings) {
    this.health = health;
    this.tokens = tokens;
    this.settings = settings;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<Instant> outage = health.outageSince();
    HealthCheckResponseBuilder told =
        HealthCheckResponse.named("operator")
            .withData("last answer", Told.time(health.answeredAt()))
            .withData("breaker", outage.isPresent() ? "open" : "closed");
    outage.ifPresent(since -> told.withData("no answer since", Told.time(outage)));
    boolean refused = false;
    for (String account : settings.accounts()) {
      Optional<String> refusal = tokens.refusal(account);
      refused |= refusal.isPresent();
      told.withData("token of " + account, refusal.orElseGet(() -> token(account)));
    }
    return told.status(outage.isEmpty() && !refused).build();
  }

  private String token(String account) {
    return tokens
        .renewAt(account)
        .map(at -> "renewed at " + Told.time(Optional.of(at)))
        .orElse("none yet");
  }
}
