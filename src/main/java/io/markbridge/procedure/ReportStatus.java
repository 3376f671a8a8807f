package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.legacy.ErrorReasons;
import io.markbridge.legacy.LegacyWords;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The legacy status of a report (8.2, 8.3, 8.4): one word for all submissions that the document
 * became.
 */
final class ReportStatus {
  private static final String PENDING = "PENDING";
  private static final String REJECTED = "REJECTED";
  private static final String SENT = "SENT";

  private final Bridge bridge;

  ReportStatus(Bridge bridge) {
    this.bridge = bridge;
  }

  JsonNode of(Document document, List<Submission> submissions, String omsId, String id) {
    List<Submission> statements =
        submissions.stream().filter(one -> one.purpose() == Purpose.STATEMENT).toList();
    String word = word(document, statements);
    return bridge.answers().reportInfo(omsId, id, word, reason(document, statements));
  }

  private String word(Document document, List<Submission> statements) {
    if (document.state() == DocumentState.PARKED
        && !statements.stream().allMatch(one -> one.state().terminal())) {
      // What waits for a person is not refused: nobody may send it again.
      return PENDING;
    }
    boolean refused = statements.stream().anyMatch(one -> one.state() == SubmissionState.REJECTED);
    boolean partly =
        statements.stream().anyMatch(one -> one.state() == SubmissionState.PARTLY_DONE);
    if (document.state() == DocumentState.REJECTED || refused) {
      return REJECTED;
    }
    if (partly) {
      return bridge
          .words()
          .legacy(LegacyWords.Table.DOCUMENT_STATUS, "PARTIALLY_PROCESSED")
          .legacy();
    }
    boolean done = statements.stream().allMatch(one -> one.state() == SubmissionState.DONE);
    boolean answeredHere = document.state() == DocumentState.DONE && statements.isEmpty();
    return answeredHere || (done && !statements.isEmpty()) ? SENT : PENDING;
  }

  private Optional<String> reason(Document document, List<Submission> statements) {
    if (!document.problems().isEmpty()) {
      return Optional.of(
          bounded(
              document.problems().stream()
                  .map(problem -> bridge.text().sentence(problem))
                  .collect(Collectors.joining("; "))));
    }
    String reason =
        statements.stream().flatMap(this::reasons).distinct().collect(Collectors.joining("; "));
    return reason.isEmpty() ? Optional.empty() : Optional.of(bounded(reason));
  }

  /** The operator's words; ours where it never saw the request. */
  private Stream<String> reasons(Submission statement) {
    return Refusals.neverSent(statement)
        ? Stream.of(bridge.text().sentence(Problem.of(ProblemCode.UNITS_REFUSED, "", "11.1")))
        : statement.failures().stream().map(OperatorError::verbatim);
  }

  private static String bounded(String text) {
    return text.length() <= ErrorReasons.MAXIMUM ? text : text.substring(0, ErrorReasons.MAXIMUM);
  }
}
