package io.markbridge.metrics;

import io.markbridge.procedure.Bridge;
import io.markbridge.step.DocumentCounts;
import io.markbridge.step.SourceHealth;
import io.markbridge.step.SourceKnown;
import io.markbridge.step.Troubles;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Each source of documents: whether it can be looked at, and what it gave. */
@ApplicationScoped
public class SourceMeters {
  private static final String SOURCE = "source";

  private final MeterRegistry registry;
  private final SourceHealth sources;
  private final Troubles troubles;
  private final Set<String> kinds;
  private final Clock clock;
  private final Instant started;

  @Inject
  public SourceMeters(
      MeterRegistry registry, SourceHealth sources, Troubles troubles, Bridge bridge, Clock clock) {
    this(registry, sources, troubles, bridge.legacyApi().kinds(), clock);
  }

  SourceMeters(
      MeterRegistry registry,
      SourceHealth sources,
      Troubles troubles,
      Set<String> kinds,
      Clock clock) {
    this.registry = registry;
    this.sources = sources;
    this.troubles = troubles;
    this.kinds = kinds;
    this.clock = clock;
    this.started = clock.instant();
  }

  void known(@Observes SourceKnown known) {
    String source = known.name();
    Gauge.builder("markbridge.source.silent", () -> silent(source))
        .description("How long ago a source was last looked at with success, or the start")
        .baseUnit("seconds")
        .tag(SOURCE, source)
        .register(registry);
    double interval = known.interval().toMillis() / 1000.0;
    Gauge.builder("markbridge.source.interval", () -> interval)
        .description("How long after a look at a source the next one begins")
        .baseUnit("seconds")
        .tag(SOURCE, source)
        .register(registry);
    Gauge.builder("markbridge.source.trouble", () -> troubles.of(source).isEmpty() ? 0 : 1)
        .description("1 where a source cannot be looked at, taken from or answered")
        .tag(SOURCE, source)
        .register(registry);
    // So that it begins at 0.
    Counter.builder(DocumentCounts.RECEIVED)
        .description("Documents that were taken from a source")
        .tag(SOURCE, source)
        .register(registry);
    DocumentCounts.known(registry, source, kinds);
  }

  private double silent(String source) {
    Instant last = sources.lastSuccess(source).orElse(started);
    return Math.max(0, Duration.between(last, clock.instant()).toMillis() / 1000.0);
  }
}
