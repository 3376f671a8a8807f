package io.markbridge.journal;

import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Requests whose answer was lost, and what was found out about them (design decision 5). A look-up
 * is a submission whose parent is the one in doubt; it is claimed, limited and retried like all
 * others.
 */
public final class Doubts {
  private static final String OPEN_LOOK_UP =
      "exists (select 1 from submissions looking where looking.parent_id = submissions.id"
          + " and looking.purpose = 'LOOK_UP' and looking.state in ('PLANNED', 'SENDING'))";
  private static final String DUE =
      "state = 'IN_DOUBT' and purpose <> 'LOOK_UP' and next_attempt_at <= ? and not "
          + OPEN_LOOK_UP;

  /** Nobody else begins within this time, and a look-up that led to nothing is begun anew. */
  private static final Duration BEGUN_FOR = Duration.ofMinutes(1);

  private static final int IDS_AT_ONCE = 200;

  private final Journal journal;
  private final Database database;

  Doubts(Journal journal) {
    this.journal = journal;
    this.database = journal.database();
  }

  /** Submissions in doubt that nobody looks for just now, and whose time has come. */
  public List<Submission> due(int most) {
    return database.read(
        "looking for what is in doubt",
        transaction ->
            transaction.list(
                "select * from submissions where " + DUE + " order by next_attempt_at, id limit ?",
                Rows::submission,
                journal.now(),
                most));
  }

  /**
   * Plans the first request of a look-up.
   *
   * @return whether it was; not when it is no longer in doubt, or another process was faster
   */
  public boolean begin(Submission doubtful, NewSubmission first) {
    return database.write(
        JournalCommit.BEGIN_LOOK_UP,
        transaction -> {
          Documents.hold(transaction, doubtful.documentId());
          // The change of the row itself makes a second process, which waited for it, look again.
          int begun =
              transaction.update(
                  "update submissions set next_attempt_at = ? where id = ? and " + DUE,
                  journal.now() + BEGUN_FOR.toMillis(),
                  doubtful.id(),
                  journal.now());
          if (begun == 0) {
            return false;
          }
          SubmissionRows.insert(transaction, doubtful.documentId(), first);
          return true;
        });
  }

  /** Commits what is known about a submission in doubt without asking anybody. */
  public void settle(Submission doubtful, Progress progress) {
    database.change(
        JournalCommit.SETTLE_DOUBT,
        transaction -> settle(journal, transaction, Optional.of(doubtful.id()), progress));
  }

  static void settle(
      Journal journal, Transaction transaction, Optional<String> id, Progress progress)
      throws SQLException {
    Optional<String> document =
        transaction.first(
            "select document_id from submissions where id = ?", row -> row.getString(1), id);
    if (document.isEmpty()) {
      return;
    }
    Documents.hold(transaction, document.get());
    // Whoever sent it, also a process that is gone: now it is known, and nobody's any more.
    transaction.update(
        "update submissions set lease_owner = null where id = ? and state = 'IN_DOUBT'", id);
    Optional<Submission> doubtful =
        transaction.first(
            "select * from submissions where id = ? and state = 'IN_DOUBT'"
                + transaction.dialect().forUpdate(),
            Rows::submission,
            id);
    if (doubtful.isPresent()) {
      new ProgressRecorder(journal, transaction, doubtful.get()).record(progress);
    }
  }

  /** Whether what a look-up looks for is in doubt still. */
  static boolean open(Transaction transaction, Submission lookUp) throws SQLException {
    return transaction.count(
            "select count(*) from submissions where id = ? and state = 'IN_DOUBT'",
            lookUp.parentId())
        > 0;
  }

  /** Nobody needs to look for it any more; a look-up that is on its way ends by itself. */
  static void withdraw(Transaction transaction, String submission) throws SQLException {
    transaction.update(
        "update submissions set state = 'DONE' where parent_id = ? and purpose = 'LOOK_UP' and state = 'PLANNED'",
        submission);
  }

  /**
   * Which of these ids of the operator belong to other statements, in lower case: legacy systems
   * and operators differ in the case of ids.
   */
  public Set<String> bound(Submission doubtful, List<String> operatorIds) {
    return database.read(
        "looking for what ids belong to",
        transaction -> {
          Set<String> bound = new HashSet<>();
          for (int from = 0; from < operatorIds.size(); from += IDS_AT_ONCE) {
            List<String> some =
                operatorIds.subList(from, Math.min(operatorIds.size(), from + IDS_AT_ONCE));
            List<Object> parameters = new ArrayList<>();
            some.forEach(id -> parameters.add(id.toLowerCase(Locale.ROOT)));
            parameters.add(doubtful.account());
            parameters.add(doubtful.id());
            bound.addAll(
                transaction.list(
                    "select lower(operator_id) from submissions where lower(operator_id) in ("
                        + some.stream().map(id -> "?").collect(Collectors.joining(", "))
                        + ") and purpose = 'STATEMENT' and account = ? and id <> ?",
                    row -> row.getString(1),
                    parameters.toArray()));
          }
          return bound;
        });
  }

  /**
   * Takes an id of the operator for a submission, as part of the commit that settles it.
   *
   * @throws JournalException from that commit when another statement of the account has it by now:
   *     the answer is to be looked at once more
   */
  public Database.Change bind(Submission doubtful, String operatorId) {
    return transaction -> {
      transaction.lock("bind " + doubtful.account());
      long others =
          transaction.count(
              "select count(*) from submissions where lower(operator_id) = lower(?) and purpose = 'STATEMENT'"
                  + " and account = ? and id <> ?",
              operatorId,
              doubtful.account(),
              doubtful.id());
      if (others > 0) {
        throw new SQLException("the operator's id " + operatorId + " belongs to another statement");
      }
    };
  }

  /** Submissions of the same account and call in one of these states, itself among them. */
  public List<Submission> beside(Submission doubtful, SubmissionState... states) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(doubtful.account());
    parameters.add(doubtful.call());
    parameters.addAll(List.of(states));
    return database.read(
        "looking for equal requests",
        transaction ->
            transaction.list(
                "select * from submissions where account = ? and call = ? and purpose <> 'LOOK_UP' and state in ("
                    + List.of(states).stream().map(state -> "?").collect(Collectors.joining(", "))
                    + ") order by id",
                Rows::submission,
                parameters.toArray()));
  }

  /**
   * What a look-up has found that something at the operator holds.
   *
   * @param since milliseconds: what was seen before may have been half of it
   */
  public Optional<String> examined(String account, String operatorId, long since) {
    return database.read(
        "looking for what was examined",
        transaction ->
            transaction.first(
                "select operator_status from submissions where lower(operator_id) = lower(?) and purpose = 'LOOK_UP'"
                    + " and account = ? and operator_status is not null and sent_at >= ? order by id desc limit 1",
                row -> row.getString(1),
                operatorId,
                account,
                since));
  }
}
