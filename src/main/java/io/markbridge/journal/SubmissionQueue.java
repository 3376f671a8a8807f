package io.markbridge.journal;

import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.journal.Submissions.Waiting;
import io.markbridge.openapi.FailureRules;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is planned and draws from one limit, the longest due first. Neither its heads nor a claim
 * cost more where more waits: after an outage there may be a hundred thousand.
 */
final class SubmissionQueue {
  private static final String COUNTING =
      FailureRules.countingKinds().stream()
          .map(kind -> "'" + kind.name() + "'")
          .sorted()
          .collect(Collectors.joining(", ", "(", ")"));

  /** The longest due of the next queue behind one. */
  static final String HEAD =
      "select account, bucket, next_attempt_at from submissions where state = 'PLANNED' and purpose = ?"
          + " and (account, bucket) > (?, ?) order by account, bucket, next_attempt_at limit 1";

  /** The longest due of one queue. */
  static final String DUE =
      "select id from submissions where state = 'PLANNED' and purpose = ? and account = ? and bucket = ?"
          + " and next_attempt_at <= ? order by next_attempt_at, document_id, number limit ?";

  private final Journal journal;
  private final Transaction transaction;
  private final Waiting waiting;

  SubmissionQueue(Journal journal, Transaction transaction, Waiting waiting) {
    this.journal = journal;
    this.transaction = transaction;
    this.waiting = waiting;
  }

  private record Head(Waiting waiting, long dueSince) {}

  /** The queues with something due, that which has waited longest first. */
  static List<Waiting> heads(Transaction transaction, Set<Purpose> purposes, long dueUntil)
      throws SQLException {
    List<Head> heads = new ArrayList<>();
    for (Purpose purpose : purposes) {
      // From one queue to the next along the index: there are few queues, and may be many in each.
      Optional<Head> head = head(transaction, purpose, "", "");
      while (head.isPresent()) {
        heads.add(head.get());
        Waiting last = head.get().waiting();
        head = head(transaction, purpose, last.account(), last.bucket());
      }
    }
    return heads.stream()
        .filter(head -> head.dueSince() <= dueUntil)
        .sorted(Comparator.comparing(Head::dueSince).thenComparing(one -> one.waiting().purpose()))
        .map(Head::waiting)
        .toList();
  }

  private static Optional<Head> head(
      Transaction transaction, Purpose purpose, String account, String bucket) throws SQLException {
    return transaction.first(
        HEAD,
        row -> new Head(new Waiting(row.getString(1), row.getString(2), purpose), row.getLong(3)),
        purpose,
        account,
        bucket);
  }

  /** How many more of an account may be on their way. */
  int room(int atOnce) throws SQLException {
    // Of two replicas that count, one counts what the other has claimed.
    transaction.lock("requests of " + waiting.account());
    return atOnce
        - (int)
            transaction.count(
                "select count(*) from submissions where state = 'SENDING' and account = ?",
                waiting.account());
  }

  /** See {@link Submissions#claim(Waiting, int, int, long, long, long)}. */
  List<Submission> claim(int limit, long leaseUntil, long dueUntil, long operatorWorkedAt)
      throws SQLException {
    return transaction
        .list(
            "update submissions set state = 'SENDING', lease_owner = ?, lease_until = ?, attempts = attempts + 1,"
                + " failed_attempts = failed_attempts + case when failure_kind in "
                + COUNTING
                + " and sent_at <= ? then 1 else 0 end,"
                + " first_sent_at = coalesce(first_sent_at, ?), sent_at = ? where id in (with due as ("
                + DUE
                + transaction.dialect().skipLocked()
                + ") select id from due) returning *",
            Rows::submission,
            journal.owner(),
            leaseUntil,
            operatorWorkedAt,
            journal.now(),
            journal.now(),
            waiting.purpose(),
            waiting.account(),
            waiting.bucket(),
            dueUntil,
            limit)
        .stream()
        .sorted(Comparator.comparing(Submission::id))
        .toList();
  }
}
