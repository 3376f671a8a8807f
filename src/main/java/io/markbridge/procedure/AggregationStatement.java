package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import java.util.List;

/**
 * Aggregations (sections 7, 8 and 11): a document of the operator's storage, whose errors and code
 * results are fetched when it fails.
 */
final class AggregationStatement implements Statement {
  private final Bridge bridge;
  private final ReportStatus status;
  private final DocumentErrors documentErrors;

  AggregationStatement(Bridge bridge, DocumentErrors documentErrors) {
    this.bridge = bridge;
    this.status = new ReportStatus(bridge);
    this.documentErrors = documentErrors;
  }

  @Override
  public String kind() {
    return "aggregation";
  }

  @Override
  public Progress followUp(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    return switch (submission.call()) {
      case "document-errors" -> documentErrors.received(document, submission, answer, body);
      case "document-codes" -> documentErrors.codesReceived(document, submission, answer, body);
      default -> tracked(document, submission, answer, body);
    };
  }

  private Progress tracked(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    String documentId = submission.pathValues().get("documentId");
    String reported = body.path("status").asText("");
    List<OperatorError> refusal = List.of(OperatorError.of("", reported, ""));
    Progress progress =
        switch (reported) {
          case "SUCCESS" ->
              Progress.to(SubmissionState.DONE).parent(SubmissionState.DONE, reported);
          case "ERROR" ->
              Progress.to(SubmissionState.DONE)
                  .parentFailed(SubmissionState.REJECTED, reported, FailureKind.REFUSED, refusal)
                  .add(documentErrors.question(document, submission, documentId, 0));
          case "PARTIALLY_PROCESSED" ->
              Progress.to(SubmissionState.DONE)
                  .parentFailed(SubmissionState.PARTLY_DONE, reported, FailureKind.REFUSED, refusal)
                  .add(documentErrors.question(document, submission, documentId, 0))
                  .add(documentErrors.codesQuestion(document, submission, documentId, 0));
          default -> Progress.again(bridge.waits().askAgainAt(submission.attempts()));
        };
    if (!reported.equals(submission.operatorStatus().orElse(""))) {
      // Only then has the legacy side something new to see.
      progress.operator(null, reported);
      // 8.5 to 8.8: type, createDate, originalDocId and productGroup stand in the answer.
      progress.note("document " + reported, body.toString());
    }
    return progress.answer(answer.body());
  }

  @Override
  public JsonNode reply(String omsId, String id) {
    return bridge.answers().report(omsId, id);
  }

  @Override
  public JsonNode status(Document document, List<Submission> submissions, String omsId, String id) {
    return status.of(document, submissions, omsId, id);
  }
}
