package io.markbridge.step;

import io.markbridge.journal.Arrival;
import io.markbridge.journal.HeldArrivals;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Reception;
import io.markbridge.outbox.Outbox;
import io.markbridge.outbox.OutboxRow;
import io.markbridge.outbox.OutboxTable;
import io.markbridge.outbox.RowLostException;
import io.markbridge.outbox.RowUnreadableException;
import io.markbridge.procedure.Bridge;
import io.markbridge.settings.Settings;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.jboss.logging.Logger;

/**
 * Takes claimed rows of an outbox into the journal, tells their rows so, and only then lets the
 * work on them begin. Several bridges may share an outbox, each with a journal of its own: a row is
 * worked on as the one document whose id it holds.
 */
@Named("collectOutbox")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class CollectOutbox {
  private static final Logger LOG = Logger.getLogger(CollectOutbox.class);

  private final Outboxes outboxes;
  private final Journal journal;
  private final Replica replica;
  private final Troubles troubles;
  private final RowArrival arrivals;
  private final DiskRoom diskRoom;
  private final FailedReads failedReads = new FailedReads();
  private final SettleRows settling;

  @Inject
  public CollectOutbox(
      Outboxes outboxes,
      Journal journal,
      Bridge bridge,
      Replica replica,
      Troubles troubles,
      Settings settings,
      Clock clock) {
    this(
        outboxes,
        journal,
        bridge,
        replica,
        troubles,
        settings,
        clock,
        new DiskRoom(() -> JournalPath.usableBytes(settings), DiskRoom.STORED));
  }

  CollectOutbox(
      Outboxes outboxes,
      Journal journal,
      Bridge bridge,
      Replica replica,
      Troubles troubles,
      Settings settings,
      Clock clock,
      DiskRoom diskRoom) {
    this.outboxes = outboxes;
    this.journal = journal;
    this.replica = replica;
    this.troubles = troubles;
    this.settling = new SettleRows(journal, troubles, clock);
    this.arrivals = new RowArrival(settings, bridge.legacyApi());
    this.diskRoom = diskRoom;
  }

  /**
   * Some claimed rows.
   *
   * @param outbox its name
   */
  public record Claimed(String outbox, List<OutboxRow> rows) {}

  /** Rows of an outbox that are due, a batch at a time, until there are none. */
  public Iterator<Claimed> claimed(@Body String name) {
    OutboxReach reach = outboxes.get(name);
    return new Claims<>(
        new Claims.Source<>() {
          @Override
          public List<Claimed> claim() {
            return CollectOutbox.this.claim(reach);
          }

          @Override
          public boolean open() {
            return replica.works() && reach.gives();
          }
        });
  }

  private List<Claimed> claim(OutboxReach reach) {
    Outbox outbox = reach.table().outbox();
    try {
      settling.settle(reach);
      // Most rows bring their payload with their claim: they are asked for all together.
      diskRoom.check(0, "its rows");
      List<OutboxRow> rows = reach.table().claim();
      reach.works();
      return rows.isEmpty() ? List.of() : List.of(new Claimed(outbox.name(), rows));
    } catch (SQLException failure) {
      reach.away("its rows wait until it answers", failure);
      return List.of();
    } catch (IOException | RuntimeException failure) {
      rowsFailed(reach, "its rows wait", failure);
      return List.of();
    }
  }

  /** Takes a batch of rows, as far as it goes: what is left over is claimed again. */
  public void take(@Body Claimed claimed) {
    OutboxReach reach = outboxes.get(claimed.outbox());
    try {
      take(reach, claimed.rows());
    } catch (SQLException failure) {
      settling.soon(reach.table().outbox());
      reach.away("its rows wait until it answers", failure);
    } catch (IOException | RuntimeException failure) {
      settling.soon(reach.table().outbox());
      rowsFailed(reach, "rows could not be taken, they are claimed again later", failure);
    }
  }

  private void rowsFailed(OutboxReach reach, String what, Exception failure) {
    troubles.failed(reach.rows(), what, failure, reach.rowsPause());
  }

  private void take(OutboxReach reach, List<OutboxRow> rows) throws SQLException, IOException {
    Map<OutboxRow, HeldArrivals.Small> small = new LinkedHashMap<>();
    for (OutboxRow row : rows) {
      Outbox outbox = reach.table().outbox();
      Arrival arrival = arrivals.of(outbox, row, row.piece().binary());
      if (RowArrival.isRefused(arrival)) {
        small.put(row, new HeldArrivals.Small(arrival, new byte[0]));
      } else if (OutboxTable.isWhole(row)) {
        byte[] bytes = RowArrival.bytes(row, reach.table().payload(row)).readAllBytes();
        small.put(row, new HeldArrivals.Small(RowArrival.sized(arrival, bytes.length), bytes));
      } else {
        takeSmall(reach, small);
        takeLarge(reach, row, arrival);
        renew(reach, rows, row);
      }
    }
    takeSmall(reach, small);
  }

  private void takeSmall(OutboxReach reach, Map<OutboxRow, HeldArrivals.Small> small)
      throws SQLException, IOException {
    if (small.isEmpty()) {
      return;
    }
    Instant begun = Instant.ofEpochMilli(journal.now());
    List<Reception> receptions = journal.documents().held().accept(List.copyOf(small.values()));
    Map<OutboxRow, String> documents = new LinkedHashMap<>();
    int index = 0;
    for (OutboxRow row : small.keySet()) {
      documents.put(row, receptions.get(index++).document());
    }
    small.clear();
    acknowledge(reach, documents, begun);
  }

  private void takeLarge(OutboxReach reach, OutboxRow row, Arrival arrival)
      throws SQLException, IOException {
    Instant begun = Instant.ofEpochMilli(journal.now());
    try {
      diskRoom.check(row.size(), "row " + row.id());
    } catch (IOException full) {
      // Its claim ends by itself; the others of its batch may be small.
      rowsFailed(reach, "a row waits, the others go on", full);
      return;
    }
    Reception reception;
    try (InputStream bytes =
        new WatchedInput(RowArrival.bytes(row, reach.table().payload(row)), reach::gave)) {
      reception = journal.documents().held().accept(arrival, bytes);
      failedReads.forget(key(reach, row));
    } catch (RowLostException taken) {
      LOG.debug(taken.getMessage());
      return;
    } catch (RowUnreadableException failure) {
      reception = unreadable(reach, row, failure);
      if (reception == null) {
        return;
      }
    }
    acknowledge(reach, Map.of(row, reception.document()), begun);
  }

  /**
   * It stays claimed until its lease ends, and is refused after some failed readings: others wait
   * for it.
   */
  private Reception unreadable(OutboxReach reach, OutboxRow row, RowUnreadableException failure)
      throws SQLException, IOException {
    if (!reach.table().answers()) {
      throw (SQLException) failure.getCause();
    }
    rowsFailed(reach, "row " + row.id() + " could not be read, it is claimed again later", failure);
    Outbox outbox = reach.table().outbox();
    if (failedReads.add(key(reach, row)) < outbox.mostAttempts()) {
      return null;
    }
    failedReads.forget(key(reach, row));
    Arrival refused = arrivals.refused(outbox, row, failure.getMessage());
    return journal.documents().held().accept(refused, InputStream.nullInputStream());
  }

  private static String key(OutboxReach reach, OutboxRow row) {
    return reach.source() + "|" + row.id();
  }

  /** Those of a batch that come after a large one have waited long. */
  private void renew(OutboxReach reach, List<OutboxRow> rows, OutboxRow after) {
    for (OutboxRow row : rows.subList(rows.indexOf(after) + 1, rows.size())) {
      try {
        reach.table().renew(row);
      } catch (SQLException failure) {
        // Whoever has it then, its claim is the fence.
        rowsFailed(reach, "the claim of row " + row.id(), failure);
      }
    }
  }

  private void acknowledge(OutboxReach reach, Map<OutboxRow, String> documents, Instant begun)
      throws SQLException {
    Set<String> counting = Set.copyOf(taken(reach, documents));
    List<SettleRows.Begun> released = new ArrayList<>();
    documents.forEach(
        (row, document) -> {
          if (counting.contains(document)) {
            released.add(new SettleRows.Begun(document, row.kind(), begun));
          }
        });
    settling.release(reach, released);
    reach.gave();
    if (counting.size() < documents.size()) {
      // Another bridge was faster: its document counts.
      settling.soon(reach.table().outbox());
    }
  }

  /** One row that the database does not let the bridge change keeps no other from being taken. */
  private static List<String> taken(OutboxReach reach, Map<OutboxRow, String> documents)
      throws SQLException {
    OutboxTable table = reach.table();
    try {
      return table.taken(documents);
    } catch (SQLException together) {
      if (!table.answers()) {
        throw together;
      }
    }
    List<String> counting = new ArrayList<>();
    for (Map.Entry<OutboxRow, String> one : documents.entrySet()) {
      try {
        counting.addAll(table.taken(Map.ofEntries(one)));
      } catch (SQLException failure) {
        if (!table.answers()) {
          throw failure;
        }
        table.refuse(one.getKey(), failure);
      }
    }
    return counting;
  }
}
