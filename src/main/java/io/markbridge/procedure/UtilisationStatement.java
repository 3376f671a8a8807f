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

/** Utilisation reports (section 6): processed by the operator as a whole. */
final class UtilisationStatement implements Statement {
  private final Bridge bridge;
  private final ReportStatus status;
  private final DocumentErrors documentErrors;

  UtilisationStatement(Bridge bridge, DocumentErrors documentErrors) {
    this.bridge = bridge;
    this.status = new ReportStatus(bridge);
    this.documentErrors = documentErrors;
  }

  @Override
  public String kind() {
    return "utilisation";
  }

  @Override
  public Progress followUp(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    if (submission.call().equals("document-errors")) {
      return documentErrors.received(document, submission, answer, body);
    }
    String reported = body.path("reportStatus").asText("");
    Progress progress =
        switch (reported) {
          case "SUCCESS" ->
              Progress.to(SubmissionState.DONE).parent(SubmissionState.DONE, reported);
          case "ERROR" ->
              Progress.to(SubmissionState.DONE)
                  .parentFailed(
                      SubmissionState.REJECTED,
                      reported,
                      FailureKind.REFUSED,
                      List.of(
                          OperatorError.of(
                              "", AnswerJson.text(body, "rejectReason").orElse("ERROR"), "")))
                  .add(
                      documentErrors.question(
                          document, submission, submission.pathValues().get("reportId"), 0));
          default -> Progress.again(bridge.waits().askAgainAt(submission.attempts()));
        };
    if (!reported.equals(submission.operatorStatus().orElse(""))) {
      // Only then has the legacy side something new to see.
      progress.operator(null, reported);
      progress.note("report " + reported, body.toString());
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
