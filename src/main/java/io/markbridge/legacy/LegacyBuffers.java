package io.markbridge.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.legacy.LegacyWords.Table;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;

/** Writes the legacy OrderSummaryInfo and BufferInfo. */
final class LegacyBuffers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final long UNKNOWN = -1;
  private static final String DOCUMENT_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final LegacyWords words;
  private final ZoneOffset zone;
  private final String ownNumber;

  /**
   * @param ownNumber what a number of the bridge's own begins with; empty where it makes none
   */
  LegacyBuffers(LegacyWords words, ZoneOffset zone, String ownNumber) {
    this.words = words;
    this.zone = zone;
    this.ownNumber = ownNumber;
  }

  ObjectNode order(String omsId, JsonNode order, Collection<JsonNode> subOrders) {
    String orderId = order.path("orderId").asText();
    String status = order.path("orderStatus").asText();
    ObjectNode summary =
        JSON.objectNode()
            .put("orderId", orderId)
            .put("orderStatus", words.legacy(Table.ORDER_STATUS, status).legacy())
            .put(
                "createdTimestamp",
                OperatorTime.instant(order.path("createDate"), zone)
                    .map(Instant::toEpochMilli)
                    .orElse(0L));
    ArrayNode buffers = summary.putArray("buffers");
    subOrders.stream()
        .filter(subOrder -> subOrder.path("parentOrderId").asText().equals(orderId))
        .map(subOrder -> buffer(omsId, subOrder, Optional.of(status)))
        .forEach(buffers::add);
    put(summary, "declineReason", order.path("rejectionReason"));
    String number = order.path("poNumber").asText("");
    boolean ours =
        !ownNumber.isBlank()
            && number.startsWith(ownNumber)
            && number.substring(ownNumber.length()).matches(DOCUMENT_ID);
    if (!ours) {
      put(summary, "productionOrderId", order.path("poNumber"));
    }
    return summary;
  }

  /**
   * The new {@code leftInBuffer} (codes not yet taken) is the old {@code availableCodes} and {@code
   * leftInBuffer}: lines loop on it. The new {@code availableCodes} is all codes of the sub-order.
   */
  ObjectNode buffer(String omsId, JsonNode subOrder, Optional<String> orderStatus) {
    String status = subOrder.path("bufferStatus").asText();
    boolean told =
        // Lines loop on what is left: of a refused sub-order nothing can be had.
        !status.equals("REJECTED")
            && orderStatus.map(words::countersTold).orElse(!status.equals("PENDING"));
    long passed = number(subOrder, "totalPassed");
    long left = number(subOrder, "leftInBuffer");
    if (left == UNKNOWN && passed != UNKNOWN && number(subOrder, "availableCodes") != UNKNOWN) {
      left = Math.max(0, number(subOrder, "availableCodes") - passed);
    }
    long total = left == UNKNOWN || passed == UNKNOWN ? UNKNOWN : left + passed;
    ObjectNode buffer = JSON.objectNode();
    buffer.putArray("poolInfos");
    buffer
        .put("leftInBuffer", told ? left : UNKNOWN)
        .put("totalCodes", told ? total : UNKNOWN)
        .put("poolsExhausted", status.equals("EXHAUSTED"))
        .put("unavailableCodes", told ? 0 : UNKNOWN)
        .put("availableCodes", told ? left : UNKNOWN)
        .put("orderId", subOrder.path("parentOrderId").asText())
        .put("gtin", subOrder.path("gtin").asText())
        .put("bufferStatus", words.legacy(Table.BUFFER_STATUS, status).legacy())
        .put("totalPassed", told ? passed : UNKNOWN)
        .put("omsId", omsId);
    put(buffer, "rejectionReason", subOrder.path("rejectionReason"));
    return buffer;
  }

  private static void put(ObjectNode target, String name, JsonNode value) {
    if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
      target.put(name, value.asText());
    }
  }

  /** A count, sent as a number or as text; -1 where there is none. */
  private static long number(JsonNode node, String name) {
    return node.path(name).asLong(UNKNOWN);
  }
}
