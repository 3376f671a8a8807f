package io.markbridge.health;

import io.markbridge.openapi.OperatorHealth;
import io.markbridge.openapi.OperatorHealths;
import io.markbridge.openapi.TokenStore;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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
  private final OperatorPreset preset;
  private final OperatorHealths healths;
  private final TokenStore tokens;
  private final Settings settings;

  @Inject
  public OperatorCheck(
      OperatorPreset preset, OperatorHealths healths, TokenStore tokens, Settings settings) {
    this.preset = preset;
    this.healths = healths;
    this.tokens = tokens;
    this.settings = settings;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder told = HealthCheckResponse.named("operator");
    boolean outage = false;
    boolean refused = false;
    for (OperatorPreset operator : preset.all()) {
      boolean own = operator == preset;
      Set<String> accounts = own ? settings.watchedAccounts() : settings.accounts(operator.name());
      if (own || !accounts.isEmpty()) {
        outage |= tell(told, own ? "" : operator.name() + " ", healths.of(operator));
      }
      for (String account : accounts) {
        Optional<String> refusal = tokens.obstacle(account);
        refused |= refusal.isPresent();
        told.withData("token of " + account, refusal.orElseGet(() -> token(account)));
      }
    }
    return told.status(!outage && !refused).build();
  }

  /** Whether the host does not answer. */
  private static boolean tell(
      HealthCheckResponseBuilder told, String whose, OperatorHealth health) {
    Optional<Instant> outage = health.outageSince();
    told.withData(whose + "last answer", Told.time(health.answeredAt()))
        .withData(whose + "breaker", outage.isPresent() ? "open" : "closed");
    outage.ifPresent(since -> told.withData(whose + "no answer since", Told.time(outage)));
    return outage.isPresent();
  }

  private String token(String account) {
    return tokens
        .renewAt(account)
        .map(at -> "renewed at " + Told.time(Optional.of(at)))
        .orElse("none yet");
  }
}
