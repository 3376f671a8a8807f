package io.markbridge.metrics;

import io.markbridge.document.DocumentState;
import io.markbridge.journal.Census;
import io.markbridge.journal.Journal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What waits in the journal. A route counts it every ten seconds, and no scrape does: counting a
 * large backlog takes a while, and somebody may scrape every second.
 */
@Named("journalMeters")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class JournalMeters {
  /** Counting takes one part of so many of the time at most. */
  private static final int SHARE = 50;

  private final Journal journal;
  private final MeterRegistry registry;
  private final Clock clock;
  private volatile Census census = new Census(List.of(), Map.of(), 0, 0);

  /** A time that never jumps: whoever sets the clock back does not stop the counting. */
  private final LongSupplier nanos;

  private long countedAt;
  private long pause;
  private MultiGauge documents;

  @Inject
  public JournalMeters(Journal journal, MeterRegistry registry, Clock clock) {
    this(journal, registry, clock, System::nanoTime);
  }

  JournalMeters(Journal journal, MeterRegistry registry, Clock clock, LongSupplier nanos) {
    this.journal = journal;
    this.registry = registry;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Counts, unless the last time took long and was just now. */
  public synchronized void count() {
    long before = nanos.getAsLong();
    if (documents != null && before - countedAt < pause) {
      return;
    }
    Census counted = Census.take(journal);
    countedAt = before;
    pause = (nanos.getAsLong() - before) * SHARE;
    if (documents == null) {
      register();
    }
    census = counted;
    documents.register(counted.waiting().stream().map(JournalMeters::row).toList(), true);
  }

  private static Row<?> row(Census.Waiting one) {
    return Row.of(
        Tags.of("source", one.source(), "kind", one.kind(), "state", one.state().name()),
        one.documents());
  }

  private void register() {
    documents =
        MultiGauge.builder("markbridge.documents.waiting")
            .description("Documents whose end somebody waits for")
            .register(registry);
    for (DocumentState state : Census.STATES) {
      Gauge.builder("markbridge.documents.oldest", () -> age(state))
          .description("Age of the oldest document of a state; 0 where there is none")
          .baseUnit("seconds")
          .tag("state", state.name())
          .register(registry);
    }
    Gauge.builder("markbridge.submissions.in.doubt", () -> census.inDoubt())
        .description("Requests whose answer was lost, until it is found out what became of them")
        .register(registry);
    Gauge.builder("markbridge.journal.size", () -> census.bytes())
        .description("Bytes of the journal's database")
        .baseUnit("bytes")
        .register(registry);
  }

  private double age(DocumentState state) {
    Long received = census.oldest().get(state);
    return received == null ? 0 : Math.max(0, clock.millis() - received) / 1000.0;
  }
}
