package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.sandbox.IssuedOrder;
import io.markbridge.sandbox.SandboxJournal.AcceptedReport;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Every legacy call from a dropped file to its legacy answer, through a running bridge. */
@QuarkusTest
@QuarkusTestResource(
    value = PlantResource.class,
    restrictToAnnotatedClass = true,
    // A request that is held back is not given up before it is let go.
    initArgs = {
      @ResourceArg(name = "markbridge.openapi.answer-timeout-milliseconds", value = "600000"),
      @ResourceArg(name = "markbridge.look-up.absent-after", value = "11m")
    })
class FileDropTest {
  private static final String OMS_ID = BridgeProcess.OMS_ID;

  /** Units are never packed twice, also not by two tests of one sandbox. */
  private static final AtomicLong UNITS = new AtomicLong(1);

  Plant plant;

  @Test
  void orderBecomesReadyAndItsCodesBecomeReplies() {
    Ordered ordered = order("order-codes", 3);

    assertThat(ordered.codes).hasSize(3);
    JsonNode reply = files().await("beer/order-codes.reply.json");
    assertThat(reply.path("omsId").asText()).isEqualTo(OMS_ID);
    assertThat(reply.path("orderId").asText()).isEqualTo(ordered.orderId);
    assertThat(reply.path("expectedCompleteTimestamp").isIntegralNumber()).isTrue();
    awaitThere(files().done("beer/order-codes.json"));
  }

  @Test
  void aSlowRequestKeepsNobodyElse() {
    FileDrop files = files();
    plant.sandbox().set("slow-delay", "1h");
    long before = orderCalls();
    plant.sandbox().set("fail", "order:slow");
    files.put("beer/slow.json", LegacyBodies.order("PO-slow", 1).toString());
    files.await("the slow request", () -> orderCalls() > before);

    order("quick", 1);
    assertThat(files.read("beer/slow.reply.json")).as("the slow one is still on its way").isEmpty();
    plant.sandbox().set("slow-delay", "1ms");
    files.awaitOrder("beer/slow", "READY");
  }

  private long orderCalls() {
    return plant.sandbox().journal().callsByName().getOrDefault("order", 0L);
  }

  @Test
  void codesReceivedAreReportedAndAggregatedInTwoLevels() {
    FileDrop files = files();
    Ordered ordered = order("chain", 4);

    files.put("beer/chain-report.json", LegacyBodies.report(ordered.codes).toString());
    JsonNode report = files.awaitReport("beer/chain-report", "SENT");
    assertThat(report.path("omsId").asText()).isEqualTo(OMS_ID);
    assertThat(files.await("beer/chain-report.reply.json").path("reportId").asText())
        .isEqualTo(report.path("reportId").asText());

    String first = LegacyBodies.sscc(UNITS.getAndIncrement());
    String second = LegacyBodies.sscc(UNITS.getAndIncrement());
    String pallet = LegacyBodies.sscc(UNITS.getAndIncrement());
    List<String> bare = ordered.codes.stream().map(LegacyBodies::withoutTail).toList();
    ObjectNode aggregation = LegacyBodies.aggregation();
    // The pallet stands first in the document: its boxes are sent first all the same.
    LegacyBodies.unit(aggregation, pallet, List.of(first, second));
    LegacyBodies.unit(aggregation, first, bare.subList(0, 2));
    LegacyBodies.unit(aggregation, second, bare.subList(2, 4));
    files.put("beer/chain-aggregation.json", aggregation.toString());

    JsonNode status = files.awaitReport("beer/chain-aggregation", "SENT");
    assertThat(status.path("reportId").asText())
        .as("one legacy id, the bridge's, for both levels")
        .isEqualTo(status.path("bridge").path("document").asText());
  }

