package io.markbridge.journal;

import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Writes the progress of one submission, and what follows from it for its document, in one
 * transaction.
 */
final class ProgressRecorder {
  /**
   * Beside the attempt what a write is fenced by: its holder claimed it, also where others hold it
   * for doubtful since; what is in doubt of nobody's is open to the answer of that attempt.
   */
  static final String MINE =
      "((lease_owner = ? and state in ('SENDING', 'IN_DOUBT')) or (state = 'IN_DOUBT' and lease_owner is null))";

  private final Journal journal;
  private final Transaction transaction;
  private final Submission submission;
  private final String document;

  ProgressRecorder(Journal journal, Transaction transaction, Submission submission) {
    this.journal = journal;
    this.transaction = transaction;
    this.submission = submission;
    this.document = submission.documentId();
  }

  Recorded record(Progress progress) throws SQLException {
    Documents.hold(transaction, document);
    if (submission.purpose() == Purpose.LOOK_UP && !Doubts.open(transaction, submission)) {
      // A true answer, or a person, was faster: what was found out says nothing any more.
      transaction.update(
          "update submissions set state = 'DONE', lease_owner = null, lease_until = 0 where id = ?"
              + " and lease_owner = ?",
          submission.id(),
          journal.owner());
      return Recorded.TOO_LATE;
    }
    Recorded recorded = write(progress);
    if (recorded == Recorded.APPLIED && progress.foundOut.isPresent()) {
      Doubts.settle(journal, transaction, submission.parentId(), progress.foundOut.get());
    }
    return recorded;
  }

  private Recorded write(Progress progress) throws SQLException {
    Optional<String> answerId = progress.answer.map(body -> submission.id() + "/answer");
    int changed =
        transaction.update(
            "update submissions set state = ?, operator_id = coalesce(?, operator_id),"
                + " operator_status = coalesce(?, operator_status), next_attempt_at = ?,"
                + " failure_kind = ?, failures = ?, answer_id = coalesce(?, answer_id), codes = codes + ?, lease_owner = null, lease_until = 0"
                + " where id = ? and attempts = ? and "
                + MINE,
            progress.state,
            progress.operatorId,
            progress.operatorStatus,
            progress.nextAttemptAt,
            progress.failureKind,
            progress.failures.isEmpty() ? null : JournalJson.errors(progress.failures),
            answerId,
            progress.codes,
            submission.id(),
            submission.attempts(),
            journal.owner());
    if (changed == 0) {
      return tooLate(progress);
    }
    storeAnswer(progress, answerId);
    changeParent(progress);
    addFound(progress);
    for (NewSubmission added : progress.added) {
      SubmissionRows.insert(transaction, document, added);
    }
    for (Progress.Note note : progress.notes) {
      Timeline.add(transaction, journal, document, submission.id(), note.event(), note.detail());
    }
    for (Database.Change effect : progress.effects) {
      effect.run(transaction);
    }
    if (submission.purpose() != Purpose.TRACKING && progress.state != SubmissionState.IN_DOUBT) {
      Doubts.withdraw(transaction, submission.id());
    }
    boolean ended = settleDocument();
    if (progress.visible || ended) {
      Documents.changed(transaction, document);
    }
    return Recorded.APPLIED;
  }

  /**
   * Others have decided about this attempt, or sent another: nothing of the answer is applied. What
   * the operator has made besides is not lost silently.
   */
  private Recorded tooLate(Progress progress) throws SQLException {
    if (progress.operatorId.isEmpty() || submission.purpose() == Purpose.LOOK_UP) {
      return Recorded.TOO_LATE;
    }
    Optional<Submission> now =
        transaction.first(
            "select * from submissions where id = ?", Rows::submission, submission.id());
    if (now.isEmpty() || now.get().operatorId().equals(progress.operatorId)) {
      return Recorded.TOO_LATE;
    }
    Timeline.add(
        transaction,
        journal,
        document,
        submission.id(),
        "late answer",
        "the operator has also made "
            + submission.call()
            + " "
            + progress.operatorId.get()
            + " out of attempt "
            + submission.attempts()
            + now.get().operatorId().map(id -> ", besides " + id).orElse("")
            + "; a person must look");
    return Recorded.MADE_ANOTHER;
  }

  /** The answer's body stays as it came, under an id of its own. */
  private void storeAnswer(Progress progress, Optional<String> id) throws SQLException {
    if (id.isEmpty()) {
      return;
    }
    String answerId = id.get();
    Chunks.remove(transaction, answerId);
    byte[] body = progress.answer.orElseThrow();
    long ordinal = 0;
    for (int from = 0; from < body.length; from += Chunks.SIZE) {
      int to = Math.min(body.length, from + Chunks.SIZE);
      Chunks.write(transaction, answerId, ordinal++, java.util.Arrays.copyOfRange(body, from, to));
    }
  }

