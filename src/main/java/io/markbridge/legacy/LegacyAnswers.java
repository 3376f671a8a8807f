package io.markbridge.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.operator.OperatorPreset;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;

/**
 * Writes legacy answers. Every {@code omsId} is what {@link #omsId} chose: byte for byte as sent
 * (change table G5).
 */
public final class LegacyAnswers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final LegacyApi api;
  private final LegacyBuffers buffers;
  private final long expectedComplete;
  private final boolean blockSeconds;
  private final ZoneOffset zone;

  /**
   * @param preset its {@code legacy} section: {@code expected-complete-milliseconds}, {@code
   *     block-date-time}
   * @throws IllegalArgumentException when the preset has another word than {@code seconds} or
   *     {@code milliseconds}
   */
  public LegacyAnswers(LegacyApi api, LegacyWords words, OperatorPreset preset) {
    this.api = api;
    this.zone = preset.zone();
    this.buffers =
        new LegacyBuffers(words, zone, preset.text("mapping/own-order-number").orElse(""));
    this.expectedComplete = preset.number("legacy/expected-complete-milliseconds", 120_000);
    String form = preset.text("legacy/block-date-time").orElse("seconds");
    if (!form.equals("seconds") && !form.equals("milliseconds")) {
      throw new IllegalArgumentException(
          "legacy.block-date-time of operator preset "
              + preset.name()
              + ": seconds or milliseconds, not "
              + form);
    }
    this.blockSeconds = form.equals("seconds");
  }

  /** What to echo: as sent, or the account's own where none came. */
  public static String omsId(Optional<String> sent, String accountOmsId) {
    return sent.orElse(accountOmsId);
  }

  /** {@code {omsId}}: the bridge takes documents (2.1). */
  public ObjectNode ping(String omsId) {
    return base(omsId);
  }

  /** {@code {apiVersion, omsVersion}}. */
  public ObjectNode version() {
    return JSON.objectNode()
        .put("apiVersion", api.apiVersion())
        .put("omsVersion", api.omsVersion());
  }

  /** {@code {omsId}}: logs are taken and thrown away (X7). */
  public ObjectNode logs(String omsId) {
    return base(omsId);
  }

  /** {@code {omsId}}. */
  public ObjectNode bufferClose(String omsId) {
    return base(omsId);
  }

  /**
   * {@code {omsId, orderId, expectedCompleteTimestamp}}; the last is a duration in milliseconds
   * (3.12).
   */
  public ObjectNode order(String omsId, String orderId) {
    return base(omsId).put("orderId", orderId).put("expectedCompleteTimestamp", expectedComplete);
  }

  /** {@code {omsId, reportId}} of a utilisation report or an aggregation (7.9). */
  public ObjectNode report(String omsId, String reportId) {
    return base(omsId).put("reportId", reportId);
  }

  /**
   * {@code {omsId, reportId, reportStatus[, errorReason]}} (8.2, 8.3, 8.4).
   *
   * @param status an old word
   * @param errorReason told only with REJECTED
   */
  public ObjectNode reportInfo(
      String omsId, String reportId, String status, Optional<String> errorReason) {
    ObjectNode answer = base(omsId).put("reportId", reportId).put("reportStatus", status);
    if (status.equals("REJECTED")) {
      errorReason.ifPresent(reason -> answer.put("errorReason", reason));
    }
    return answer;
  }

  /**
   * {@code {omsId, codes, blockId}} from {@code {codes, packId}} (5.2).
   *
   * @param codes as the operator gave them, with GS and crypto tail
   */
  public ObjectNode codes(String omsId, Iterable<String> codes, String packId) {
    ObjectNode answer = base(omsId);
    ArrayNode list = answer.putArray("codes");
    codes.forEach(list::add);
    return answer.put("blockId", packId);
  }

  /**
   * {@code {omsId, orderId, gtin, blocks:[{blockId, blockDateTime, quantity}]}} from the answer of
   * {@code GET /api/codes/packs}.
   */
  public ObjectNode blocks(String omsId, String orderId, String gtin, JsonNode packs) {
    ObjectNode answer = base(omsId).put("orderId", orderId).put("gtin", gtin);
    ArrayNode list = answer.putArray("blocks");
    for (JsonNode pack : packs.path("packs")) {
      ObjectNode block = list.addObject().put("blockId", pack.path("packId").asText());
      OperatorTime.instant(pack.path("packDateTime"), zone)
          .ifPresent(
              time ->
                  block.put(
                      "blockDateTime", blockSeconds ? time.getEpochSecond() : time.toEpochMilli()));
      block.put("quantity", pack.path("quantity").asLong());
    }
    return answer;
  }

  /**
   * A BufferInfo from one of {@code subOrderInfos}.
   *
   * @param orderStatus the order's state in the operator's words, where it is known
   */
  public ObjectNode buffer(String omsId, JsonNode subOrder, Optional<String> orderStatus) {
    return buffers.buffer(omsId, subOrder, orderStatus);
  }

  /**
   * {@code {omsId, orderInfos:[…]}} from {@code orderInfos} and all their {@code subOrderInfos}
   * (4.1); both may be the pages that were read, one after the other.
   */
  public ObjectNode orders(
      String omsId, Iterable<JsonNode> orderInfos, Collection<JsonNode> subOrderInfos) {
    ObjectNode answer = base(omsId);
    ArrayNode list = answer.putArray("orderInfos");
    for (JsonNode order : orderInfos) {
      list.add(buffers.order(omsId, order, subOrderInfos));
    }
    return answer;
  }

  private static ObjectNode base(String omsId) {
    return JSON.objectNode().put("omsId", omsId);
  }
}
