package io.markbridge.journal;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.document.TimelineEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads rows of the journal into nouns. */
final class Rows {
  private Rows() {}

  static Document document(ResultSet row) throws SQLException {
    return new Document(
        row.getString("id"),
        row.getString("source"),
        row.getString("source_path"),
        text(row, "reply_name"),
        text(row, "account"),
        text(row, "product_group"),
        text(row, "kind"),
        text(row, "oms_id"),
        JournalJson.map(row.getString("parameters")),
        JournalJson.map(row.getString("given")),
        text(row, "charset"),
        row.getLong("body_offset"),
        DocumentState.valueOf(row.getString("state")),
        text(row, "content_key"),
        text(row, "order_number"),
        text(row, "answered_by"),
        row.getLong("size"),
        row.getLong("received_at"),
        number(row, "finished_at"),
        JournalJson.problems(row.getString("problems")),
        text(row, "answer"),
        row.getLong("change_number"));
  }

  static Submission submission(ResultSet row) throws SQLException {
    return new Submission(
        row.getString("id"),
        row.getString("document_id"),
        text(row, "parent_id"),
        row.getInt("number"),
        row.getInt("level"),
        Purpose.valueOf(row.getString("purpose")),
        row.getString("call"),
        row.getString("account"),
        row.getString("bucket"),
        JournalJson.map(row.getString("path_values")),
        JournalJson.map(row.getString("query")),
        SubmissionState.valueOf(row.getString("state")),
        text(row, "operator_id"),
        text(row, "operator_status"),
        row.getLong("size"),
        row.getLong("codes"),
        text(row, "answer_id"),
        text(row, "failure_kind").map(FailureKind::valueOf),
        JournalJson.errors(row.getString("failures")),
        number(row, "first_sent_at"),
        row.getInt("attempts"),
        row.getLong("next_attempt_at"),
        number(row, "sent_at"),
        row.getInt("failed_attempts"));
  }

  static TimelineEntry timelineEntry(ResultSet row) throws SQLException {
    return new TimelineEntry(
        row.getString("id"),
        row.getString("document_id"),
        text(row, "submission_id"),
        row.getLong("at"),
        row.getString("event"),
        row.getString("detail"));
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Optional<Long> number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }
}
