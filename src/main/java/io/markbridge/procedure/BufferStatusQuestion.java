package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
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
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /buffer/status} of the old API from the sub-orders of the new one (4.1). Counters
 * depend on the state of the order, which a sub-order does not tell: where the journal does not
 * know it, the order is asked for too; it also tells what is unknown where no sub-order came.
 */
final class BufferStatusQuestion implements QueryProcedure.Question {
  private static final String ORDER = "orderId";
  private static final String GTIN = "gtin";

  /** Beside the values of a path: the GTIN that the operator listed no sub-order of. */
  private static final String MISSING = "missing";

  @Override
  public String kind() {
    return "buffer-status";
  }

  /** An order that the operator has not yet, or never took, under the id that the bridge told. */
  @Override
  public Optional<JsonNode> known(Bridge bridge, Document document) {
    String id = document.parameters().getOrDefault(ORDER, "");
    return bridge
        .orderOfOurs(id)
        .map(
            order -> {
              String state = order.state() == DocumentState.REJECTED ? "REJECTED" : "PENDING";
              JsonNode subOrder =
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("parentOrderId", id)
                      .put(GTIN, document.parameters().getOrDefault(GTIN, ""))
                      .put("bufferStatus", state);
              return bridge.answers().buffer(bridge.omsId(document), subOrder, Optional.of(state));
            });
  }

  @Override
  public Progress answered(
      Bridge bridge,
      Document document,
      Submission submission,
      OperatorAnswer answer,
      JsonNode body) {
    Progress progress = Progress.to(SubmissionState.DONE).answer(answer.body()).visible();
    String orderId = submission.query().getOrDefault(ORDER, "");
    if (!submission.call().equals("orders")) {
      boolean found = !body.path("subOrderInfos").isEmpty();
      boolean ready =
          statusInJournal(bridge, orderId).filter(bridge.words()::countersTold).isPresent();
      return found && ready
          ? progress
          : progress.add(
              QueryProcedure.Question.ask(
                  bridge,
                  document,
                  "orders",
                  found ? Map.of() : Map.of(MISSING, submission.query().getOrDefault(GTIN, "")),
                  Map.of(ORDER, orderId)));
    }
    if (!submission.pathValues().containsKey(MISSING)) {
      return progress;
    }
    String unknown = body.path("orderInfos").isEmpty() ? ORDER : GTIN;
    return Progress.to(SubmissionState.REJECTED)
        .failed(
            FailureKind.NOT_FOUND,
            List.of(
                OperatorError.of("", bridge.text().sentence(problem(document, unknown)), unknown)))
        .answer(answer.body())
        .visible();
  }

  /** The sub-order is told also where the operator says nothing of its order. */
  @Override
  public Optional<Progress> refused(
      Bridge bridge, Document document, Submission submission, OperatorAnswer answer) {
    boolean refused =
        answer
            .failure()
            .filter(kind -> kind == FailureKind.NOT_FOUND || kind == FailureKind.REFUSED)
            .isPresent();
    return refused
            && submission.call().equals("orders")
            && !submission.pathValues().containsKey(MISSING)
        ? Optional.of(
            Progress.to(SubmissionState.DONE)
                .note("order unknown", "its buffer is told without the order's state")
                .visible())
        : Optional.empty();
  }

  private static Optional<String> statusInJournal(Bridge bridge, String orderId) {
    return bridge.journal().submissions().byOperatorId(orderId).flatMap(Submission::operatorStatus);
  }

  private static Problem problem(Document document, String unknown) {
    String order = document.parameters().getOrDefault(ORDER, "");
    return unknown.equals(ORDER)
        ? Problem.of(ProblemCode.ID_UNKNOWN, ORDER, "4.1", "id", order)
        : Problem.of(
            ProblemCode.NOT_IN_ORDER,
            GTIN,
            "4.1",
            "id",
            "GTIN " + document.parameters().getOrDefault(GTIN, ""),
            "order",
            order);
  }

  @Override
  public Optional<Problem> meaning(Document document, List<Submission> submissions) {
    return submissions.stream()
        .filter(one -> one.pathValues().containsKey(MISSING))
        .flatMap(one -> one.failures().stream())
        .map(OperatorError::parameter)
        .filter(List.of(ORDER, GTIN)::contains)
        .findFirst()
        .map(unknown -> problem(document, unknown));
  }

  @Override
  public Optional<JsonNode> reply(Bridge bridge, Document document, List<Submission> submissions)
      throws IOException {
    if (submissions.isEmpty()) {
      return Optional.empty();
    }
    JsonNode subOrders = AnswerJson.kept(bridge.journal(), submissions.get(0));
    Optional<String> status =
        statusInJournal(bridge, submissions.get(0).query().getOrDefault(ORDER, ""));
    for (Submission one : submissions) {
      if (one.call().equals("orders")) {
        status =
            AnswerJson.text(
                AnswerJson.kept(bridge.journal(), one).path("orderInfos").path(0), "orderStatus");
      }
    }
    return Optional.of(
        bridge
            .answers()
            .buffer(bridge.omsId(document), subOrders.path("subOrderInfos").path(0), status));
  }
}
