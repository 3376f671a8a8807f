package io.markbridge.step;

import io.markbridge.document.Document;
import io.markbridge.journal.HeldArrivals;
import io.markbridge.journal.Journal;
import io.markbridge.outbox.Outbox;
import io.markbridge.outbox.OutboxTable.Fate;
import io.markbridge.traces.Traces;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Documents whose rows have not spoken, after a crash, a failure or a lost claim: the row tells
 * which of its documents counts.
 */
final class SettleRows {
  private static final Logger LOG = Logger.getLogger(SettleRows.class);

  private final Journal journal;
  private final Troubles troubles;
  private final Clock clock;

  /** When to look again, by outbox. */
  private final Map<String, Instant> next = new ConcurrentHashMap<>();

  SettleRows(Journal journal, Troubles troubles, Clock clock) {
    this.journal = journal;
    this.troubles = troubles;
    this.clock = clock;
  }

  /** There is one that its row has to speak about. */
  void soon(Outbox outbox) {
    next.remove(outbox.name());
  }

  /**
   * A document of which its row says that it counts.
   *
   * @param at when its collecting began
   */
  record Begun(String document, Optional<String> kind, Instant at) {}

  /**
   * Lets the work on documents begin. Of several bridges on one journal each may find one of them:
   * it is counted, and its trace begins, where it was released.
   */
  void release(OutboxReach reach, List<Begun> counting) {
    Set<String> released =
        journal.documents().held().release(counting.stream().map(Begun::document).toList());
    DocumentCounts.received(reach.source(), released.size());
    if (!Traces.wanted()) {
      return;
    }
    for (Begun one : counting) {
      if (released.contains(one.document())) {
        Traces.collected(one.document(), reach.source(), one.kind(), one.at());
      }
    }
  }

  /** Settles what there is, once a lease. */
  void settle(OutboxReach reach) throws SQLException {
    Outbox outbox = reach.table().outbox();
    Instant now = clock.instant();
    if (now.isBefore(next.getOrDefault(outbox.name(), Instant.MIN))) {
      return;
    }
    HeldArrivals held = journal.documents().held();
    Map<Document, String> rows = new LinkedHashMap<>();
    for (Document document : held.of(outbox.source())) {
      rows.put(document, RowArrival.rowId(document.sourcePath()));
    }
    Map<String, Fate> fates = reach.table().fates(rows.values());
    List<Begun> counting = new ArrayList<>();
    List<String> others = new ArrayList<>();
    rows.forEach(
        (document, row) -> {
          Fate fate = fates.get(row);
          if (fate instanceof Fate.Unknown unknown) {
            troubles.failed(
                reach.rows(), "what became of row " + row, unknown.why(), reach.rowsPause());
          } else if (fate instanceof Fate.Taken taken && taken.document().equals(document.id())) {
            counting.add(
                new Begun(
                    document.id(), document.kind(), Instant.ofEpochMilli(document.receivedAt())));
          } else if (!(fate instanceof Fate.Open)) {
            others.add(document.id());
          }
          // Of an open one somebody claims the row, and finds this document or makes another.
        });
    release(reach, counting);
    held.discard(others);
    if (!others.isEmpty()) {
      LOG.infof(
          "%s: %d row(s) were taken by another bridge, or removed before they were taken",
          reach.source(), others.size());
    }
    next.put(outbox.name(), now.plus(outbox.lease()));
  }
}
