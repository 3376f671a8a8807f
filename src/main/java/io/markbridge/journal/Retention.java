package io.markbridge.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Removes what a site need not keep: payloads some time after their document ended, timelines
 * later. Documents, their ids and the order memory stay: reports come a year after their orders.
 */
public final class Retention {
  /** Small transactions: other writers wait meanwhile. */
  private static final int AT_ONCE = 20;

  private static final int PAGES_AT_ONCE = 20_000;

  private final Journal journal;

  public Retention(Journal journal) {
    this.journal = journal;
  }

  /**
   * Removes one batch of each.
   *
   * @return how many documents lost payloads or timelines; 0 when nothing is left to remove
   */
  public int apply(Duration payloads, Duration timeline) {
    long payloadsBefore = journal.now() - payloads.toMillis();
    long timelineBefore = journal.now() - timeline.toMillis();
    return journal
        .database()
        .write(
            JournalCommit.APPLY_RETENTION,
            transaction -> {
              int removed = removePayloads(transaction, payloadsBefore);
              removed += removeTimelines(transaction, timelineBefore);
              if (removed > 0 && transaction.dialect() == Dialect.SQLITE) {
                // Gives the room back to the disk, some pages at a time.
                transaction.execute("pragma incremental_vacuum(" + PAGES_AT_ONCE + ")");
              }
              return removed;
            });
  }

  private static int removePayloads(Transaction transaction, long before) throws SQLException {
    List<String> documents =
        transaction.list(
            "select id from documents where finished_at < ? and replied_number >= change_number"
                + " and exists (select 1 from chunks where owner_id = documents.id)"
                + " order by id limit ?",
            row -> row.getString(1),
            before,
            AT_ONCE);
    for (String document : documents) {
      transaction.update("delete from chunks where document_id = ?", document);
    }
    return documents.size();
  }

  private static int removeTimelines(Transaction transaction, long before) throws SQLException {
    List<String> documents =
        transaction.list(
            "select id from documents where finished_at < ? and replied_number >= change_number"
                + " and exists (select 1 from timeline where document_id = documents.id)"
                + " order by id limit ?",
            row -> row.getString(1),
            before,
            AT_ONCE);
    for (String document : documents) {
      transaction.update("delete from timeline where document_id = ?", document);
    }
    return documents.size();
  }
}
