package io.markbridge.metrics;

import io.markbridge.settings.Settings;
import io.markbridge.step.Disks;
import io.markbridge.step.Replica;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;

/** This process, and the start of all meters: when the routes run, and in no command but run. */
@ApplicationScoped
public class ProcessMeters {
  private final MeterRegistry registry;
  private final OperatorMeters operator;
  private final Replica replica;
  private final Settings settings;

  @Inject
  public ProcessMeters(
      MeterRegistry registry, OperatorMeters operator, Replica replica, Settings settings) {
    this.registry = registry;
    this.operator = operator;
    this.replica = replica;
    this.settings = settings;
  }

  void started(@Observes CamelContextStartedEvent event) {
    operator.register();
    Gauge.builder("markbridge.replica.leads", () -> replica.readsInbox() ? 1 : 0)
        .description("1 for the replica that reads the inbox and writes the replies")
        .register(registry);
    Disks.of(settings)
        .forEach(
            (disk, folder) ->
                Gauge.builder("markbridge.disk.free", () -> free(folder))
                    .description(
                        "Free bytes of the disk of the journal, of the replies, or of both")
                    .baseUnit("bytes")
                    .tag("disk", disk)
                    .register(registry));
  }

  private static double free(Path folder) {
    try {
      return Disks.usableBytes(folder);
    } catch (IOException unreadable) {
      return Double.NaN;
    }
  }
}
