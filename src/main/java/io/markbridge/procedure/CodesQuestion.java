package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Packs;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.OpenApiQuery;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /codes} of the old API (5.1, 5.2). A pack that the journal has is given again to
 * whoever follows the same chain; otherwise the operator is asked for the pack after the newest
 * that the journal knows, so that two askers never share a chain by accident.
 */
final class CodesQuestion implements QueryProcedure.Question {
  private final CodePacks codePacks;

  CodesQuestion(CodePacks codePacks) {
    this.codePacks = codePacks;
  }

  @Override
  public String kind() {
    return "codes";
  }

  @Override
  public Optional<JsonNode> known(Bridge bridge, Document document)
      throws DocumentRejectedException, IOException {
    OpenApiQuery query =
        bridge.queries().toOpenApi(kind(), document.productGroup(), document.parameters());
    String last = query.query().get("lastPackId");
    if (last == null) {
      return Optional.empty();
    }
    for (Packs.Pack pack : packs(bridge, query)) {
      if (pack.previousPackId().equals(Optional.of(last))) {
        return pack(bridge, document, pack);
      }
    }
    return Optional.empty();
  }

  @Override
  public List<NewSubmission> first(Bridge bridge, Document document)
      throws DocumentRejectedException {
    OpenApiQuery query =
        bridge.queries().toOpenApi(kind(), document.productGroup(), document.parameters());
    Map<String, String> parameters = new LinkedHashMap<>(query.query());
    List<Packs.Pack> packs = packs(bridge, query);
    if (!packs.isEmpty() && !parameters.containsKey("lastPackId")) {
      parameters.put("lastPackId", packs.get(packs.size() - 1).packId());
    }
    return List.of(
        QueryProcedure.Question.ask(bridge, document, query.call(), query.path(), parameters));
  }

  @Override
  public Progress answered(
      Bridge bridge,
      Document document,
      Submission submission,
      OperatorAnswer answer,
      JsonNode body) {
    String last = document.parameters().getOrDefault("lastBlockId", "");
    boolean sameChain = !last.isEmpty() && last.equals(submission.query().get("lastPackId"));
    return sameChain
        ? codePacks.received(document, submission, answer, body)
        : codePacks.receivedForOne(document, submission, answer, body);
  }

  @Override
  public Optional<JsonNode> reply(Bridge bridge, Document document, List<Submission> submissions)
      throws IOException {
    for (Submission one : submissions) {
      if (one.call().equals("codes") && one.state() == SubmissionState.DONE) {
        Optional<JsonNode> block = codePacks.legacy(bridge.omsId(document), one);
        if (block.isPresent()) {
          return block;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> pack(Bridge bridge, Document document, Packs.Pack pack)
      throws IOException {
    Optional<Submission> submission = bridge.journal().submissions().find(pack.submissionId());
    return submission.isEmpty()
        ? Optional.empty()
        : codePacks.legacy(bridge.omsId(document), submission.get());
  }

  private static List<Packs.Pack> packs(Bridge bridge, OpenApiQuery query) {
    return bridge
        .journal()
        .packs()
        .of(query.query().getOrDefault("orderId", ""), query.query().getOrDefault("gtin", ""));
  }
}