  @Test
  void reportInfoTellsBothKindsAndAnUnknownId() {
    FileDrop files = files();
    Ordered ordered = order("info", 2);
    files.put("beer/info-report.json", LegacyBodies.report(ordered.codes).toString());
    String report = files.awaitReport("beer/info-report", "SENT").path("reportId").asText();
    ObjectNode aggregation =
        LegacyBodies.unit(
            LegacyBodies.aggregation(),
            LegacyBodies.sscc(UNITS.getAndIncrement()),
            ordered.codes.stream().map(LegacyBodies::withoutTail).toList());
    files.put("beer/info-aggregation.json", aggregation.toString());
    String packed = files.awaitReport("beer/info-aggregation", "SENT").path("reportId").asText();

    for (String id : List.of(report, packed)) {
      JsonNode told = get("info-" + id, "report/info", "reportId=" + id);
      assertThat(told.path("reportStatus").asText()).isEqualTo("SENT");
      assertThat(told.path("reportId").asText()).isEqualTo(id);
      assertThat(told.path("omsId").asText()).isEqualTo(OMS_ID);
    }
    files.put(
        "beer/info-unknown.http",
        request("report/info", "reportId=00000000-0000-4000-8000-000000000000"));
    JsonNode error = files.await("beer/info-unknown.error.json");
    assertThat(error.path("success").asBoolean(true)).isFalse();
    assertThat(error.toString()).contains("00000000-0000-4000-8000-000000000000");
  }

  @Test
  void ordersAndBuffersAreTold() {
    Ordered ordered = order("buffers", 5);
    String chosen = "orderId=" + ordered.orderId + "&gtin=" + LegacyBodies.GTIN;

    JsonNode list = get("order-list", "orders", "orderId=" + ordered.orderId);
    assertThat(list.path("orderInfos").findValuesAsText("orderId")).contains(ordered.orderId);
    JsonNode buffer = get("buffer-status", "buffer/status", chosen);
    assertThat(buffer.path("totalCodes").asInt()).isEqualTo(5);
    assertThat(buffer.path("totalPassed").asInt()).isEqualTo(5);
    assertThat(buffer.path("leftInBuffer").asInt()).isZero();
    assertThat(buffer.path("bufferStatus").asText()).isIn("ACTIVE", "EXHAUSTED");
    JsonNode blocks = get("blocks", "codes/blocks", chosen);
    assertThat(blocks.path("blocks")).hasSize(1);
    String block = blocks.path("blocks").get(0).path("blockId").asText();
    JsonNode again = get("retry", "codes/retry", chosen + "&blockId=" + block);
    assertThat(texts(again.path("codes"))).isEqualTo(ordered.codes);
    assertThat(again.path("blockId").asText()).isEqualTo(block);

    files().put("beer/close.http", request("POST", "buffer/close", chosen));
    assertThat(files().await("beer/close.reply.json").path("omsId").asText()).isEqualTo(OMS_ID);
  }

  @Test
  void codesAreHandedOutBlockByBlock() throws Exception {
    // Made at the operator beside the bridge: the bridge has fetched nothing of it.
    String orderId = new DirectClient(plant.sandbox().uri()).order("beer", LegacyBodies.GTIN, 6);
    String chosen =
        "orderId=" + orderId + "&gtin=" + LegacyBodies.GTIN + "&quantity=2&lastBlockId=";

    JsonNode first = get("blocks-first", "codes", chosen + "0");
    assertThat(first.path("omsId").asText()).isEqualTo(OMS_ID);
    assertThat(first.path("codes")).hasSize(2);
    String block = first.path("blockId").asText();
    JsonNode second = get("blocks-second", "codes", chosen + block);
    assertThat(second.path("codes")).hasSize(2);
    assertThat(texts(second.path("codes"))).doesNotContainAnyElementsOf(texts(first.path("codes")));
    JsonNode again = get("blocks-again", "codes", chosen + block);
    assertThat(texts(again.path("codes"))).isEqualTo(texts(second.path("codes")));
    assertThat(again.path("blockId").asText()).isEqualTo(second.path("blockId").asText());
  }