  private void changeParent(Progress progress) throws SQLException {
    if (progress.parent.isEmpty() || submission.parentId().isEmpty()) {
      return;
    }
    Progress.ParentChange change = progress.parent.get();
    // A person, or a late answer, may have been faster than the look-up that gives up.
    String onlyWhile = change.state() == SubmissionState.PARKED ? " and state = 'IN_DOUBT'" : "";
    transaction.update(
        "update submissions set state = ?, operator_status = coalesce(?, operator_status),"
            + " failure_kind = coalesce(?, failure_kind), failures = coalesce(?, failures) where id = ?"
            + onlyWhile,
        change.state(),
        change.operatorStatus(),
        change.failureKind(),
        change.failures().isEmpty() ? null : JournalJson.errors(change.failures()),
        submission.parentId());
  }

  /** Several answers about one statement may come at once: each adds to what is there now. */
  private void addFound(Progress progress) throws SQLException {
    if (progress.found.isEmpty() || submission.parentId().isEmpty()) {
      return;
    }
    Optional<Submission> parent =
        transaction.first(
            "select * from submissions where id = ?", Rows::submission, submission.parentId());
    if (parent.isEmpty()) {
      return;
    }
    List<OperatorError> all = new ArrayList<>(parent.get().failures());
    // The operator's one word gives way to what it found.
    all.removeIf(error -> Optional.of(error.text()).equals(parent.get().operatorStatus()));
    all.addAll(progress.found);
    transaction.update(
        "update submissions set failures = ? where id = ?",
        JournalJson.errors(all.subList(0, Math.min(progress.mostFound, all.size()))),
        submission.parentId());
  }

  /** Frees the next level, or ends the document; tells whether it ended. */
  private boolean settleDocument() throws SQLException {
    List<Submission> all = SubmissionRows.of(transaction, document);
    if (all.stream().anyMatch(one -> one.state() == SubmissionState.WAITING)) {
      freeNextLevel(all);
      all = SubmissionRows.of(transaction, document);
    }
    Prerequisites prerequisites = new Prerequisites(journal, transaction);
    if (!Outcome.ended(all)) {
      if (accepted(all)) {
        prerequisites.met(document, "is accepted");
      }
      return parkDocument(all);
    }
    DocumentState outcome = Outcome.of(all);
    if (outcome == DocumentState.REJECTED) {
      OrderFactsStore.forget(transaction, document);
    }
    transaction.update(
        "update documents set state = ?, finished_at = ? where id = ?",
        outcome,
        journal.now(),
        document);
    Timeline.add(
        transaction,
        journal,
        document,
        null,
        outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        "");
    CodesUnderWay.forget(transaction, document);
    prerequisites.ended(document, outcome);
    return true;
  }

  /** Where nothing moves by itself any more, a person has to look; tells whether it is so. */
  private boolean parkDocument(List<Submission> all) throws SQLException {
    if (all.stream().anyMatch(one -> Outcome.moves(one, all))) {
      return false;
    }
    int parked =
        transaction.update(
            "update documents set state = 'PARKED' where id = ? and state <> 'PARKED'", document);
    if (parked == 0) {
      return false;
    }
    Timeline.add(
        transaction,
        journal,
        document,
        null,
        "parked",
        "waits for a person: "
            + all.stream()
                .filter(one -> one.state() == SubmissionState.PARKED)
                .map(one -> "request " + one.number() + " (" + one.call() + ")")
                .collect(Collectors.joining(", ")));
    return true;
  }

  /** Whether the operator has accepted all that the document states. */
  private static boolean accepted(List<Submission> all) {
    List<Submission> statements =
        all.stream().filter(one -> one.purpose() == Purpose.STATEMENT).toList();
    return !statements.isEmpty()
        && statements.stream().allMatch(one -> one.state() == SubmissionState.DONE);
  }

  private void freeNextLevel(List<Submission> all) throws SQLException {
    OptionalInt next =
        all.stream()
            .filter(one -> one.state() == SubmissionState.WAITING)
            .mapToInt(Submission::level)
            .min();
    List<Submission> lower =
        all.stream()
            .filter(one -> one.purpose() == Purpose.STATEMENT && one.level() < next.orElse(0))
            .toList();
    if (lower.isEmpty()) {
      // The lowest level waits for another document.
      return;
    }
    if (lower.stream().allMatch(one -> one.state() == SubmissionState.DONE)) {
      transaction.update(
          // One that a restored copy held may have left since: it has a time of sending.
          "update submissions set state = case when sent_at is null then 'PLANNED' else 'IN_DOUBT' end, next_attempt_at = ?"
              + " where document_id = ? and state = 'WAITING' and level = ?",
          journal.now(),
          document,
          next.orElse(0));
      return;
    }
    if (Outcome.ended(lower)) {
      transaction.update(
          "update submissions set state = 'REJECTED', failure_kind = ?, failures = ? where document_id = ?"
              + " and state = 'WAITING'",
          FailureKind.REFUSED,
          JournalJson.errors(
              List.of(OperatorError.of("", "not sent: the units that it holds were refused", ""))),
          document);
    }
  }
}
