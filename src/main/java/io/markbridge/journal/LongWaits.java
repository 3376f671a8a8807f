package io.markbridge.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * What has to be looked after beside the arrows where documents wait for earlier ones: waits that
 * last too long, and codes of documents that have ended.
 */
public final class LongWaits {
  /** What is due for longer than this is kept by something else than the operator's work on it. */
  private static final Duration OVERDUE = Duration.ofMinutes(5);

  /**
   * The prerequisite itself waits for another one; or it is not at the operator yet, or cannot be
   * asked about: the operator cannot be reached, or its limits are used up. None of this is
   * anybody's fault.
   */
  private static final String NOT_ITS_FAULT =
      "select count(*) from prerequisites waiting where document_id = ? and (exists (select 1 from prerequisites others"
          + " where others.document_id = waiting.prerequisite_id) or exists (select 1 from submissions"
          + " where submissions.document_id = waiting.prerequisite_id and (state = 'SENDING' or (state = 'PLANNED'"
          + " and (purpose = 'STATEMENT' or next_attempt_at < ? or failure_kind in"
          + " ('NOT_REACHED', 'ANSWER_LOST', 'OPERATOR_FAILED', 'OVER_LIMIT', 'NOT_AUTHENTICATED'))))))";

  private final Journal journal;

  /** What was too late before this process looked, it was while perhaps nobody worked. */
  private boolean looked;

  public LongWaits(Journal journal) {
    this.journal = journal;
  }

  /**
   * Parks documents whose wait has lasted too long; where the operator could not work on what they
   * wait for, or this process did not run, their time begins again.
   *
   * @return how many were parked
   */
  public int end(Duration longest) {
    // The newest first: what waits for one that is parked now is given its own time to be settled.
    List<String> late =
        journal
            .database()
            .read(
                "looking for long waits",
                transaction ->
                    transaction.list(
                        "select distinct document_id from prerequisites where waits_until <= ? order by document_id desc",
                        row -> row.getString(1),
                        journal.now()));
    int parked = 0;
    for (String document : late) {
      boolean ended =
          journal
              .database()
              .write(JournalCommit.END_WAIT, transaction -> end(transaction, document, longest));
      parked += ended ? 1 : 0;
    }
    looked = true;
    return parked;
  }

  private boolean end(Transaction transaction, String document, Duration longest)
      throws SQLException {
    transaction.list(
        "select id from documents where id = ?" + transaction.dialect().lockRows(),
        row -> row.getString(1),
        document);
    long late =
        transaction.count(
            "select count(*) from prerequisites where document_id = ? and waits_until <= ?",
            document,
            journal.now());
    if (late == 0) {
      return false;
    }
    long excused = transaction.count(NOT_ITS_FAULT, document, journal.now() - OVERDUE.toMillis());
    if (excused > 0 || !looked) {
      transaction.update(
          "update prerequisites set waits_until = ? where document_id = ?",
          journal.now() + longest.toMillis(),
          document);
      return false;
    }
    new Prerequisites(journal, transaction).park(document);
    return true;
  }

  /**
   * Removes codes of documents that have ended, one batch of one document.
   *
   * @return whether there was anything to remove
   */
  public boolean forgetCodes() {
    List<String> ended =
        journal
            .database()
            .read(
                "looking for codes of documents that ended",
                transaction ->
                    transaction.list(
                        "select document_id from code_holders where not exists (select 1 from documents"
                            + " where id = document_id and finished_at is null) limit 1",
                        row -> row.getString(1)));
    for (String document : ended) {
      journal
          .database()
          .change(
              JournalCommit.FORGET_CODES,
              transaction -> CodesUnderWay.forget(transaction, document));
    }
    return !ended.isEmpty();
  }
}
