package io.markbridge.journal;

import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What a person may not decide, and what to do instead. */
final class ReplayRefusals {
  private ReplayRefusals() {}

  /**
   * A document goes back to its beginning only when nothing of it is, or may be, at the operator.
   */
  static void sideEffects(List<Submission> submissions) {
    for (Submission one : submissions) {
      boolean statement = one.purpose() == Purpose.STATEMENT;
      if (one.state() == SubmissionState.IN_DOUBT || one.state() == SubmissionState.SENDING) {
        throw new ReplayRefusedException(
            "submission "
                + one.id()
                + " may be at the operator; decide that first with --as sent or --as not-sent");
      }
      boolean accepted =
          one.state() == SubmissionState.ACCEPTED
              || one.state() == SubmissionState.DONE
              || one.state() == SubmissionState.PARTLY_DONE;
      if (statement && accepted) {
        throw new ReplayRefusedException(
            "submission "
                + one.id()
                + " is at the operator as "
                + one.operatorId().orElse("?")
                + "; drop what it did not take as a new document");
      }
    }
  }

  static void foreignId(Transaction transaction, Submission submission, String operatorId)
      throws SQLException {
    Optional<String> other =
        transaction.first(
            "select id from submissions where lower(operator_id) = lower(?) and purpose = 'STATEMENT'"
                + " and account = ? and id <> ?",
            row -> row.getString(1),
            operatorId,
            submission.account(),
            submission.id());
    if (other.isPresent()) {
      throw new ReplayRefusedException(
          "the operator's id "
              + operatorId
              + " belongs to submission "
              + other.get()
              + "; look again which one this is");
    }
  }

  static String whyNot(Transaction transaction, Document document) throws SQLException {
    boolean inDoubt =
        SubmissionRows.of(transaction, document.id()).stream()
            .anyMatch(one -> one.state() == SubmissionState.IN_DOUBT);
    String why =
        inDoubt
            ? "has a request in doubt; look at the operator, then use --as sent or --as not-sent"
            : switch (document.state()) {
              case DONE -> "is done; to send the same again, drop it again";
              case PARTLY_DONE -> "was taken in part; drop the refused part again, corrected";
              case RECEIVING, RECEIVED, PLANNED -> "is under way by itself; show it";
              case HELD, PARKED, REJECTED -> "cannot be replayed";
            };
    return "document " + document.id() + " " + why;
  }
}
