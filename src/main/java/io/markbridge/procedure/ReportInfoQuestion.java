package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.ErrorReasons;
import io.markbridge.legacy.LegacyWords;
import io.markbridge.legacy.OpenApiQuery;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /report/info} of the old API (8.1 to 8.4). The journal knows which id is which and
 * tracks what it sent, so it answers for its own; an id that it does not know is asked of the
 * operator once, first as a report, then as a document.
 */
final class ReportInfoQuestion implements QueryProcedure.Question {
  private static final String REPORT = "report-info-utilisation";
  private static final String DOCUMENT = "report-info-aggregation";

  @Override
  public String kind() {
    return "report-info";
  }

  @Override
  public Optional<JsonNode> known(Bridge bridge, Document document) {
    String id = document.parameters().getOrDefault("reportId", "");
    Optional<Document> told = bridge.journal().documents().find(id);
    if (told.isEmpty()) {
      told =
          bridge
              .journal()
              .submissions()
              .byOperatorId(id)
              .flatMap(one -> bridge.journal().documents().find(one.documentId()));
    }
    if (told.isEmpty()) {
      return Optional.empty();
    }
    Document found = told.get();
    Document answering =
        found.answeredBy().flatMap(other -> bridge.journal().documents().find(other)).orElse(found);
    return Optional.of(
        new ReportStatus(bridge)
            .of(
                answering,
                bridge.journal().submissions().of(answering.id()),
                bridge.omsId(document),
                id));
  }

  @Override
  public List<NewSubmission> first(Bridge bridge, Document document)
      throws DocumentRejectedException {
    return List.of(ask(bridge, document, REPORT));
  }

  private static NewSubmission ask(Bridge bridge, Document document, String query)
      throws DocumentRejectedException {
    OpenApiQuery asked =
        bridge.queries().toOpenApi(query, document.productGroup(), document.parameters());
    return QueryProcedure.Question.ask(bridge, document, asked.call(), asked.path(), asked.query());
  }

  @Override
  public Optional<Progress> refused(
      Bridge bridge, Document document, Submission submission, OperatorAnswer answer) {
    boolean unknown =
        answer
            .failure()
            .filter(kind -> kind == FailureKind.NOT_FOUND || kind == FailureKind.REFUSED)
            .isPresent();
    if (!unknown || !submission.call().equals("utilisation-status")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Progress.to(SubmissionState.DONE)
              .note("no report has this id", "asked as a document next")
              .add(ask(bridge, document, DOCUMENT)));
    } catch (DocumentRejectedException malformed) {
      return Optional.empty();
    }
  }

  /** Asked once, as both kinds, and neither is known: never PENDING for ever. */
  @Override
  public Optional<Problem> meaning(Document document, List<Submission> submissions) {
    boolean unknown =
        submissions.stream()
            .filter(one -> one.call().equals("document-status"))
            .anyMatch(one -> one.failureKind().equals(Optional.of(FailureKind.NOT_FOUND)));
    return unknown
        ? Optional.of(
            Problem.of(
                ProblemCode.ID_UNKNOWN,
                "reportId",
                "8.1",
                "id",
                document.parameters().getOrDefault("reportId", "")))
        : Optional.empty();
  }

  @Override
  public Progress answered(
      Bridge bridge,
      Document document,
      Submission submission,
      OperatorAnswer answer,
      JsonNode body) {
    Progress progress = Progress.to(SubmissionState.DONE).answer(answer.body());
    String status = body.path("status").asText();
    if (submission.call().equals("document-status")
        && (status.equals("ERROR") || status.equals("PARTIALLY_PROCESSED"))) {
      progress.add(
          QueryProcedure.Question.ask(
              bridge,
              document,
              "document-errors",
              Map.of("documentId", submission.pathValues().get("documentId")),
              Map.of("limit", "100")));
    }
    return progress;
  }

  @Override
  public Optional<JsonNode> reply(Bridge bridge, Document document, List<Submission> submissions)
      throws IOException {
    String word = "";
    Optional<String> reason = Optional.empty();
    for (Submission one : submissions) {
      JsonNode kept = AnswerJson.kept(bridge.journal(), one);
      if (kept.has("reportStatus")) {
        word =
            bridge
                .words()
                .legacy(LegacyWords.Table.UTILISATION_STATUS, kept.path("reportStatus").asText())
                .legacy();
        reason = AnswerJson.text(kept, "rejectReason");
      } else if (kept.has("status")) {
        word =
            bridge
                .words()
                .legacy(LegacyWords.Table.DOCUMENT_STATUS, kept.path("status").asText())
                .legacy();
      } else if (kept.has("documentErrors")) {
        reason =
            Optional.of(
                ErrorReasons.of(kept.path("documentErrors"), List.of(), ErrorReasons.MAXIMUM));
      }
    }
    String id = document.parameters().getOrDefault("reportId", "");
    return word.isEmpty()
        ? Optional.empty()
        : Optional.of(bridge.answers().reportInfo(bridge.omsId(document), id, word, reason));
  }
}
