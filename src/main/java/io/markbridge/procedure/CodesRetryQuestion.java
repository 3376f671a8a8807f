package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Packs;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.LegacyQueries;
import io.markbridge.legacy.OpenApiQuery;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /codes/retry} of the old API: a block once more. From the journal where it has it;
 * otherwise the packs are listed, and the codes are read again with the pack before the lost one
 * (section 5 of the contract).
 */
final class CodesRetryQuestion implements QueryProcedure.Question {
  private final CodePacks codePacks;

  CodesRetryQuestion(CodePacks codePacks) {
    this.codePacks = codePacks;
  }

  @Override
  public String kind() {
    return "codes-retry";
  }

  @Override
  public Optional<JsonNode> known(Bridge bridge, Document document)
      throws DocumentRejectedException, IOException {
    Map<String, String> parameters = document.parameters();
    for (Packs.Pack pack :
        bridge
            .journal()
            .packs()
            .of(parameters.getOrDefault("orderId", ""), parameters.getOrDefault("gtin", ""))) {
      if (pack.packId().equalsIgnoreCase(parameters.get("blockId"))) {
        Optional<Submission> submission = bridge.journal().submissions().find(pack.submissionId());
        if (submission.isPresent()) {
          return codePacks.legacy(bridge.omsId(document), submission.get());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Progress answered(
      Bridge bridge,
      Document document,
      Submission submission,
      OperatorAnswer answer,
      JsonNode body) {
    String blockId = document.parameters().getOrDefault("blockId", "");
    if (submission.call().equals("codes")) {
      return again(blockId, document, submission, answer, body);
    }
    Optional<LegacyQueries.PackPlace> place = bridge.queries().place(body, blockId);
    if (place.isEmpty()) {
      return unknown(blockId).answer(answer.body());
    }
    OpenApiQuery query = bridge.queries().retry(document.parameters(), place.get());
    return Progress.to(SubmissionState.DONE)
        .answer(answer.body())
        .add(
            QueryProcedure.Question.ask(
                bridge, document, query.call(), query.path(), query.query()));
  }

  private Progress again(
      String blockId,
      Document document,
      Submission submission,
      OperatorAnswer answer,
      JsonNode body) {
    String packId = AnswerJson.text(body, "packId").orElse("");
    if (packId.equalsIgnoreCase(blockId)) {
      return codePacks.receivedAgain(document, submission, answer, body);
    }
    Progress received = codePacks.received(document, submission, answer, body);
    // Without a pack before it the operator may give a new pack: it is kept, and the asker is told
    // that it is not the one wanted.
    return received.note(
        "another pack", "asked for " + blockId + ", got " + packId + "; both are kept");
  }

  private static Progress unknown(String blockId) {
    return Progress.to(SubmissionState.REJECTED)
        .failed(
            FailureKind.NOT_FOUND,
            List.of(
                OperatorError.of(
                    "", "no pack of this order and GTIN is named " + blockId, "blockId")))
        .visible();
  }

  @Override
  public Optional<JsonNode> reply(Bridge bridge, Document document, List<Submission> submissions)
      throws IOException {
    for (Submission one : submissions) {
      if (one.call().equals("codes") && one.state() == SubmissionState.DONE) {
        return codePacks.legacy(bridge.omsId(document), one);
      }
    }
    return Optional.empty();
  }
}
