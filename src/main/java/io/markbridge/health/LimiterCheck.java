package io.markbridge.health;

import io.markbridge.openapi.RequestLimits;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Which of the operator's limits are closed, and until when. A closed limit is normal work; limits
 * that cannot be asked let nothing through. A probe tells what the bridge's own work saw last, and
 * when: where several share the limits, asking again would wait for a database that hangs.
 */
@Wellness
@ApplicationScoped
public class LimiterCheck implements HealthCheck {
  private final RequestLimits limits;
  private final OperatorPreset preset;
  private final Settings settings;

  @Inject
  public LimiterCheck(RequestLimits limits, OperatorPreset preset, Settings settings) {
    this.limits = limits;
    this.preset = preset;
    this.settings = settings;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder told =
        HealthCheckResponse.named("limiter").status(limits.unreachable().isEmpty());
    told.withData("as of", Told.time(limits.pausesKnownAt()));
    limits.unreachable().ifPresent(reason -> told.withData("trouble", reason));
    for (OperatorPreset operator : preset.all()) {
      Set<String> accounts =
          operator == preset ? settings.watchedAccounts() : settings.accounts(operator.name());
      accounts.forEach(account -> tell(told, operator, account));
    }
    return told.build();
  }

  private void tell(HealthCheckResponseBuilder told, OperatorPreset operator, String account) {
    for (String limit : operator.table("limits").keySet()) {
      limits
          .knownPausedUntil(account, limit)
          .ifPresent(
              until ->
                  told.withData(
                      limit + " of " + account, "closed until " + Told.time(Optional.of(until))));
    }
  }
}
