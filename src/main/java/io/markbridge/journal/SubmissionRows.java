package io.markbridge.journal;

import io.markbridge.document.FailureKind;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.mapping.MappedPart;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Rows of submissions and of their bodies, read, written and removed within a transaction. */
final class SubmissionRows {
  private SubmissionRows() {}

  static List<Submission> of(Transaction transaction, String document) throws SQLException {
    return transaction.list(
        "select * from submissions where document_id = ? order by number, id",
        Rows::submission,
        document);
  }

  /** The same, so that none of them leaves before the transaction ends. */
  static List<Submission> held(Transaction transaction, String document) throws SQLException {
    return transaction.list(
        "select * from submissions where document_id = ? order by number, id"
            + transaction.dialect().forUpdate(),
        Rows::submission,
        document);
  }

  static void insert(Transaction transaction, String document, NewSubmission added)
      throws SQLException {
    int number =
        (int)
            transaction.count(
                "select coalesce(max(number), 0) + 1 from submissions where document_id = ?",
                document);
    String id = document + "/" + number;
    long size = 0;
    if (added.body().isPresent()) {
      byte[] body = added.body().get();
      size = body.length;
      Chunks.write(transaction, id, 0, body);
    }
    insert(
        transaction,
        id,
        document,
        new MappedPart(number, 0, added.call(), added.query(), size, 0),
        added,
        size,
        null);
  }

  static void insert(
      Transaction transaction,
      String id,
      String document,
      MappedPart part,
      NewSubmission added,
      long size,
      String hash)
      throws SQLException {
    // A look-up asks what was sent, and is never in doubt itself.
    Optional<Long> perhapsSentSince =
        added.purpose() == Purpose.LOOK_UP
            ? Optional.empty()
            : RestoredCopy.perhapsSentSince(transaction, document, added);
    transaction.update(
        "insert into submissions (id, document_id, parent_id, number, level, purpose, call, account, bucket, path_values,"
            + " query, state, failure_kind, first_sent_at, sent_at, size, codes, body_hash, attempts, next_attempt_at, lease_until)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0)",
        id,
        document,
        added.parentId(),
        part.number(),
        part.level(),
        added.purpose(),
        added.call(),
        added.account(),
        added.bucket(),
        JournalJson.map(added.pathValues()),
        JournalJson.map(added.query()),
        part.level() > 0
            ? SubmissionState.WAITING
            : perhapsSentSince.isPresent() ? SubmissionState.IN_DOUBT : SubmissionState.PLANNED,
        perhapsSentSince.map(since -> FailureKind.ANSWER_LOST),
        perhapsSentSince,
        // The lost journal may have sent it until just now.
        perhapsSentSince.map(since -> Math.max(since, added.at())),
        size,
        part.codes(),
        hash,
        added.at());
  }

  static void removeBodies(Transaction transaction, String document) throws SQLException {
    transaction.update(
        "delete from chunks where document_id = ? and owner_id <> ?", document, document);
    transaction.update("delete from submissions where document_id = ?", document);
    transaction.update("delete from prerequisites where document_id = ?", document);
  }

  /** Removes what was written of the bodies of a document that was not planned. */
  static void removeUnplanned(Transaction transaction, String document) throws SQLException {
    transaction.update(
        "delete from chunks where document_id = ? and owner_id <> ?"
            + " and not exists (select 1 from submissions where document_id = ?)",
        document,
        document,
        document);
  }
}
