package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.markbridge.Patience;
import io.markbridge.cli.ShowCommand;
import io.markbridge.cli.Workplace;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.step.OperatorClient;
import jakarta.enterprise.inject.spi.CDI;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine;

/** Rows about answers and about methods that are new: what the legacy side really gets. */
final class AnswerRows {
  private AnswerRows() {}

  static Map<String, RowCheck> checks() {
    Map<String, RowCheck> checks = new LinkedHashMap<>();
    checks.put("G5", AnswerRows::omsIdComesBack);
    checks.put("G6", AnswerRows::errorsStayVerbatim);
    checks.put("2.1", AnswerRows::pingIsAnsweredHere);
    checks.put("3.12", AnswerRows::orderStillHasATime);
    checks.put("4.1", AnswerRows::ordersAreSearched);
    checks.put("5.2", AnswerRows::packIsBlock);
    checks.put("7.9", AnswerRows::documentIsReport);
    checks.put("8.2", AnswerRows::statusNamesTheReport);
    checks.put("8.3", AnswerRows::statusInOldWords);
    checks.put("8.4", AnswerRows::errorsAreTheReason);
    checks.put("8.5", () -> shown("createDate", "2026-11-20T10:11:12Z"));
    checks.put("8.6", () -> shown("type", "AGGREGATION"));
    checks.put("8.7", () -> shown("originalDocId", "original-of-doc-ok"));
    checks.put("8.8", () -> shown("productGroup", "group-of-doc-ok"));
    checks.put("9.1", AnswerRows::bodyOfADocument);
    checks.put("10.1", AnswerRows::searchOfDocuments);
    checks.put("11.1", AnswerRows::errorsOfADocument);
    checks.put("X7", AnswerRows::callsThatAreNotServed);
    return checks;
  }

  private static void omsIdComesBack() {
    String gtin = "&gtin=" + LegacyBodies.GTIN;
    for (JsonNode reply :
        List.of(
            WireRows.orderReply(),
            WireRows.ask("oms-ping", "GET", "/ping"),
            WireRows.ask("oms-list", "GET", "/orders"),
            WireRows.ask("oms-buffer", "GET", "/buffer/status?orderId=order-1" + gtin),
            WireRows.ask("oms-codes", "GET", "/codes?orderId=order-2&quantity=2" + gtin),
            WireRows.ask("oms-info", "GET", "/report/info?reportId=doc-other"))) {
      assertThat(reply.path("omsId").asText()).as(reply.toString()).isEqualTo(WireRows.OMS_ID);
    }
    assertThat(WireRows.reportReply().path("omsId").asText()).isEqualTo("oms-plant");
    assertThat(BridgeHere.files().awaitReport("plant/water/table-report", "SENT").path("omsId"))
        .isEqualTo(WireRows.reportReply().path("omsId"));
  }

  private static void errorsStayVerbatim() {
    FileDrop files = BridgeHere.files();
    files.put("refusing/water/a.json", LegacyBodies.order("PO-R", 2).toString());
    JsonNode error = files.await("refusing/water/a.error.json");
    assertThat(error.path("success").asBoolean(true)).isFalse();
    assertThat(error.at("/globalErrors/0/error").asText()).contains("Balance is not enough");
    assertThat(error.at("/globalErrors/0/errorCode").asInt()).isEqualTo(4711);
    assertThat(error.path("fieldErrors").isArray()).isTrue();
  }

  private static void pingIsAnsweredHere() {
    FileDrop files = BridgeHere.files();
    files.put("quiet/water/ping.http", "GET /api/v2/water/ping?omsId=oms-QUIET\n\n");
    JsonNode reply = files.await("quiet/water/ping.reply.json");
    assertThat(reply).isEqualTo(WireRows.JSON.createObjectNode().put("omsId", "oms-QUIET"));
    assertThat(WireRows.all()).noneMatch(one -> one.getUrl().contains("ping"));
    assertThat(WireRows.sent("quiet")).isEmpty();

    files.put("wrong/water/order.json", LegacyBodies.order("PO-WRONG", 2).toString());
    files.awaitOrder("wrong/water/order", "PENDING");
    Patience.await("a ping that knows the refused login")
        .until(
            () -> {
              String name = "wrong/water/ping-" + UUID.randomUUID();
              files.put(name + ".http", "GET /api/v2/water/ping\n\n");
              Patience.await("its answer")
                  .until(
                      () ->
                          files.read(name + ".reply.json").isPresent()
                              || files.read(name + ".error.json").isPresent());
              return files
                  .read(name + ".error.json")
                  .filter(error -> error.toString().contains("user-incorrect-login-or-password"))
                  .isPresent();
            });
  }

