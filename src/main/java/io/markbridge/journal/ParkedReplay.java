package io.markbridge.journal;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.openapi.FailureRules;
import io.markbridge.operator.OperatorCall;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Goes on with what was parked, where it stopped. */
final class ParkedReplay {
  private final Journal journal;
  private final Map<String, OperatorCall> calls;

  ParkedReplay(Journal journal, Map<String, OperatorCall> calls) {
    this.journal = journal;
    this.calls = calls;
  }

  /**
   * Plans the parked requests of a document again, with as many attempts as at first.
   *
   * @return whether there were any
   * @throws ReplayRefusedException when one of them may be at the operator: then nothing changes
   */
  boolean goOn(Transaction transaction, Document document, Replay.Person person)
      throws SQLException {
    if (document.state() != DocumentState.PARKED && document.state() != DocumentState.PLANNED) {
      return false;
    }
    List<Submission> all = SubmissionRows.held(transaction, document.id());
    List<Submission> parked =
        all.stream().filter(one -> one.state() == SubmissionState.PARKED).toList();
    for (Submission one : parked) {
      // A look-up that is parked is gone on with: it is to find out just this.
      boolean lookedFor =
          parked.stream()
              .anyMatch(
                  other ->
                      other.purpose() == Purpose.LOOK_UP
                          && other.parentId().filter(one.id()::equals).isPresent());
      if (!lookedFor && mayBeAtOperator(one, all)) {
        throw new ReplayRefusedException(
            "submission "
                + one.id()
                + " may be at the operator; look there, then use --as sent or --as not-sent");
      }
    }
    for (Submission one : parked) {
      if (mayBeAtOperator(one, all)) {
        transaction.update(
            "update submissions set state = 'IN_DOUBT', failed_attempts = 0 where id = ?",
            one.id());
      } else {
        transaction.update(
            "update submissions set state = 'PLANNED', failed_attempts = 0, next_attempt_at = ?,"
                + " failure_kind = null, failures = null, lease_owner = null, lease_until = 0 where id = ?",
            journal.now(),
            one.id());
      }
      Timeline.add(transaction, journal, document.id(), one.id(), "replayed", person.told());
    }
    if (parked.isEmpty()) {
      return false;
    }
    transaction.update(
        "update documents set state = 'PLANNED', problems = null, finished_at = null where id = ?",
        document.id());
    Documents.changed(transaction, document.id());
    return true;
  }

  private boolean mayBeAtOperator(Submission submission, List<Submission> all) {
    OperatorCall call = calls.get(submission.call());
    return call == null || FailureRules.mayBeAtOperator(submission, call, all);
  }
}
