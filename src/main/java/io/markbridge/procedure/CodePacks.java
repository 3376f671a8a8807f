package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Packs;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Packs of codes: asked for one after the other, kept in the journal, told as legacy blocks (5.1,
 * 5.2).
 */
final class CodePacks {
  private final Bridge bridge;
  private final UnaryOperator<String> withoutTail;

  /**
   * @param withoutTail a code without its crypto tail; gives a code that it cannot read back as it
   *     is
   */
  CodePacks(Bridge bridge, UnaryOperator<String> withoutTail) {
    this.bridge = bridge;
    this.withoutTail = withoutTail;
  }

  /**
   * The question for the next pack.
   *
   * @param left how many codes are still to be had
   * @param lastPackId the newest pack of the chain, or empty before the first
   */
  NewSubmission next(
      Document document,
      Optional<String> parentId,
      Purpose purpose,
      String orderId,
      String gtin,
      long left,
      Optional<String> lastPackId) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("orderId", orderId);
    query.put("gtin", gtin);
    query.put(
        "quantity",
        Long.toString(Math.min(left, bridge.preset().number("maximum/codes-per-pack", 10_000))));
    lastPackId.ifPresent(last -> query.put("lastPackId", last));
    return bridge.ask(
        document,
        parentId,
        purpose,
        "codes",
        Map.of("left", Long.toString(left)),
        query,
        bridge.waits().now());
  }

  /**
   * What a received pack changes where each pack goes to exactly one asker: it and its codes are
   * remembered, handed to this document; if another one has it, this one asks for the next.
   */
  Progress receivedForOne(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    String packId = AnswerJson.text(body, "packId").orElse("");
    boolean taken =
        bridge
            .journal()
            .packs()
            .of(submission.query().get("orderId"), submission.query().get("gtin"))
            .stream()
            .anyMatch(
                pack ->
                    pack.packId().equals(packId)
                        && !pack.handedTo().equals(Optional.of(document.id())));
    if (!taken) {
      return received(document, submission, answer, body, true, bridge.waits().now());
    }
    if (packId.equals(submission.query().get("lastPackId"))) {
      return Progress.to(SubmissionState.REJECTED)
          .failed(
              FailureKind.REFUSED,
              List.of(OperatorError.of("", "asked for the pack after " + packId + ", got it", "")))
          .visible();
    }
    Map<String, String> query = new LinkedHashMap<>(submission.query());
    query.put("lastPackId", packId);
    return Progress.to(SubmissionState.DONE)
        .note("pack of another", "pack " + packId + " is handed out; asking for the next")
        .add(
            bridge.ask(
                document,
                submission.parentId(),
                submission.purpose(),
                submission.call(),
                submission.pathValues(),
                query,
                bridge.waits().now()));
  }

  /** What a pack changes that may be given again. */
  Progress received(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    return received(document, submission, answer, body, false, bridge.waits().now());
  }

  /** What a pack changes that was fetched before, so that it is not the newest of its chain. */
  Progress receivedAgain(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    return received(document, submission, answer, body, false, 0);
  }

  private Progress received(
      Document document,
      Submission submission,
      OperatorAnswer answer,
      JsonNode body,
      boolean forOne,
      long fetchedAt) {
    Optional<String> packId = AnswerJson.text(body, "packId");
    if (packId.isEmpty() || !body.path("codes").isArray()) {
      return Progress.to(SubmissionState.IN_DOUBT)
          .failed(
              FailureKind.ANSWER_LOST,
              List.of(OperatorError.of("", "a success without packId and codes", "")))
          .answer(answer.body())
          .note("answer lost", "a success without packId and codes")
          .visible();
    }
    List<String> codes = new ArrayList<>();
    body.path("codes").forEach(code -> codes.add(withoutTail.apply(code.asText())));
    Packs.Pack pack =
        new Packs.Pack(
            packId.get(),
            submission.query().get("orderId"),
            submission.query().get("gtin"),
            Optional.ofNullable(submission.query().get("lastPackId")),
            codes.size(),
            submission.id(),
            Optional.of(document.id()),
            fetchedAt);
    Packs packs = bridge.journal().packs();
    String account = document.account().orElseThrow();
    return Progress.to(SubmissionState.DONE)
        .operator(packId.get(), null)
        .codes(codes.size())
        .answer(answer.body())
        .effect(
            forOne ? packs.storeForOne(pack, account, codes) : packs.store(pack, account, codes))
        .note(
            "codes received",
            codes.size() + " codes of " + pack.gtin() + " in pack " + pack.packId())
        .visible();
  }

  /** A received pack as a legacy block; empty where its codes are no longer kept. */
  Optional<JsonNode> legacy(String omsId, Submission codes) throws IOException {
    JsonNode kept = AnswerJson.kept(bridge.journal(), codes);
    if (!kept.path("codes").isArray()) {
      return Optional.empty();
    }
    List<String> list = new ArrayList<>();
    kept.path("codes").forEach(code -> list.add(code.asText()));
    return Optional.of(bridge.answers().codes(omsId, list, kept.path("packId").asText()));
  }
}