  @Test
  void pingAndVersionAreAnsweredByTheBridge() {
    assertThat(get("ping", "ping", "").path("omsId").asText()).isEqualTo(OMS_ID);
    JsonNode version = get("version", "version", "");
    assertThat(version.path("apiVersion").asText()).startsWith("2.0");
    assertThat(version.path("omsVersion").asText()).isNotEmpty();
  }

  @Test
  void dropoutIsRefusedAndSaysWhatToDo() {
    files()
        .put(
            "beer/dropout.json",
            "{\"sntins\":[\""
                + LegacyBodies.bare(1)
                + "\"],\"dropoutReason\":\"DEFECT\",\"address\":\"Ташкент\",\"participantId\":\"300000001\"}");

    JsonNode error = files().await("beer/dropout.error.json");
    assertThat(error.toString()).contains("личном кабинете");
    awaitThere(files().failed("beer/dropout.json"));
  }

  @Test
  void rejectedOrderSaysWhy() {
    plant.sandbox().set("order-outcome", "REJECTED");
    try {
      files().put("beer/rejected.json", LegacyBodies.order("PO-rejected", 1).toString());

      JsonNode status = files().awaitOrder("beer/rejected", "DECLINED");
      assertThat(status.path("declineReason").asText()).contains("sandbox switch");
      assertThat(files().await("beer/rejected.error.json").path("success").asBoolean(true))
          .isFalse();
      awaitThere(files().failed("beer/rejected.json"));
    } finally {
      plant.sandbox().set("order-outcome", "READY");
    }
  }

  @Test
  void failedReportSaysWhy() {
    files()
        .put("beer/unknown-codes.json", LegacyBodies.report(LegacyBodies.codes(900, 2)).toString());

    JsonNode status = files().awaitReport("beer/unknown-codes", "REJECTED");
    assertThat(status.path("errorReason").asText()).isNotBlank();
    assertThat(files().await("beer/unknown-codes.error.json").path("success").asBoolean(true))
        .isFalse();
  }

  @Test
  void partlyProcessedAggregationNamesTheCodesLeftOut() {
    FileDrop files = files();
    Ordered ordered = order("partly-order", 2);
    files.put("beer/partly-report.json", LegacyBodies.report(ordered.codes).toString());
    files.awaitReport("beer/partly-report", "SENT");
    List<String> bare =
        new ArrayList<>(ordered.codes.stream().map(LegacyBodies::withoutTail).toList());
    bare.add(LegacyBodies.bare(777));
    files.put(
        "beer/partly.json",
        LegacyBodies.unit(
                LegacyBodies.aggregation(), LegacyBodies.sscc(UNITS.getAndIncrement()), bare)
            .toString());

    JsonNode status =
        files.await(
            "beer/partly.status.json",
            told -> told.path("bridge").path("state").asText().equals("PARTLY_DONE"));
    assertThat(status.path("reportStatus").asText()).isEqualTo("REJECTED");
    assertThat(status.path("errorReason").asText()).contains("0000000000777");
  }

  @Test
  void firstOfPrintedAndVerifiedIsTheStatement() {
    FileDrop files = files();
    Ordered ordered = order("printed", 2);
    files.put(
        "beer/printed-report.json",
        LegacyBodies.report(ordered.codes).put("usageType", "PRINTED").toString());
    String first = files.awaitReport("beer/printed-report", "SENT").path("reportId").asText();
    int sent = plant.sandbox().journal().reports().size();

    files.put(
        "beer/verified-report.json",
        LegacyBodies.report(ordered.codes).put("usageType", "VERIFIED").toString());

    JsonNode second = files.awaitReport("beer/verified-report", "SENT");
    assertThat(second.path("reportId").asText()).isEqualTo(first);
    assertThat(plant.sandbox().journal().reports()).hasSize(sent);
  }

