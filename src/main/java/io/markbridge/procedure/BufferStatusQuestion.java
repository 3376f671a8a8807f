package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code GET /buffer/status} of the old API from the sub-orders of the new one (4.1). */
final class BufferStatusQuestion implements QueryProcedure.Question {

  @Override
  public String kind() {
    return "buffer-status";
  }

  @Override
  public Progress answered(
      Bridge bridge,
      Document document,
      Submission submission,
      OperatorAnswer answer,
      JsonNode body) {
    if (!body.path("subOrderInfos").isEmpty()) {
      return Progress.to(SubmissionState.DONE).answer(answer.body()).visible();
    }
    Problem unknown =
        Problem.of(
            ProblemCode.ID_UNKNOWN,
            "orderId",
            "4.1",
            "id",
            document.parameters().getOrDefault("orderId", ""));
    return Progress.to(SubmissionState.REJECTED)
        .failed(
            FailureKind.NOT_FOUND,
            List.of(OperatorError.of("", bridge.text().sentence(unknown), "orderId")))
        .answer(answer.body())
        .visible();
  }

  @Override
  public Optional<JsonNode> reply(Bridge bridge, Document document, List<Submission> submissions)
      throws IOException {
    if (submissions.isEmpty()) {
      return Optional.empty();
    }
    JsonNode kept = AnswerJson.kept(bridge.journal(), submissions.get(0));
    return Optional.of(
        bridge
            .answers()
            .buffer(bridge.omsId(document), kept.path("subOrderInfos").path(0), Optional.empty()));
  }
}
