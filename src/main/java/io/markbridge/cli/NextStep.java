package io.markbridge.cli;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.openapi.FailureRules;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What happens next with a document, and whether a person has to do it. */
record NextStep(String text, Tone tone) {

  /**
   * @param waitsFor ids of the documents that must come before it
   */
  static NextStep of(
      Document document, List<Submission> submissions, List<String> waitsFor, Reading reading) {
    if (document.state() == DocumentState.PLANNED && !waitsFor.isEmpty()) {
      String more = waitsFor.size() > 1 ? " and " + (waitsFor.size() - 1) + " more" : "";
      return new NextStep(
          "waits for document " + Reading.shortId(waitsFor.get(0)) + more, Tone.PLAIN);
    }
    PlantTime time = reading.time();
    String replay = "replay " + Reading.shortId(document.id());
    return switch (document.state()) {
      case RECEIVING -> new NextStep("its bytes are being stored", Tone.PLAIN);
      case RECEIVED -> new NextStep("is planned next", Tone.PLAIN);
      case HELD ->
          document.heldForPerson()
              ? new NextStep(
                  "report it at the operator, then " + replay + " --as done", Tone.CAREFUL)
              : new NextStep(replay + " --as new, if it is meant", Tone.CAREFUL);
      case PARKED -> parked(replay, submissions, reading);
      case REJECTED -> new NextStep("correct it and drop it again, or " + replay, Tone.PLAIN);
      case PARTLY_DONE -> new NextStep("drop the refused part again, corrected", Tone.PLAIN);
      case DONE -> new NextStep("", Tone.PLAIN);
      case PLANNED -> planned(replay, submissions, reading);
    };
  }

  private static NextStep parked(String replay, List<Submission> submissions, Reading reading) {
    boolean undecided =
        submissions.stream()
            .filter(one -> one.state() == SubmissionState.PARKED)
            .anyMatch(
                one ->
                    FailureRules.mayBeAtOperator(
                        one, reading.preset().call(one.call()), submissions));
    return undecided
        ? new NextStep(
            "look at the operator, then " + replay + " --as sent or --as not-sent", Tone.CAREFUL)
        : new NextStep("remove the cause, then " + replay, Tone.CAREFUL);
  }

  private static NextStep planned(String replay, List<Submission> submissions, Reading reading) {
    if (any(submissions, SubmissionState.PARKED)) {
      return parked(replay, submissions, reading);
    }
    if (any(submissions, SubmissionState.IN_DOUBT)) {
      return new NextStep("its answer was lost; it is looked for at the operator", Tone.PLAIN);
    }
    if (any(submissions, SubmissionState.SENDING)) {
      return new NextStep("on its way", Tone.PLAIN);
    }
    Optional<Submission> next =
        submissions.stream()
            .filter(one -> one.state() == SubmissionState.PLANNED)
            .min(Comparator.comparingLong(Submission::nextAttemptAt));
    return next.map(one -> new NextStep(due(one, reading.time()), Tone.PLAIN))
        .orElseGet(() -> new NextStep("waits for the operator", Tone.PLAIN));
  }

  private static String due(Submission submission, PlantTime time) {
    String what =
        switch (submission.purpose()) {
          case STATEMENT, QUERY -> "is sent";
          case TRACKING -> "is asked about";
          case DETAIL -> "its details are fetched";
          case LOOK_UP -> "is looked for at the operator";
        };
    return submission.nextAttemptAt() == 0
        ? what + " now"
        : what + " at " + time.local(submission.nextAttemptAt());
  }

  private static boolean any(List<Submission> submissions, SubmissionState state) {
    return submissions.stream().anyMatch(one -> one.state() == state);
  }
}
