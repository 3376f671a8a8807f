package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.LegacyWords;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Orders (sections 3 to 5): tracked until ready; then their codes are fetched, pack by pack, where
 * the site wants that.
 */
final class OrderStatement implements Statement {
  private final Bridge bridge;
  private final CodePacks codePacks;
  private final FailureProgress failures;

  OrderStatement(Bridge bridge, CodePacks codePacks) {
    this.bridge = bridge;
    this.codePacks = codePacks;
    this.failures = new FailureProgress(bridge.waits());
  }

  @Override
  public String kind() {
    return "order";
  }

  @Override
  public Progress accepted(Document document, Progress progress, String operatorId) {
    return progress.effect(bridge.journal().packs().bindOrder(document.id(), operatorId));
  }

  @Override
  public Progress followUp(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    return switch (submission.call()) {
      case "orders" -> tracked(document, submission, answer, body);
      case "sub-orders" -> subOrders(document, submission, answer, body);
      case "codes" -> codes(document, submission, answer, body);
      default -> throw new IllegalStateException("an order has no follow-up " + submission.call());
    };
  }

  private Progress tracked(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    String orderId = submission.query().get("orderId");
    JsonNode info = find(body, orderId);
    String status = info.path("orderStatus").asText("");
    switch (status) {
      case "READY", "OUTSOURCED", "CLOSED" -> {
        return Progress.to(SubmissionState.DONE)
            .parent(SubmissionState.DONE, status)
            .answer(answer.body())
            .note("order " + status, info.toString())
            .add(
                bridge.ask(
                    document,
                    submission.parentId(),
                    Purpose.DETAIL,
                    "sub-orders",
                    Map.of(),
                    Map.of("orderId", orderId),
                    bridge.waits().now()));
      }
      case "REJECTED" -> {
        String reason = AnswerJson.text(info, "rejectionReason").orElse("");
        return Progress.to(SubmissionState.DONE)
            .parentFailed(
                SubmissionState.REJECTED,
                status,
                FailureKind.REFUSED,
                List.of(OperatorError.of("", reason, "")))
            .answer(answer.body())
            .note("order REJECTED", info.toString());
      }
      default -> {
        if (status.isEmpty()) {
          return failures.missing(
              submission,
              bridge.preset().call(submission.call()),
              answer,
              "the operator does not list order " + orderId + " yet");
        }
        Progress again =
            Progress.again(bridge.waits().askAgainAt(submission.attempts())).answer(answer.body());
        return status.equals(submission.operatorStatus().orElse(""))
            ? again
            : again
                .parent(SubmissionState.ACCEPTED, status)
                .operator(null, status)
                .note("order " + status, info.toString());
      }
    }
  }

  private Progress subOrders(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    Progress progress = Progress.to(SubmissionState.DONE).answer(answer.body()).visible();
    boolean fetch = bridge.fetchesCodes(document);
    if (body.path("subOrderInfos").isEmpty()) {
      // An order is ready by its sub-orders: without one its codes would never be fetched.
      return failures.missing(
          submission,
          bridge.preset().call(submission.call()),
          answer,
          "the operator does not list the sub-orders of the order yet");
    }
    for (JsonNode subOrder : body.path("subOrderInfos")) {
      String state = subOrder.path("bufferStatus").asText();
      if (state.equals("PENDING")) {
        return Progress.again(bridge.waits().askAgainAt(submission.attempts()))
            .answer(answer.body());
      }
      long left = subOrder.path("leftInBuffer").asLong();
      if (fetch && state.equals("ACTIVE") && left > 0) {
        progress.add(
            codePacks.next(
                document,
                submission.parentId(),
                Purpose.DETAIL,
                submission.query().get("orderId"),
                subOrder.path("gtin").asText(),
                left,
                AnswerJson.text(subOrder, "lastPackId")));
      }
    }
    return progress;
  }

