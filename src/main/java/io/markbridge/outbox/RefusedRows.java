package io.markbridge.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Rows that the database does not let the bridge change: a trigger or a constraint of the site
 * refuses it. Claims pass over them for a while, or the same few would be all that is ever due.
 */
final class RefusedRows {
  /** More are no single rows: the statement fails for all. Each is read with every claim. */
  private static final int MOST = 200;

  /** In pauses: a row that is refused at each try is refused all the time. */
  private static final int FORGOTTEN_AFTER = 3;

  private record Refused(SQLException why, long since) {}

  private final Duration pause;
  private final LongSupplier nanos;
  private final Map<String, Refused> rows = new LinkedHashMap<>();

  /**
   * @param pause between two tries of one row
   * @param nanos a time that never jumps
   */
  RefusedRows(Duration pause, LongSupplier nanos) {
    this.pause = pause;
    this.nanos = nanos;
  }

  synchronized void add(String row, SQLException why) {
    if (rows.size() < MOST || rows.containsKey(row)) {
      // The newest is the last.
      rows.remove(row);
      rows.put(row, new Refused(why, nanos.getAsLong()));
    }
  }

  /** Whether this row is not to be tried yet. */
  synchronized boolean rests(String row) {
    Refused refused = rows.get(row);
    return refused != null && nanos.getAsLong() - refused.since < pause.toNanos();
  }

  /** How many there are. */
  synchronized int size() {
    long now = nanos.getAsLong();
    for (Iterator<Refused> all = rows.values().iterator(); all.hasNext(); ) {
      if (now - all.next().since > FORGOTTEN_AFTER * pause.toNanos()) {
        all.remove();
      }
    }
    return rows.size();
  }

  /** Why the newest of them was refused; empty where there is none. */
  synchronized Optional<SQLException> newest() {
    size();
    SQLException newest = null;
    for (Refused one : rows.values()) {
      newest = one.why;
    }
    return Optional.ofNullable(newest);
  }
}