  @Test
  void equalReportGetsTheEarlierReplyAndEqualOrderIsHeld() {
    FileDrop files = files();
    Ordered ordered = order("equal", 2);
    String report = LegacyBodies.report(ordered.codes).toString();
    files.put("beer/equal-report-1.json", report);
    String id = files.awaitReport("beer/equal-report-1", "SENT").path("reportId").asText();

    files.put("beer/equal-report-2.json", report);
    files.put("beer/equal-again.json", LegacyBodies.order("PO-equal", 2).toString());

    assertThat(files.awaitReport("beer/equal-report-2", "SENT").path("reportId").asText())
        .isEqualTo(id);
    assertThat(files.await("beer/equal-report-2.reply.json").path("reportId").asText())
        .isEqualTo(id);
    JsonNode held =
        files.await(
            "beer/equal-again.status.json",
            status -> status.path("bridge").path("state").asText().equals("HELD"));
    assertThat(held.path("orderStatus").asText()).isEqualTo("PENDING");
    assertThat(
            plant.sandbox().journal().orders().stream()
                .filter(order -> order.poNumber().equals("PO-equal")))
        .hasSize(1);
  }

  @Test
  void reportOverTheLimitIsSplitAndAnsweredOnce() {
    int count = 31_000;
    IssuedOrder issued = plant.sandbox().issue("beer", LegacyBodies.GTIN, count);
    int before = plant.sandbox().journal().reports().size();

    files().put("beer/split.json", LegacyBodies.report(issued.codes()).toString());

    JsonNode status =
        files()
            .await(
                "beer/split.status.json",
                Duration.ofMinutes(4),
                told -> told.path("reportStatus").asText().equals("SENT"));
    assertThat(status.path("reportId").asText())
        .isEqualTo(status.path("bridge").path("document").asText());
    assertThat(files().await("beer/split.reply.json").path("reportId").asText())
        .isEqualTo(status.path("reportId").asText());
    List<AcceptedReport> reports = plant.sandbox().journal().reports();
    assertThat(
            reports.stream().mapToInt(AcceptedReport::codes).filter(codes -> codes > 900).boxed())
        .contains(30_000, 1_000);
    assertThat(reports.size()).isGreaterThanOrEqualTo(before + 2);
    JsonNode told =
        get("split-info", "report/info", "reportId=" + status.path("reportId").asText());
    assertThat(told.path("reportStatus").asText()).isEqualTo("SENT");
  }

  /** An order with its codes, as the legacy side got them. */
  private record Ordered(String orderId, List<String> codes) {}

  private Ordered order(String name, int quantity) {
    files().put("beer/" + name + ".json", LegacyBodies.order("PO-" + name, quantity).toString());
    JsonNode status = files().awaitOrder("beer/" + name, "READY");
    JsonNode codes = files().await("beer/" + name + ".codes-" + LegacyBodies.GTIN + "-1.json");
    assertThat(Files.exists(files().failed("beer/" + name + ".json"))).isFalse();
    return new Ordered(status.path("orderId").asText(), texts(codes.path("codes")));
  }

  /** Originals are placed beside the replies: whoever reads a reply finds them a moment later. */
  private void awaitThere(Path original) {
    files().await(original.toString(), () -> Files.exists(original));
  }

  private JsonNode get(String name, String path, String query) {
    files().put("beer/" + name + ".http", request(path, query));
    return files().await("beer/" + name + ".reply.json");
  }

  private static String request(String path, String query) {
    return request("GET", path, query);
  }

  private static String request(String method, String path, String query) {
    return method
        + " /api/v2/beer/"
        + path
        + "?omsId="
        + URLEncoder.encode(OMS_ID, StandardCharsets.UTF_8)
        + (query.isEmpty() ? "" : "&" + query)
        + "\nclientToken: 00000000-0000-4000-8000-000000000001\n\n";
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private FileDrop files() {
    return plant.files();
  }
}
