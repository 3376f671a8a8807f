package io.markbridge.journal;

import io.markbridge.document.DocumentState;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import java.util.List;
import java.util.Optional;

/** What a document's submissions come to. */
final class Outcome {
  private Outcome() {}

  /**
   * A document whose submissions are all at their end; whether somebody still looks for one of them
   * does not matter.
   */
  static boolean ended(List<Submission> submissions) {
    return submissions.stream()
        .filter(submission -> submission.purpose() != Purpose.LOOK_UP)
        .allMatch(submission -> submission.state().terminal());
  }

  /**
   * Whether something becomes of a submission by itself. One that waits for others does not: those
   * do. What is in doubt is looked up.
   */
  static boolean moves(Submission submission, List<Submission> all) {
    return switch (submission.state()) {
      case PREPARING, PLANNED, SENDING, IN_DOUBT -> true;
      case ACCEPTED ->
          all.stream()
              .noneMatch(
                  one ->
                      one.state() == SubmissionState.PARKED
                          && one.purpose() == Purpose.TRACKING
                          && one.parentId().equals(Optional.of(submission.id())));
      case WAITING, PARKED, DONE, PARTLY_DONE, REJECTED -> false;
    };
  }

  /** What a document's statements and queries amount to. */
  static DocumentState of(List<Submission> submissions) {
    boolean any = false;
    boolean refused = false;
    boolean partly = false;
    boolean states = submissions.stream().anyMatch(one -> one.purpose() == Purpose.STATEMENT);
    for (Submission submission : submissions) {
      if (submission.purpose() != Purpose.STATEMENT && submission.purpose() != Purpose.QUERY) {
        continue;
      }
      if (submission.purpose() == Purpose.QUERY && submission.state() == SubmissionState.REJECTED) {
        // A question is answered or not; that one of its requests was answered is no part of it.
        return DocumentState.REJECTED;
      }
      if (submission.purpose() == Purpose.QUERY && states) {
        // What had to be asked before the statement could be made.
        continue;
      }
      any |= submission.state() == SubmissionState.DONE;
      refused |= submission.state() == SubmissionState.REJECTED;
      partly |= submission.state() == SubmissionState.PARTLY_DONE;
    }
    if (partly || (any && refused)) {
      return DocumentState.PARTLY_DONE;
    }
    return refused ? DocumentState.REJECTED : DocumentState.DONE;
  }
}
