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
   * After a start: whatever was under way belongs to a process that is gone.
   *
   * @return how many submissions are in doubt now that were on their way
   */
  public int recover() {
    return journal
        .database()
        .write(
            JournalCommit.RECOVER,
            transaction -> {
              for (String half :
                  transaction.list(
                      "select id from documents where state = 'RECEIVING'",
                      row -> row.getString(1))) {
                Receiving.remove(transaction, half);
              }
              for (String unplanned :
                  transaction.list(
                      "select id from documents where state = 'RECEIVED' and exists (select 1 from chunks"
                          + " where document_id = documents.id and owner_id <> documents.id)",
                      row -> row.getString(1))) {
                Submissions.removeUnplanned(transaction, unplanned);
              }
              transaction.update(
                  "update documents set lease_owner = null, lease_until = 0 where lease_owner is not null");
              return give(
                  transaction,
                  transaction.list(
                      "select * from submissions where state = 'SENDING'", Rows::submission),
                  "the process ended while the request was on its way");
            });
  }

  /**
   * While running: requests whose answer could not be recorded in time, since the journal failed
   * just then.
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
                        "select * from submissions where state = 'SENDING' and lease_until < ?",
                        Rows::submission,
                        journal.now()),
                    "nobody recorded an answer while the lease lasted"));
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
      transaction.update(
          "update submissions set state = ?, failure_kind = 'ANSWER_LOST', lease_owner = null, lease_until = 0 where id = ?",
          state,
          submission.id());
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