  private static void orderStillHasATime() {
    JsonNode reply = WireRows.orderReply();
    assertThat(reply.path("expectedCompleteTimestamp").isIntegralNumber()).isTrue();
    assertThat(reply.path("expectedCompleteTimestamp").asLong()).isEqualTo(120_000);
    assertThat(reply.path("orderId").asText()).isEqualTo("order-of-PO-TABLE");
  }

  private static void ordersAreSearched() {
    JsonNode list =
        WireRows.ask("list-declined", "GET", "/orders?status=DECLINED&dateFrom=2026-11-01");
    assertThat(list.at("/orderInfos/0/orderStatus").asText()).isEqualTo("DECLINED");
    assertThat(list.at("/orderInfos/0/declineReason").asText()).isEqualTo("gtin unknown");
    assertThat(list.at("/orderInfos/0").has("rejectionReason")).isFalse();
    LoggedRequest searched =
        WireRows.sent("plant", "GET", "/api/orders").stream()
            .filter(one -> "REJECTED".equals(WireRows.query(one, "status")))
            .findFirst()
            .orElseThrow();
    assertThat(WireRows.query(searched, "productGroup")).isEqualTo("water");
    assertThat(WireRows.query(searched, "dateFrom")).startsWith("2026-1");

    JsonNode buffer =
        WireRows.ask(
            "buffer-41", "GET", "/buffer/status?orderId=order-41&gtin=" + LegacyBodies.GTIN);
    assertThat(buffer.path("availableCodes").asInt()).isEqualTo(2);
    assertThat(buffer.path("bufferStatus").asText()).isEqualTo("ACTIVE");

    assertThat(operator("orders", Map.of(), Map.of("poNumber", "PO-41")).failure()).isEmpty();
    assertThat(WireRows.sent("plant", "GET", "/api/orders"))
        .anyMatch(one -> "PO-41".equals(WireRows.query(one, "poNumber")));
  }

