package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.OpenApiQuery;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /orders} of the old API from the order search of the new one (4.1): page by page, and
 * the buffers of each order.
 */
final class OrderListQuestion implements QueryProcedure.Question {
  private static final int PAGE = 100;

  @Override
  public String kind() {
    return "order-list";
  }

  @Override
  public List<NewSubmission> first(Bridge bridge, Document document)
      throws DocumentRejectedException {
    OpenApiQuery query =
        bridge.queries().toOpenApi(kind(), document.productGroup(), document.parameters());
    Map<String, String> parameters = new LinkedHashMap<>(query.query());
    parameters.put("limit", Integer.toString(PAGE));
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
    Progress progress = Progress.to(SubmissionState.DONE).answer(answer.body());
    if (!submission.call().equals("orders")) {
      return progress;
    }
    JsonNode infos = body.path("orderInfos");
    for (JsonNode info : infos) {
      progress.add(
          QueryProcedure.Question.ask(
              bridge,
              document,
              "sub-orders",
              Map.of(),
              Map.of("orderId", info.path("orderId").asText())));
    }
    if (infos.size() >= PAGE) {
      // There is no next-page flag: fewer than asked for is the end.
      Map<String, String> next = new LinkedHashMap<>(submission.query());
      next.put("cursor", infos.get(infos.size() - 1).path("orderId").asText());
      progress.add(QueryProcedure.Question.ask(bridge, document, "orders", Map.of(), next));
    }
    return progress;
  }

  @Override
  public Optional<JsonNode> reply(Bridge bridge, Document document, List<Submission> submissions)
      throws IOException {
    List<JsonNode> orders = new ArrayList<>();
    List<JsonNode> subOrders = new ArrayList<>();
    for (Submission one : submissions) {
      JsonNode kept = AnswerJson.kept(bridge.journal(), one);
      kept.path("orderInfos").forEach(orders::add);
      kept.path("subOrderInfos").forEach(subOrders::add);
    }
    return Optional.of(bridge.answers().orders(bridge.omsId(document), orders, subOrders));
  }
}
