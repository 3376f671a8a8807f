package io.markbridge.journal;

import io.markbridge.document.TimeOrderedId;
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

  private static final String DUE = "finished_at < ? and replied_number >= change_number";

  private final Journal journal;

  public Retention(Journal journal) {
    this.journal = journal;
  }

  /**
   * Removes all whose time has come. Looks among what has payloads, or a timeline, and has come
   * before that time, and writes only where there is something to remove.
   *
   * @return how many documents lost payloads, and how many timelines
   */
  public int apply(Duration payloads, Duration timeline) {
    return remove("chunks", journal.now() - payloads.toMillis())
        + remove("timeline", journal.now() - timeline.toMillis());
  }

  private int remove(String table, long before) {
    int removed = 0;
    String last = "";
    for (List<Owner> some = owners(table, last, before);
        !some.isEmpty();
        some = owners(table, last, before)) {
      last = some.get(some.size() - 1).document();
      List<String> due = some.stream().filter(Owner::due).map(Owner::document).toList();
      if (!due.isEmpty()) {
        removed += remove(table, due, before);
      }
    }
    return removed;
  }

  /**
   * @param due whether it ended before, and its replies tell so
   */
  private record Owner(String document, boolean due) {}

  /**
   * The next documents that have something. Ids are of their arrival, and none ends before it
   * arrives: the index gives few others than those that are due, however many are in the journal.
   */
  private List<Owner> owners(String table, String after, long before) {
    return journal
        .database()
        .read(
            "looking for what need not be kept",
            transaction ->
                transaction.list(
                    owners(table),
                    row -> new Owner(row.getString(1), row.getString(2) != null),
                    after,
                    TimeOrderedId.first(before),
                    AT_ONCE,
                    before));
  }

  static String owners(String table) {
    return "select owners.document_id, documents.id from (select distinct document_id from "
        + table
        + " where document_id > ? and document_id < ? order by document_id limit ?) owners"
        + " left join documents on documents.id = owners.document_id and "
        + DUE
        + " order by owners.document_id";
  }

  private int remove(String table, List<String> due, long before) {
    return journal
        .database()
        .write(
            JournalCommit.APPLY_RETENTION,
            transaction -> {
              int removed = 0;
              for (String document : due) {
                removed += remove(transaction, table, document, before);
              }
              if (removed > 0 && transaction.dialect() == Dialect.SQLITE) {
                // Gives the room back to the disk, some pages at a time.
                transaction.execute("pragma incremental_vacuum(" + PAGES_AT_ONCE + ")");
              }
              return removed;
            });
  }

  /** A person may have let it go on meanwhile. */
  private static int remove(Transaction transaction, String table, String document, long before)
      throws SQLException {
    boolean still =
        transaction
            .first(
                "select id from documents where id = ? and "
                    + DUE
                    + transaction.dialect().forUpdate(),
                row -> row.getString(1),
                document,
                before)
            .isPresent();
    if (still) {
      transaction.update("delete from " + table + " where document_id = ?", document);
    }
    return still ? 1 : 0;
  }
}
