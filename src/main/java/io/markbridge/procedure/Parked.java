package io.markbridge.procedure;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.ProblemText;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.openapi.FailureRules;
import io.markbridge.operator.OperatorPreset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a document waits for a person, and what goes on with it.
 *
 * @param reason the operator's words, or ours
 * @param command without the program's name
 */
public record Parked(String reason, String command) {
  private static final int LONGEST_REASON = 1000;

  /**
   * @param text for problems that the bridge itself found
   * @return empty where the document, and all of its requests, move by themselves
   */
  public static Optional<Parked> of(
      Document document, List<Submission> submissions, OperatorPreset preset, ProblemText text) {
    List<Submission> parked =
        submissions.stream().filter(one -> one.state() == SubmissionState.PARKED).toList();
    if (parked.isEmpty() && document.state() != DocumentState.PARKED) {
      return Optional.empty();
    }
    String reason =
        parked.isEmpty()
            ? document.problems().stream().map(text::sentence).collect(Collectors.joining(" "))
            : parked.stream().map(Parked::reason).distinct().collect(Collectors.joining("; "));
    boolean undecided =
        parked.stream()
            .anyMatch(
                one -> FailureRules.mayBeAtOperator(one, preset.call(one.call()), submissions));
    String command = "replay " + document.id();
    return Optional.of(
        new Parked(
            reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason,
            undecided ? command + " --as sent --operator-id ID, or --as not-sent" : command));
  }

  /** As an answer to the legacy side. */
  Problem problem() {
    return Problem.of(ProblemCode.PARKED, "", "", "reason", reason, "command", command);
  }

  private static String reason(Submission submission) {
    String said =
        submission.failures().stream()
            .map(OperatorError::verbatim)
            .collect(Collectors.joining(", "));
    return submission.call()
        + ": "
        + submission.failureKind().map(Enum::name).orElse("")
        + (said.isEmpty() ? "" : " " + said);
  }
}
