package io.markbridge.journal;

import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.operator.OperatorCall;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A journal that was made from a copy does not know what happened after it: what the copy holds as
 * not sent may have been sent since. So every request with an effect is in doubt, and is looked up
 * before it is sent; the same goes for what came before the copy was taken into use.
 */
public final class RestoredCopy {
  private final Journal journal;
  private final Collection<OperatorCall> calls;

  public RestoredCopy(Journal journal, Map<String, OperatorCall> calls) {
    this.journal = journal;
    this.calls = calls.values();
  }

  /**
   * What the first start on a copy found.
   *
   * @param madeAt when the copy was made
   * @param inDoubt requests that are looked up now
   * @param documents documents not at their end
   */
  public record Restored(Instant madeAt, int inDoubt, int documents) {}

  /** Takes a copy into use: once, before anything else is done with it; otherwise empty. */
  public Optional<Restored> takeIntoUse() {
    boolean copy =
        journal
            .database()
            .read(
                "looking whether the journal is a copy",
                transaction ->
                    transaction.count("select count(*) from copies where restored_at is null") > 0);
    return copy
        ? journal.database().write(JournalCommit.RESTORE, this::takeIntoUse)
        : Optional.empty();
  }

  private Optional<Restored> takeIntoUse(Transaction transaction) throws SQLException {
    // First of all: replicas that start at the same time wait here, and find nothing left to do.
    long now = journal.now();
    if (transaction.update("update copies set restored_at = ? where restored_at is null", now)
        == 0) {
      return Optional.empty();
    }
    // Several where a copy was copied again before its first start: the oldest reaches furthest.
    long madeAt = transaction.count("select min(made_at) from copies where restored_at = ?", now);
    int documents =
        transaction.update(
            "update documents set copied_at = ?, lease_owner = null, lease_until = 0"
                + " where state not in ('DONE', 'PARTLY_DONE')",
            madeAt);
    transaction.update("delete from copied_calls");
    for (OperatorCall call : calls) {
      if (call.effect()) {
        transaction.update(
            "insert into copied_calls (name, repeatable_with) values (?, ?)",
            call.name(),
            call.repeatableWith());
      }
    }
    int inDoubt = doubt(transaction, madeAt);
    // Whoever held them works on another journal.
    transaction.update("delete from replicas");
    transaction.update("delete from leads");
    return Optional.of(new Restored(Instant.ofEpochMilli(madeAt), inDoubt, documents));
  }

  private int doubt(Transaction transaction, long madeAt) throws SQLException {
    String reason =
        "the journal is a copy of "
            + Instant.ofEpochMilli(madeAt)
            + ": it may have been sent since, and is looked up first";
    Set<String> documents = new TreeSet<>();
    int inDoubt = 0;
    List<Submission> open =
        transaction.list(
            "select * from submissions where state in ('PLANNED', 'SENDING', 'WAITING')",
            Rows::submission);
    for (Submission submission : open) {
      if (!hasEffect(submission)) {
        continue;
      }
      if (submission.purpose() == Purpose.LOOK_UP) {
        // What it looks for is in doubt too, and is looked for anew.
        transaction.update(
            "update submissions set state = 'DONE', lease_owner = null, lease_until = 0 where id = ?",
            submission.id());
        continue;
      }
      transaction.update(
          "update submissions set state = case when state = 'WAITING' then state else 'IN_DOUBT' end,"
              // The lost journal may have sent it until just now.
              + " first_sent_at = coalesce(first_sent_at, ?), sent_at = ?, failure_kind = 'ANSWER_LOST',"
              + " next_attempt_at = ?, lease_owner = null, lease_until = 0 where id = ?",
          madeAt,
          journal.now(),
          journal.now(),
          submission.id());
      documents.add(submission.documentId());
      Timeline.add(
          transaction, journal, submission.documentId(), submission.id(), "in doubt", reason);
      inDoubt++;
    }
    for (String document : documents) {
      Documents.changed(transaction, document);
    }
    return inDoubt;
  }

  private boolean hasEffect(Submission submission) {
    return calls.stream()
        .filter(call -> call.name().equals(submission.call()))
        .findFirst()
        .map(call -> call.hasEffect(submission.query()))
        // A call that the preset no longer knows: nobody can tell.
        .orElse(true);
  }

  /**
   * Since when a document may be at the operator that comes now: a file that is older than the
   * first start on a copy may have been taken by the journal that was lost.
   */
  static Optional<Long> perhapsSentSince(Transaction transaction, Arrival arrival)
      throws SQLException {
    if (arrival.madeAt().isEmpty()) {
      return Optional.empty();
    }
    return transaction.first(
        "select made_at from copies where restored_at >= ? order by made_at limit 1",
        row -> row.getLong(1),
        arrival.madeAt());
  }

  /** Since when a request that is planned now may have left; empty where it cannot have. */
  static Optional<Long> perhapsSentSince(
      Transaction transaction, String document, NewSubmission added) throws SQLException {
    Optional<Copied> copied =
        transaction.first(
            "select copied_at, repeatable_with from documents join copied_calls on name = ?"
                + " where documents.id = ? and copied_at is not null",
            row -> new Copied(row.getLong(1), row.getString(2)),
            added.call(),
            document);
    if (copied.isEmpty() || added.query().containsKey(copied.get().repeatableWith())) {
      return Optional.empty();
    }
    // A question that was asked before under this journal is repeated by someone who looked.
    boolean repeated =
        added.purpose() != Purpose.STATEMENT
            && transaction.count(
                    "select count(*) from submissions where document_id = ? and call = ? and query = ?",
                    document,
                    added.call(),
                    JournalJson.map(added.query()))
                > 0;
    return repeated ? Optional.empty() : Optional.of(copied.get().since());
  }

  private record Copied(long since, String repeatableWith) {}
}