  private static void packIsBlock() {
    JsonNode reply =
        WireRows.ask(
            "codes-52", "GET", "/codes?orderId=order-520&quantity=2&gtin=" + LegacyBodies.GTIN);
    assertThat(reply.path("blockId").asText()).isEqualTo("after-none");
    assertThat(reply.has("packId")).isFalse();
    assertThat(reply.path("codes"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(LegacyBodies.codes(1, 2));
  }

  private static void documentIsReport() {
    JsonNode reply = WireRows.aggregationReply("plant");
    assertThat(reply.path("reportId").asText()).isEqualTo("doc-ok");
    assertThat(reply.has("documentId")).isFalse();
  }

  private static void statusNamesTheReport() {
    WireRows.aggregationReply("plant");
    JsonNode status = BridgeHere.files().awaitReport("plant/water/table-aggregation", "SENT");
    assertThat(status.path("reportId").asText()).isEqualTo("doc-ok");
    assertThat(status.has("documentId")).isFalse();
  }

  private static void statusInOldWords() {
    WireRows.aggregationReply("plant");
    JsonNode sent = BridgeHere.files().awaitReport("plant/water/table-aggregation", "SENT");
    assertThat(sent.has("status")).isFalse();
    assertThat(
            WireRows.ask("info-sent", "GET", "/report/info?reportId=doc-ok").path("reportStatus"))
        .isEqualTo(sent.path("reportStatus"));
    assertThat(rejected().has("status")).isFalse();
  }

  private static JsonNode rejected() {
    WireRows.aggregationReply("failing");
    return BridgeHere.files()
        .await(
            "failing/water/table-aggregation.status.json",
            status ->
                status.path("reportStatus").asText().equals("REJECTED")
                    && status.path("errorReason").asText().contains("code-not-applied"));
  }

  private static void errorsAreTheReason() {
    assertThat(rejected().path("errorReason").asText())
        .contains("codes[1]", "code-not-applied", "state=RECEIVED");
    assertThat(
            BridgeHere.files().awaitReport("plant/water/table-report", "SENT").has("errorReason"))
        .isFalse();
  }

  /** What {@code show} tells of the tracked document. */
  private static void shown(String field, String value) throws Exception {
    WireRows.aggregationReply("plant");
    JsonNode status = BridgeHere.files().awaitReport("plant/water/table-aggregation", "SENT");
    assertThat(status.has(field)).isFalse();
    assertThat(show("doc-ok")).contains("\\\"" + field + "\\\":\\\"" + value + "\\\"");
  }

  private static String show(String id) {
    StringWriter output = new StringWriter();
    Workplace workplace =
        new Workplace(
            StandInOperator.folder(),
            Map.of(
                "MARKBRIDGE_JOURNAL_URL",
                "jdbc:sqlite:" + StandInOperator.folder().resolve("markbridge.db")),
            Clock.systemUTC(),
            "aziza");
    int status =
        new CommandLine(new ShowCommand(workplace))
            .setOut(new PrintWriter(output))
            .execute(id, "--json");
    assertThat(status).as(output.toString()).isZero();
    return output.toString();
  }

  private static OperatorAnswer operator(
      String call, Map<String, String> path, Map<String, String> query) {
    return CDI.current().select(OperatorClient.class).get().ask("plant", call, path, query);
  }

  private static void bodyOfADocument() throws Exception {
    OperatorAnswer answer = operator("document-body", Map.of("documentId", "doc-ok"), Map.of());
    assertThat(WireRows.JSON.readTree(answer.body()).path("businessPlaceId").asInt()).isEqualTo(17);
    assertThat(WireRows.sent("plant", "GET", OperatorStubs.STORAGE + "/json/doc-ok")).isNotEmpty();
  }

  private static void searchOfDocuments() {
    OperatorAnswer answer =
        operator("document-search", Map.of(), Map.of("types", "AGGREGATION\nORDER", "limit", "10"));
    assertThat(answer.failure()).isEmpty();
    LoggedRequest asked =
        WireRows.sent("plant", "GET", OperatorStubs.STORAGE + "/docs/search").get(0);
    assertThat(asked.queryParameter("types").values()).containsExactly("AGGREGATION", "ORDER");
  }

  private static void errorsOfADocument() {
    rejected();
    assertThat(WireRows.sent("failing", "GET", OperatorStubs.STORAGE + "/errors/doc-bad"))
        .hasSize(1)
        .allSatisfy(one -> assertThat(WireRows.query(one, "limit")).isEqualTo("100"));
    assertThat(show("doc-bad")).contains("code-not-applied");
    assertThat(
            operator("document-errors", Map.of("documentId", "doc-bad"), Map.of("limit", "5"))
                .failure())
        .isEmpty();
  }

  private static void callsThatAreNotServed() {
    Map<String, String> calls =
        Map.of(
            "dropout", "POST /api/v2/water/dropout",
            "aggregation-info", "GET /api/v2/water/aggregation/info?unitSerialNumber=00048",
            "receipts", "GET /api/v2/water/receipts?docId=1",
            "providers", "GET /api/v2/water/providers",
            "order-product", "GET /api/v2/water/order/product?orderId=1",
            "connection", "POST /api/v2/integration/connection");
    FileDrop files = BridgeHere.files();
    calls.forEach(
        (name, request) -> {
          files.put("quiet/water/" + name + ".http", request + "\n\n{}");
          JsonNode error = files.await("quiet/water/" + name + ".error.json");
          assertThat(error.path("success").asBoolean(true)).isFalse();
          assertThat(error.at("/globalErrors/0/errorCode").asInt()).as(name).isEqualTo(9004);
          String told = request.replaceAll("^\\w+ /api/v2(/water)?|\\?.*$", "");
          assertThat(error.at("/globalErrors/0/error").asText()).contains(told);
        });
    files.put("quiet/water/logs.http", "POST /api/v2/water/logs/upload?omsId=oms-quiet\n\nzip");
    assertThat(files.await("quiet/water/logs.reply.json").path("omsId").asText())
        .isEqualTo("oms-quiet");
    assertThat(WireRows.sent("quiet")).isEmpty();
  }
}
