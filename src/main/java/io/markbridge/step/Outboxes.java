package io.markbridge.step;

import io.markbridge.journal.Journal;
import io.markbridge.outbox.Outbox;
import io.markbridge.outbox.OutboxTable;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.camel.spi.CamelEvent;

/** The outboxes of the site: their tables, and a route of each kind for each of them. */
@ApplicationScoped
public class Outboxes {
  private static final String NAME = "[A-Za-z0-9_-]{1,100}";

  private final Settings settings;
  private final SourceHealth sources;
  private final Troubles troubles;
  private final Clock clock;
  private final String owner;
  private final Map<String, OutboxReach> all = new LinkedHashMap<>();

  @Inject
  public Outboxes(
      Settings settings, SourceHealth sources, Troubles troubles, Journal journal, Clock clock) {
    this.settings = settings;
    this.sources = sources;
    this.troubles = troubles;
    this.clock = clock;
    // Also where two processes had the same name: the fence of a claim is its owner.
    this.owner = journal.owner() + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /**
   * Reads the statements of all outboxes; connects to none, since a database that is away is no
   * reason not to start.
   *
   * @throws IOException when a statement cannot be read, or there is no driver for a database
   */
  public void open() throws IOException {
    open(SiteFiles.here(), System::nanoTime);
  }

  void open(SiteFiles files, LongSupplier nanos) throws IOException {
    for (Outbox outbox : Outbox.all(settings)) {
      if (!outbox.name().matches(NAME)) {
        throw new IOException(
            "reading the settings: an outbox's name holds letters, digits, - and _, not "
                + outbox.name());
      }
      try {
        all.put(
            outbox.name(),
            new OutboxReach(new OutboxTable(outbox, files, owner, nanos), sources, clock));
        sources.watch(outbox.source(), outbox.poll());
      } catch (SQLException unusable) {
        throw new IOException("opening " + outbox + ": " + unusable.getMessage(), unusable);
      }
    }
  }

  /** Once the templates are there. */
  void started(@Observes CamelEvent.CamelContextStartedEvent event) {
    for (OutboxReach one : all.values()) {
      Outbox outbox = one.table().outbox();
      try {
        for (Map.Entry<String, Long> kind :
            Map.of(
                    "collect-outbox",
                    outbox.poll().toMillis(),
                    "reply-outbox",
                    settings.number("loop.milliseconds", 200))
                .entrySet()) {
          event
              .getContext()
              .addRouteFromTemplate(
                  kind.getKey() + "-" + outbox.name(),
                  kind.getKey(),
                  Map.of("outbox", outbox.name(), "milliseconds", kind.getValue()));
        }
      } catch (Exception failure) {
        // Camel would tell it as a warning and go on: nobody would miss what is not done.
        troubles.lasts(
            outbox.source() + " routes", "its rows or their answers wait for ever", failure);
      }
    }
  }

  OutboxReach get(String name) {
    OutboxReach found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException("there is no outbox named " + name);
    }
    return found;
  }

  @PreDestroy
  void close() {
    all.values().forEach(one -> one.table().close());
  }
}
