package io.markbridge.metrics;

import io.markbridge.openapi.OperatorHealths;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.openapi.TokenStore;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The operator as this process sees it: outage, refused logins, limits. A route looks every ten
 * seconds which limits other replicas had closed, and no scrape does.
 */
@Named("operatorMeters")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class OperatorMeters {
  private static final String LIMIT = "limit";
  private static final String ACCOUNT = "account";

  private final MeterRegistry registry;
  private final OperatorHealths healths;
  private final TokenStore tokens;
  private final RequestLimits limits;
  private final OperatorPreset preset;
  private final Settings settings;
  private final Clock clock;

  @Inject
  public OperatorMeters(
      MeterRegistry registry,
      OperatorHealths healths,
      TokenStore tokens,
      RequestLimits limits,
      OperatorPreset preset,
      Settings settings,
      Clock clock) {
    this.registry = registry;
    this.healths = healths;
    this.tokens = tokens;
    this.limits = limits;
    this.preset = preset;
    this.settings = settings;
    this.clock = clock;
  }

  void register() {
    for (OperatorPreset operator : preset.all()) {
      Set<String> accounts =
          operator == preset ? settings.watchedAccounts() : settings.accounts(operator.name());
      if (!accounts.isEmpty()) {
        outage(operator);
        accounts.forEach(
            account -> operator.table("limits").keySet().forEach(limit -> limit(account, limit)));
      }
      accounts.forEach(this::refused);
    }
  }

  /** Sees which limits are closed. */
  public void look() {
    limits.look();
  }

  private void refused(String account) {
    Gauge.builder("markbridge.login.refused", () -> tokens.obstacle(account).isPresent() ? 1 : 0)
        .description(
            "1 where an account has no credential, or the operator refused its newest login or its key")
        .tag(ACCOUNT, account)
        .register(registry);
  }

  private void outage(OperatorPreset operator) {
    Gauge.builder("markbridge.operator.outage", () -> seconds(healths.of(operator).outageSince()))
        .description("How long the operator has not answered; 0 where it does")
        .baseUnit("seconds")
        .tag("operator", operator.name())
        .register(registry);
  }

  private void limit(String account, String limit) {
    Gauge.builder("markbridge.limit.allowed", () -> limits.perMinute(limit))
        .description("Requests a minute that a limit allows; 0 for no limit")
        .tags(ACCOUNT, account, LIMIT, limit)
        .register(registry);
    FunctionCounter.builder(
            "markbridge.limit.used", limits, all -> all.used(account, limit).requests())
        .description("Permissions of a limit that were used")
        .tags(ACCOUNT, account, LIMIT, limit)
        .register(registry);
    FunctionCounter.builder(
            "markbridge.limit.pauses", limits, all -> all.used(account, limit).pauses())
        .description("How often the operator said that it is too much")
        .tags(ACCOUNT, account, LIMIT, limit)
        .register(registry);
    Gauge.builder("markbridge.limit.closed", () -> left(limits.knownPausedUntil(account, limit)))
        .description("How long a limit stays closed; 0 where it is open")
        .baseUnit("seconds")
        .tags(ACCOUNT, account, LIMIT, limit)
        .register(registry);
  }

  private double seconds(Optional<Instant> since) {
    return since.map(one -> Duration.between(one, clock.instant()).toMillis() / 1000.0).orElse(0.0);
  }

  private double left(Optional<Instant> until) {
    return until.map(one -> Duration.between(clock.instant(), one).toMillis() / 1000.0).orElse(0.0);
  }
}
