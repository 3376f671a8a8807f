package io.markbridge.journal;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.operator.OperatorCall;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a person decides about documents that the bridge does not decide itself (design decision 5).
 * Each decision is one commit, stands on the timeline with name and reason, and is checked inside
 * the commit: the bridge may be running beside it.
 */
public final class Replay {
  /**
   * Who decided, and why.
   *
   * @param reason may be empty
   */
  public record Person(String name, String reason) {
    String told() {
      return "by " + name + ": " + (reason.isBlank() ? "no reason given" : reason);
    }
  }

  private final Journal journal;
  private final ParkedReplay parked;

  /**
   * @param calls of the operator, by name
   */
  public Replay(Journal journal, Map<String, OperatorCall> calls) {
    this.journal = journal;
    this.parked = new ParkedReplay(journal, calls);
  }

  /**
   * Goes on with the parked requests of a document where they stopped; plans a rejected document,
   * or one that was parked before anything was sent, again from the bytes that were stored.
   *
   * @return whether it goes on where it stopped
   * @throws ReplayRefusedException when it is in another state, something of it may be at the
   *     operator, or its bytes are no longer kept
   */
  public boolean again(String documentId, Person person) {
    return journal
        .database()
        .write(
            JournalCommit.REPLAY,
            transaction -> {
              Document document = find(transaction, documentId);
              if (parked.goOn(transaction, document, person)) {
                return true;
              }
              boolean fits =
                  switch (document.state()) {
                    case REJECTED, PARKED -> true;
                    case HELD ->
                        throw refused(
                            document,
                            document.heldForPerson()
                                ? "is held for a person; once it is reported elsewhere, use --as done"
                                : "looks like an earlier one; if it is meant, use --as new");
                    case RECEIVING, RECEIVED, PLANNED, DONE, PARTLY_DONE -> false;
                  };
              if (!fits) {
                throw new ReplayRefusedException(ReplayRefusals.whyNot(transaction, document));
              }
              planAgain(transaction, document, document.given(), "replayed", person);
              return false;
            });
  }

  /**
   * Plans a held document as one that is meant beside the earlier one which it looks like.
   *
   * @throws ReplayRefusedException when it is not held
   */
  public void asNew(String documentId, Person person) {
    journal
        .database()
        .change(
            JournalCommit.REPLAY_AS_NEW,
            transaction -> {
              Document document = find(transaction, documentId);
              if (document.state() != DocumentState.HELD) {
                throw refused(
                    document,
                    "is "
                        + document.state()
                        + ", and --as new is for HELD documents; replay it without --as, or show it");
              }
              if (document.heldForPerson()) {
                throw refused(
                    document, "is never sent; once it is reported elsewhere, use --as done");
              }
              Map<String, String> given = new LinkedHashMap<>(document.given());
              given.put(Arrival.DECISION, "new");
              planAgain(transaction, document, given, "replayed as new", person);
            });
  }

  /**
   * Ends a held document that is never sent, because a person has reported it elsewhere (X7).
   *
   * @throws ReplayRefusedException when it is not held, or only because it looks like another
   */
  public void done(String documentId, Person person) {
    journal
        .database()
        .change(
            JournalCommit.REPLAY_AS_DONE,
            transaction -> {
              Document document = find(transaction, documentId);
              if (document.state() != DocumentState.HELD) {
                throw refused(
                    document,
                    "is "
                        + document.state()
                        + ", and --as done is for documents held for a person; show it");
              }
              if (!document.heldForPerson()) {
                throw refused(
                    document,
                    "looks like an earlier one and was not sent; if it is meant, use --as new");
              }
              transaction.update(
                  "update documents set state = 'DONE', problems = null, finished_at = ?, lease_owner = null,"
                      + " lease_until = 0 where id = ?",
                  journal.now(),
                  documentId);
              Documents.changed(transaction, documentId);
              Timeline.add(
                  transaction, journal, documentId, null, "done by a person", person.told());
              new Prerequisites(journal, transaction).ended(documentId, DocumentState.DONE);
            });
  }

  /**
   * Sends a submission again of which a person knows that the operator never got it.
   *
   * @throws ReplayRefusedException when it is not in doubt
   */
  public void notSent(String submissionId, Person person) {
    journal
        .database()
        .change(
            JournalCommit.REPLAY_AS_NOT_SENT,
            transaction -> {
              Submission submission = findInDoubt(transaction, submissionId);
              transaction.update(
                  "update submissions set state = 'PLANNED', failed_attempts = 0, failure_kind = null, failures = null, next_attempt_at = ?,"
                      + " lease_owner = null, lease_until = 0 where id = ?",
                  journal.now(),
                  submissionId);
              goOn(transaction, submission, "replayed as not sent", person.told());
            });
  }

