package io.markbridge.metrics;

import io.markbridge.document.DocumentState;
import io.markbridge.journal.Census;
import io.markbridge.journal.Journal;
import io.markbridge.step.SourceHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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

  /**
   * What has a row for each state from then on: a series that goes and comes again tells no zero.
   */
  private final Set<Tags> seen = new HashSet<>();

  private final Supplier<Set<String>> sources;

  @Inject
  public JournalMeters(Journal journal, MeterRegistry registry, SourceHealth sources, Clock clock) {
    this(journal, registry, () -> sources.all().keySet(), clock, System::nanoTime);
  }

  /**
   * @param sources all that were heard of, whether or not they gave a document
   */
  JournalMeters(
      Journal journal,
      MeterRegistry registry,
      Supplier<Set<String>> sources,
      Clock clock,
      LongSupplier nanos) {
    this.journal = journal;
    this.registry = registry;
    this.sources = sources;
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
    documents.register(rows(counted), true);
  }

  /** Kinds and sources are few: those of the legacy API, and those that the site has set up. */
  private List<Row<?>> rows(Census counted) {
    sources.get().forEach(source -> seen.add(tags(source, "unknown")));
    Map<Tags, Long> rows = new HashMap<>();
    for (Census.Waiting one : counted.waiting()) {
      seen.add(tags(one.source(), one.kind()));
      rows.put(tags(one.source(), one.kind()).and(state(one.state())), one.documents());
    }
    for (Tags kind : seen) {
      Census.STATES.forEach(state -> rows.putIfAbsent(kind.and(state(state)), 0L));
    }
    List<Row<?>> all = new ArrayList<>();
    rows.forEach((tags, number) -> all.add(Row.of(tags, number)));
    return all;
  }

  private static Tags tags(String source, String kind) {
    return Tags.of("source", source, "kind", kind);
  }

  private static Tag state(DocumentState state) {
    return Tag.of("state", state.name());
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
