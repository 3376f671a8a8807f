package io.markbridge.metrics;

import io.markbridge.openapi.OperatorHealths;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.openapi.TokenStore;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;

/**
 * Meters of a running application, in a registry of their own: that of the JVM keeps those of the
 * applications before, which tests in one JVM start one after the other.
 */
public final class FreshMeters {
  private FreshMeters() {}

  /** What the operator's accounts and limits tell. */
  public static MeterRegistry ofOperator(
      OperatorHealths healths,
      TokenStore tokens,
      RequestLimits limits,
      OperatorPreset preset,
      Settings settings) {
    MeterRegistry registry = new SimpleMeterRegistry();
    new OperatorMeters(registry, healths, tokens, limits, preset, settings, Clock.systemUTC())
        .register();
    return registry;
  }
}