  /**
   * Takes a submission for accepted, of which a person has found what the operator made of it.
   *
   * @param operatorId the operator's id of the order, report or document
   * @param question the tracking submission that asks how far it is
   * @throws ReplayRefusedException when it is not in doubt, is no statement, or the id belongs to
   *     another submission
   */
  public void sent(String submissionId, String operatorId, NewSubmission question, Person person) {
    journal
        .database()
        .change(
            JournalCommit.REPLAY_AS_SENT,
            transaction -> {
              Submission submission = findInDoubt(transaction, submissionId);
              if (submission.purpose() != Purpose.STATEMENT) {
                throw new ReplayRefusedException(
                    "submission "
                        + submissionId
                        + " asks for something and has no id at the operator; use --as not-sent");
              }
              ReplayRefusals.foreignId(transaction, submission, operatorId);
              transaction.update(
                  "update submissions set state = 'ACCEPTED', operator_id = ?, failure_kind = null, failures = null,"
                      + " lease_owner = null, lease_until = 0 where id = ?",
                  operatorId,
                  submissionId);
              // An order's memory serves reports under this id; other documents have none.
              OrderFactsStore.bind(transaction, submission.documentId(), operatorId);
              SubmissionRows.insert(transaction, submission.documentId(), question);
              goOn(
                  transaction,
                  submission,
                  "replayed as sent",
                  "operator id " + operatorId + ", " + person.told());
            });
  }

  private void planAgain(
      Transaction transaction,
      Document document,
      Map<String, String> given,
      String event,
      Person person)
      throws SQLException {
    ReplayRefusals.sideEffects(SubmissionRows.held(transaction, document.id()));
    long chunks =
        transaction.count("select count(*) from chunks where owner_id = ?", document.id());
    if (document.size() > 0 && chunks == 0) {
      throw refused(
          document,
          "is too old: its bytes are no longer kept (markbridge.retention.payloads); drop it again");
    }
    SubmissionRows.removeBodies(transaction, document.id());
    // What its first plan remembered is remembered again by the next one.
    transaction.update("delete from order_memory where order_document = ?", document.id());
    transaction.update(
        "update documents set state = 'RECEIVED', given = ?, problems = null, answer = null, answered_by = null,"
            + " content_key = null, order_number = null, finished_at = null, next_attempt_at = 0, attempts = 0,"
            + " lease_owner = null, lease_until = 0, change_number = change_number + 1 where id = ?",
        JournalJson.map(given),
        document.id());
    Timeline.add(transaction, journal, document.id(), null, event, person.told());
  }

  private void goOn(Transaction transaction, Submission submission, String event, String detail)
      throws SQLException {
    // Nobody needs to look for it any more.
    transaction.update(
        "update submissions set state = 'DONE' where parent_id = ? and purpose = 'LOOK_UP' and state = 'PARKED'",
        submission.id());
    transaction.update(
        "update documents set state = 'PLANNED', problems = null, finished_at = null where id = ? and state = 'PARKED'",
        submission.documentId());
    Doubts.withdraw(transaction, submission.id());
    Documents.changed(transaction, submission.documentId());
    Timeline.add(transaction, journal, submission.documentId(), submission.id(), event, detail);
  }

  private static Document find(Transaction transaction, String id) throws SQLException {
    return transaction
        .first(
            "select * from documents where id = ?" + transaction.dialect().forUpdate(),
            Rows::document,
            id)
        .orElseThrow(
            () -> new ReplayRefusedException("the journal has no document " + id + " any more"));
  }

  private static Submission findInDoubt(Transaction transaction, String id) throws SQLException {
    Documents.hold(transaction, findSubmission(transaction, id).documentId());
    Submission submission = findSubmission(transaction, id);
    if (submission.state() != SubmissionState.IN_DOUBT
        && submission.state() != SubmissionState.PARKED) {
      throw new ReplayRefusedException(
          "submission "
              + id
              + " is "
              + submission.state()
              + " and not in doubt; show the document");
    }
    return submission;
  }

  private static Submission findSubmission(Transaction transaction, String id) throws SQLException {
    return transaction
        .first("select * from submissions where id = ?", Rows::submission, id)
        .orElseThrow(() -> new ReplayRefusedException("the journal has no submission " + id));
  }

  private static ReplayRefusedException refused(Document document, String why) {
    return new ReplayRefusedException("document " + document.id() + " " + why);
  }
}
