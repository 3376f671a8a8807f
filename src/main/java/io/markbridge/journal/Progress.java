package io.markbridge.journal;

import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.SubmissionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an answer of the operator, or its absence, changes in the journal: committed as one. Built
 * by the procedures.
 */
public final class Progress {
  /** An entry for the timeline. */
  record Note(String event, String detail) {}

  /** A change of the statement that a tracking submission follows. */
  record ParentChange(
      SubmissionState state,
      String operatorStatus,
      Optional<FailureKind> failureKind,
      List<OperatorError> failures) {}

  final SubmissionState state;
  Optional<String> operatorId = Optional.empty();
  Optional<String> operatorStatus = Optional.empty();
  long nextAttemptAt;
  Optional<FailureKind> failureKind = Optional.empty();
  List<OperatorError> failures = List.of();
  Optional<ParentChange> parent = Optional.empty();
  List<OperatorError> found = List.of();
  int mostFound;
  final List<NewSubmission> added = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();
  final List<Database.Change> effects = new ArrayList<>();
  Optional<Progress> foundOut = Optional.empty();
  Optional<byte[]> answer = Optional.empty();
  boolean visible;
  long codes;

  private Progress(SubmissionState state) {
    this.state = state;
  }

  public static Progress to(SubmissionState state) {
    return new Progress(state);
  }

  /** It is planned again for a later time. */
  public static Progress again(long at) {
    Progress progress = new Progress(SubmissionState.PLANNED);
    progress.nextAttemptAt = at;
    return progress;
  }

  public Progress operator(String id, String status) {
    operatorId = Optional.ofNullable(id);
    operatorStatus = Optional.ofNullable(status);
    return visible();
  }

  public Progress failed(FailureKind kind, List<OperatorError> errors) {
    failureKind = Optional.of(kind);
    failures = List.copyOf(errors);
    return this;
  }

  public Progress parent(SubmissionState parentState, String status) {
    parent = Optional.of(new ParentChange(parentState, status, Optional.empty(), List.of()));
    return visible();
  }

  public Progress parentFailed(
      SubmissionState parentState, String status, FailureKind kind, List<OperatorError> errors) {
    parent =
        Optional.of(new ParentChange(parentState, status, Optional.of(kind), List.copyOf(errors)));
    return visible();
  }

  /**
   * Errors that were found in the statement are added to those that it has; its state stays.
   *
   * @param most how many it keeps
   */
  public Progress parentFound(List<OperatorError> errors, int most) {
    found = List.copyOf(errors);
    mostFound = most;
    return visible();
  }

  public Progress add(NewSubmission submission) {
    added.add(submission);
    return this;
  }

  public Progress note(String event, String detail) {
    notes.add(new Note(event, detail));
    return this;
  }

  /** The answer's body, kept as it came. */
  public Progress answer(byte[] body) {
    answer = Optional.of(body);
    return this;
  }

  /** How many codes the answer brought. */
  public Progress codes(long count) {
    codes = count;
    return this;
  }

  /** Something else that becomes true in the same commit. */
  public Progress effect(Database.Change change) {
    effects.add(change);
    return this;
  }

  /**
   * What a look-up found out about its parent: the parent's own progress. It counts only while that
   * is in doubt; a true answer that came meanwhile stays.
   */
  public Progress foundOut(Progress parentProgress) {
    foundOut = Optional.of(parentProgress);
    return this;
  }

  /** It stays in doubt, and is looked for again at this time. */
  public static Progress stillInDoubt(long at, List<OperatorError> failures) {
    Progress progress = new Progress(SubmissionState.IN_DOUBT);
    progress.nextAttemptAt = at;
    return progress.failed(FailureKind.ANSWER_LOST, failures);
  }

  /** What something at the operator holds, for whoever looks for the same; nobody else sees it. */
  public Progress examined(String id, String content) {
    operatorId = Optional.of(id);
    operatorStatus = Optional.of(content);
    return this;
  }

  /** The legacy side should see it. */
  public Progress visible() {
    visible = true;
    return this;
  }

  /** Whether something more is asked. */
  public boolean asksAgain() {
    return !added.isEmpty();
  }

  /** Milliseconds; 0 where it is not planned again. */
  public long nextAttemptAt() {
    return nextAttemptAt;
  }

  public SubmissionState state() {
    return state;
  }
}