  private Progress codes(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    Progress progress = codePacks.receivedForOne(document, submission, answer, body);
    if (progress.asksAgain()) {
      return progress;
    }
    long left =
        Long.parseLong(submission.pathValues().getOrDefault("left", "0"))
            - body.path("codes").size();
    if (progress.state() == SubmissionState.DONE && left > 0 && !body.path("codes").isEmpty()) {
      progress.add(
          codePacks.next(
              document,
              submission.parentId(),
              Purpose.DETAIL,
              submission.query().get("orderId"),
              submission.query().get("gtin"),
              left,
              AnswerJson.text(body, "packId")));
    }
    return progress;
  }

  @Override
  public JsonNode reply(String omsId, String id) {
    return bridge.answers().order(omsId, id);
  }

  @Override
  public JsonNode status(Document document, List<Submission> submissions, String omsId, String id)
      throws IOException {
    String operatorStatus =
        submissions.stream()
            .filter(one -> one.purpose() == Purpose.STATEMENT)
            .flatMap(one -> one.operatorStatus().stream())
            .findFirst()
            .orElse("");
    String word = bridge.words().legacy(LegacyWords.Table.ORDER_STATUS, operatorStatus).legacy();
    if (operatorStatus.isEmpty()) {
      word = document.state() == DocumentState.REJECTED ? "DECLINED" : "PENDING";
    }
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("omsId", omsId).put("orderId", id).put("orderStatus", word);
    for (Submission one : submissions) {
      if (one.purpose() == Purpose.STATEMENT && one.state() == SubmissionState.REJECTED) {
        one.failures().stream()
            .findFirst()
            .ifPresent(error -> status.put("declineReason", error.verbatim()));
      }
      if (one.call().equals("sub-orders") && one.state() == SubmissionState.DONE) {
        for (JsonNode subOrder : AnswerJson.kept(bridge.journal(), one).path("subOrderInfos")) {
          status
              .withArray("buffers")
              .add(
                  bridge
                      .answers()
                      .buffer(
                          omsId, afterPacks(subOrder, submissions), Optional.of(operatorStatus)));
        }
      }
    }
    return status;
  }

  /** The buffer as it was told, less the packs that were fetched since. */
  private static JsonNode afterPacks(JsonNode subOrder, List<Submission> submissions) {
    long fetched =
        submissions.stream()
            .filter(one -> one.call().equals("codes") && one.state() == SubmissionState.DONE)
            .filter(one -> subOrder.path("gtin").asText().equals(one.query().get("gtin")))
            .mapToLong(Submission::codes)
            .sum();
    if (fetched == 0 || !(subOrder instanceof ObjectNode told)) {
      return subOrder;
    }
    long left = Math.max(0, told.path("leftInBuffer").asLong() - fetched);
    ObjectNode now = told.deepCopy();
    now.put("leftInBuffer", left).put("totalPassed", told.path("totalPassed").asLong() + fetched);
    if (left == 0) {
      now.put("bufferStatus", "EXHAUSTED");
    }
    return now;
  }

  @Override
  public List<ReplyFile> details(Document document, List<Submission> submissions, String omsId) {
    List<ReplyFile> files = new ArrayList<>();
    Map<String, Integer> packs = new LinkedHashMap<>();
    for (Submission one : submissions) {
      if (one.call().equals("codes") && one.state() == SubmissionState.DONE) {
        String gtin = one.query().get("gtin");
        int number = packs.merge(gtin, 1, Integer::sum);
        files.add(
            new ReplyFile(
                "codes-" + gtin + "-" + number,
                () -> codePacks.legacy(omsId, one).orElse(MissingNode.getInstance())));
      }
    }
    return files;
  }

  private static JsonNode find(JsonNode body, String orderId) {
    for (JsonNode info : body.path("orderInfos")) {
      if (info.path("orderId").asText().equalsIgnoreCase(orderId)) {
        return info;
      }
    }
    return body.path("missing");
  }
}
