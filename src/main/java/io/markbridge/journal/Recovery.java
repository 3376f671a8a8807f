package io.markbridge.journal;

import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.operator.OperatorCall;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the journal of a process that ended without warning ready for the next one. */
public final class Recovery {
  private final Journal journal;
  private final Map<String, OperatorCall> calls;

  public Recovery(Journal journal, Map<String, OperatorCall> calls) {
    this.journal = journal;
    this.calls = calls;
  }

  /**
   * After a start: whatever processes hold that are gone. On SQLite that is all that anyone holds.
   *
   * @return how many submissions are in doubt now that were on their way
   */
  public int recover() {
    return journal.database().write(JournalCommit.RECOVER, this::takeOver);
  }

  /**
   * While running: what processes hold that ended meanwhile, and requests of this one whose answer
   * could not be recorded in time, since the journal failed just then.
   *
   * @return how many submissions are in doubt now
   */
  public int recoverExpired() {
    return journal
        .database()
        .write(
            JournalCommit.RECOVER_EXPIRED,
            transaction ->
                give(
                        transaction,
                        transaction.list(
                            "select * from submissions where state = 'SENDING' and lease_owner = ? and lease_until < ?",
                            Rows::submission,
                            journal.owner(),
                            journal.now()),
                        "nobody recorded an answer while the lease lasted")
                    + takeOver(transaction));
  }

  /**
   * This process ends: what it holds is free at once, and what is still on its way is in doubt.
   *
   * @return how many submissions are in doubt now
   */
  public int handOver() {
    journal.replicas().leave();
    return journal
        .database()
        .write(
            JournalCommit.HAND_OVER,
            transaction -> {
              int inDoubt =
                  free(
                      transaction,
                      "lease_owner = '" + journal.owner() + "'",
                      "the bridge was stopped before the answer came");
              journal.leads().release(transaction);
              journal.replicas().forgetOwn(transaction);
              return inDoubt;
            });
  }

  private int takeOver(Transaction transaction) throws SQLException {
    int inDoubt =
        free(
            transaction,
            journal.replicas().dead("lease_owner"),
            "the process ended while the request was on its way");
    journal.replicas().forgetDead(transaction);
    return inDoubt;
  }

  /** Frees what is held by whom this condition names. */
  private int free(Transaction transaction, String held, String reason) throws SQLException {
    // Of earlier versions, whose halves name no owner.
    for (String half :
        documents(transaction, "RECEIVING", "(lease_owner is null or " + held + ")")) {
      Receiving.remove(transaction, half);
    }
    for (String unplanned : documents(transaction, "RECEIVED", held)) {
      SubmissionRows.removeUnplanned(transaction, unplanned);
      transaction.update(
          "update documents set lease_owner = null, lease_until = 0 where id = ?", unplanned);
    }
    return give(
        transaction,
        transaction.list(
            "select * from submissions where state = 'SENDING' and " + held, Rows::submission),
        reason);
  }

  /** Those that another transaction has just now are left to it. */
  private static List<String> documents(Transaction transaction, String state, String held)
      throws SQLException {
    return transaction.list(
        "select id from documents where state = '"
            + state
            + "' and "
            + held
            + transaction.dialect().skipLocked(),
        row -> row.getString(1));
  }

  private int give(Transaction transaction, List<Submission> onTheirWay, String reason)
      throws SQLException {
    int inDoubt = 0;
    for (Submission submission : onTheirWay) {
      Documents.hold(transaction, submission.documentId());
      OperatorCall call = calls.get(submission.call());
      boolean effect = call == null || call.hasEffect(submission.query());
      boolean lookUp = submission.purpose() == Purpose.LOOK_UP;
      boolean doubt = effect && !lookUp;
      // What a look-up looks for is still in doubt, and is looked for anew.
      String state = doubt ? "IN_DOUBT" : effect ? "DONE" : "PLANNED";
      int given =
          transaction.update(
              "update submissions set state = ?, failure_kind = 'ANSWER_LOST', lease_until = 0"
                  // Whose attempt is in doubt: an answer of its own that comes late still counts.
                  + (doubt ? "" : ", lease_owner = null")
                  + " where id = ? and state = 'SENDING' and attempts = ?",
              state,
              submission.id(),
              submission.attempts());
      if (given == 0) {
        // Its answer was recorded meanwhile, or another process was faster.
        continue;
      }
      Timeline.add(
          transaction,
          journal,
          submission.documentId(),
          submission.id(),
          state.toLowerCase(Locale.ROOT).replace('_', ' '),
          reason);
      if (doubt) {
        Documents.changed(transaction, submission.documentId());
        inDoubt++;
      }
    }
    return inDoubt;
  }
}
