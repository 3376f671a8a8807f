package io.markbridge.journal;

import io.markbridge.document.DocumentState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits in the journal, counted for monitoring. Only what waits: those that have ended are
 * millions, and counting them would keep the disk busy. Reads only.
 *
 * @param waiting by source, kind and state; what is missing is zero
 * @param oldest when the oldest document of a state was received, in milliseconds
 * @param inDoubt requests that were sent and whose answer was lost
 * @param bytes of the journal
 */
public record Census(
    List<Waiting> waiting, Map<DocumentState, Long> oldest, long inDoubt, long bytes) {
  /** The states of a document whose end somebody waits for. */
  public static final List<DocumentState> STATES =
      List.of(
          DocumentState.RECEIVED, DocumentState.PLANNED, DocumentState.HELD, DocumentState.PARKED);

  /** So many documents. */
  public record Waiting(String source, String kind, DocumentState state, long documents) {}

  /** Counts. */
  public static Census take(Journal journal) {
    return journal.database().read("counting what waits", Census::take);
  }

  private static Census take(Transaction transaction) throws SQLException {
    List<Waiting> waiting = new ArrayList<>();
    Map<DocumentState, Long> oldest = new LinkedHashMap<>();
    for (DocumentState state : STATES) {
      waiting.addAll(
          transaction.list(
              "select source, coalesce(kind, 'unknown'), count(*) from documents where state = ? group by 1, 2",
              row -> new Waiting(row.getString(1), row.getString(2), state, row.getLong(3)),
              state.name()));
      transaction
          .first(
              "select received_at from documents where state = ? order by id limit 1",
              row -> row.getLong(1),
              state.name())
          .ifPresent(at -> oldest.put(state, at));
    }
    long inDoubt = transaction.count("select count(*) from submissions where state = 'IN_DOUBT'");
    return new Census(
        List.copyOf(waiting),
        Map.copyOf(oldest),
        inDoubt,
        transaction.count(transaction.dialect().bytes()));
  }
}
