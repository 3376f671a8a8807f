package io.markbridge.journal;

import io.markbridge.document.TimelineEntry;
import java.sql.SQLException;
import java.util.List;

/** Everything that happened to a document, with time and reason. */
final class Timeline {
  private Timeline() {}

  static void add(
      Transaction transaction,
      Journal journal,
      String document,
      String submission,
      String event,
      String detail)
      throws SQLException {
    transaction.update(
        "insert into timeline (id, document_id, submission_id, at, event, detail) values (?, ?, ?, ?, ?, ?)",
        journal.newId(),
        document,
        submission,
        journal.now(),
        event,
        detail);
  }

  static List<TimelineEntry> of(Transaction transaction, String document) throws SQLException {
    return transaction.list(
        "select * from timeline where document_id = ? order by id", Rows::timelineEntry, document);
  }
}
