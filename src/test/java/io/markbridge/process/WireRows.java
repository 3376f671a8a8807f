package io.markbridge.process;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Rows about requests as a whole: what really went over the wire from a running bridge. */
final class WireRows {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String CLIENT_TOKEN = "1c7d0e3f-5b1a-4c55-9c7e-aa00ffee0001";
  static final String OMS_ID = "OMS-plant-As-SENT";

  private WireRows() {}

  static Map<String, RowCheck> checks() {
    Map<String, RowCheck> checks = new LinkedHashMap<>();
    checks.put("G1", WireRows::newPathsOnly);
    checks.put("G2", WireRows::bearerInsteadOfClientToken);
    checks.put("G3", WireRows::groupIsAFieldOrParameter);
    checks.put("G4", WireRows::omsIdSelectsTheAccount);
    checks.put("1.1", WireRows::loginOnceWithLoginAndPassword);
    checks.put("1.2", WireRows::tokenIsRenewedBeforeItEnds);
    checks.put("1.3", WireRows::refreshFirstThenLogin);
    checks.put("5.1", WireRows::lastBlockIsLastPack);
    checks.put("7.1", WireRows::documentGoesInBase64);
    checks.put("8.1", WireRows::statusIsAskedByDocumentId);
    return checks;
  }

  /** All that the bridge sent so far with this account's token. */
  static List<LoggedRequest> sent(String account) {
    return all().stream()
        .filter(one -> StandInOperator.bearer(account).equals(one.getHeader("Authorization")))
        .toList();
  }

  static List<LoggedRequest> all() {
    return StandInOperator.server().findAll(anyRequestedFor(anyUrl()));
  }

  static String path(LoggedRequest request) {
    return request.getUrl().split("\\?", 2)[0];
  }

  static List<LoggedRequest> sent(String account, String method, String path) {
    return sent(account).stream()
        .filter(one -> one.getMethod().value().equals(method) && path(one).equals(path))
        .toList();
  }

  static String query(LoggedRequest request, String name) {
    return request.queryParameter(name).isPresent()
        ? request.queryParameter(name).firstValue()
        : null;
  }

  static String http(String method, String target, String body) {
    return method
        + " https://omscloud.example/api/v2/water"
        + target
        + (target.contains("?") ? "&" : "?")
        + "omsId="
        + OMS_ID
        + " HTTP/1.1\nclientToken: "
        + CLIENT_TOKEN
        + "\nContent-Type: application/json\n\n"
        + body;
  }

  /** Drops a whole request of the account plant and waits for its answer. */
  static JsonNode ask(String name, String method, String target) {
    FileDrop files = BridgeHere.files();
    files.put("plant/water/" + name + ".http", http(method, target, ""));
    return files.await("plant/water/" + name + ".reply.json");
  }

  /** An order, sent once for all checks. */
  static JsonNode orderReply() {
    FileDrop files = BridgeHere.files();
    if (files.read("plant/water/table-order.reply.json").isEmpty()) {
      files.put(
          "plant/water/table-order.http",
          http("POST", "/orders", LegacyBodies.order("PO-TABLE", 2).toString()));
    }
    return files.await("plant/water/table-order.reply.json");
  }

  private static LoggedRequest order() {
    orderReply();
    return sent("plant", "POST", "/api/orders").stream()
        .filter(one -> one.getBodyAsString().contains("PO-TABLE"))
        .reduce((first, second) -> fail("the order was sent twice"))
        .orElseThrow();
  }

  private static LoggedRequest fail(String what) {
    throw new AssertionError(what);
  }

  /** A report, sent once for all checks. */
  static JsonNode reportReply() {
    return once("plant", "table-report", LegacyBodies.report(LegacyBodies.codes(100, 2)));
  }

  /** An aggregation, sent once for all checks. */
  static JsonNode aggregationReply(String account) {
    return once(account, "table-aggregation", AggregationRows.aggregation());
  }

  private static JsonNode once(String account, String name, ObjectNode body) {
    FileDrop files = BridgeHere.files();
    String place = account + "/water/" + name;
    if (files.read(place + ".reply.json").isEmpty()) {
      body.remove("participantId");
      files.put(place + ".json", body.toString());
    }
    return files.await(place + ".reply.json");
  }

  private static void newPathsOnly() {
    orderReply();
    reportReply();
    aggregationReply("plant");
    assertThat(sent("plant", "POST", "/api/orders")).isNotEmpty();
    assertThat(sent("plant", "POST", "/api/utilisation")).isNotEmpty();
    assertThat(sent("plant", "POST", "/public/api/v1/doc/aggregation")).isNotEmpty();
    assertThat(all())
        .allSatisfy(
            one -> {
              assertThat(one.getUrl()).doesNotContain("/api/v2", "/water", "/tobacco");
              assertThat(OperatorStubs.NEW_PATHS).anyMatch(one.getUrl()::startsWith);
            });
  }

  private static void bearerInsteadOfClientToken() {
    LoggedRequest order = order();
    assertThat(order.getHeader("Authorization")).isEqualTo("Bearer access-login-plant");
    assertThat(order.getHeader("Accept")).isEqualTo("*/*");
    assertThat(all())
        .allSatisfy(
            one -> {
              assertThat(one.containsHeader("clientToken")).isFalse();
              assertThat(one.toString()).doesNotContain(CLIENT_TOKEN);
              boolean forToken = path(one).startsWith("/api/users/");
              assertThat(one.containsHeader("Authorization")).isEqualTo(!forToken);
            });
  }

  private static void groupIsAFieldOrParameter() throws Exception {
    assertThat(JSON.readTree(order().getBody()).path("productGroup").asText()).isEqualTo("water");
    reportReply();
    LoggedRequest report = sent("plant", "POST", "/api/utilisation").get(0);
    assertThat(query(report, "productGroup")).isEqualTo("water");
    assertThat(JSON.readTree(report.getBody()).has("productGroup")).isFalse();
    assertThat(all()).noneMatch(one -> path(one).contains("water"));
  }

  private static void omsIdSelectsTheAccount() {
    order();
    FileDrop files = BridgeHere.files();
    files.put(
        "water/by-oms-id.http",
        "GET /api/v2/water/buffer/status?omsId=oms-selected&orderId=order-s&gtin="
            + LegacyBodies.GTIN
            + "\n\n");
    files.await("water/by-oms-id.reply.json");
    assertThat(sent("selected", "GET", "/api/orders/sub-orders")).hasSize(1);
    assertThat(all())
        .allSatisfy(
            one -> {
              assertThat(one.getUrl()).doesNotContainIgnoringCase("omsId");
              assertThat(one.getBodyAsString()).doesNotContainIgnoringCase("omsId");
              assertThat(one.toString()).doesNotContain(OMS_ID, "oms-selected");
            });
  }

  private static List<LoggedRequest> tokenRequests(String path, String says) {
    return all().stream()
        .filter(one -> path(one).equals(path) && one.getBodyAsString().contains(says))
        .toList();
  }

  private static void loginOnceWithLoginAndPassword() throws Exception {
    order();
    reportReply();
    List<LoggedRequest> logins = tokenRequests("/api/users/authenticate", "login-plant");
    assertThat(logins).hasSize(1);
    assertThat(logins.get(0).getHeader("Content-Type")).startsWith("application/json");
    assertThat(JSON.readTree(logins.get(0).getBody()))
        .isEqualTo(
            JSON.createObjectNode().put("login", "login-plant").put("password", "password-plant"));
  }

  /** An order that becomes ready only under a token that followed the first. */
  private static void readyUnderTheNextToken(String account, String nextToken) {
    FileDrop files = BridgeHere.files();
    String place = account + "/water/token";
    if (files.read(place + ".status.json").isEmpty()) {
      files.put(place + ".json", LegacyBodies.order("PO-" + account, 2).toString());
    }
    files.awaitOrder(place, "READY");
    // With the order itself: whoever is late asks for its state under the next token already.
    List<String> bearers = new ArrayList<>();
    all().stream()
        .filter(one -> !path(one).startsWith("/api/users/"))
        .filter(one -> (one.getUrl() + one.getBodyAsString()).contains("PO-" + account))
        .forEach(one -> bearers.add(one.getHeader("Authorization")));
    assertThat(bearers).startsWith("Bearer short-" + account).endsWith("Bearer " + nextToken);
  }

  private static void tokenIsRenewedBeforeItEnds() {
    readyUnderTheNextToken("expiring", "long-expiring");
    assertThat(StandInOperator.server().getAllServeEvents())
        .filteredOn(one -> one.getRequest().getUrl().contains("order-of-PO-expiring"))
        .allSatisfy(one -> assertThat(one.getResponse().getStatus()).isEqualTo(200));
  }

  private static void refreshFirstThenLogin() {
    readyUnderTheNextToken("expiring", "long-expiring");
    List<LoggedRequest> refreshes = tokenRequests("/api/users/tokens/refresh", "renew-1");
    assertThat(refreshes).hasSize(1);
    assertThat(refreshes.get(0).getHeader("Content-Type"))
        .startsWith("application/x-www-form-urlencoded");
    assertThat(refreshes.get(0).getBodyAsString()).isEqualTo("refreshToken=renew-1");
    assertThat(tokenRequests("/api/users/authenticate", "login-expiring")).hasSize(1);

    readyUnderTheNextToken("dying", "again-dying");
    assertThat(tokenRequests("/api/users/tokens/refresh", "dead-1")).hasSize(1);
    assertThat(tokenRequests("/api/users/authenticate", "login-dying")).hasSize(2);
  }

  private static void lastBlockIsLastPack() {
    String codes = "/codes?orderId=order-51&quantity=2&gtin=" + LegacyBodies.GTIN;
    ask("codes-first", "GET", codes + "&lastBlockId=0");
    ask("codes-empty", "GET", codes.replace("order-51", "order-52") + "&lastBlockId=");
    ask("codes-next", "GET", codes.replace("order-51", "order-53") + "&lastBlockId=Pack-9");
    Map<String, String> lastPacks = new LinkedHashMap<>();
    for (LoggedRequest one : sent("plant", "GET", "/api/codes")) {
      assertThat(one.getUrl()).doesNotContain("lastBlockId", "blockId");
      lastPacks.put(query(one, "orderId"), query(one, "lastPackId"));
    }
    assertThat(lastPacks)
        .containsEntry("order-51", null)
        .containsEntry("order-52", null)
        .containsEntry("order-53", "Pack-9");
  }

  private static void documentGoesInBase64() throws Exception {
    aggregationReply("plant");
    LoggedRequest request = sent("plant", "POST", "/public/api/v1/doc/aggregation").get(0);
    JsonNode outer = JSON.readTree(request.getBody());
    assertThat(outer.properties()).hasSize(1);
    byte[] inner = Base64.getDecoder().decode(outer.path("documentBody").asText());
    JsonNode document = JSON.readTree(inner);
    assertThat(document.at("/aggregationUnits/0/codes")).hasSize(2);
    assertThat(inner).isEqualTo(JSON.writeValueAsBytes(document));
    assertSorted(document);
    AggregationRows.aggregation()
        .fieldNames()
        .forEachRemaining(
            old -> {
              if (!old.equals("aggregationUnits")) {
                assertThat(document.has(old)).as(old).isFalse();
              }
            });
  }

  private static void assertSorted(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactlyElementsOf(new TreeSet<>(names));
    node.forEach(WireRows::assertSorted);
  }

  private static void statusIsAskedByDocumentId() {
    JsonNode reply = ask("info-81", "GET", "/report/info?reportId=doc-81");
    assertThat(reply.path("reportStatus").asText()).isEqualTo("PENDING");
    List<LoggedRequest> asked = sent("plant", "GET", OperatorStubs.STORAGE + "/docs/doc-81");
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).getUrl()).doesNotContain("reportId", "?");

    aggregationReply("plant");
    ask("info-own", "GET", "/report/info?reportId=doc-ok");
    assertThat(sent("plant", "GET", OperatorStubs.STORAGE + "/docs/doc-ok")).isNotEmpty();
    assertThat(sent("plant")).noneMatch(one -> path(one).equals("/api/utilisation/doc-ok"));
  }

  /** An imported order and its report, which says nothing of that itself. */
  static void theOrderTellsWhatItsReportLacks(String field, String value) throws Exception {
    FileDrop files = BridgeHere.files();
    if (files.read("plant/tobacco/memory-report.reply.json").isEmpty()) {
      files.put("plant/tobacco/memory-order.meta.json", "{\"businessPlaceId\":41}");
      files.put(
          "plant/tobacco/memory-order.json",
          LegacyBodies.order("PO-MEMORY", 2)
              .put("releaseMethodType", "IMPORT")
              .put("factoryCountry", "DEU")
              .toString());
      files.await("plant/tobacco/memory-order.reply.json");
      files.put(
          "plant/tobacco/memory-report.json",
          LegacyBodies.report(LegacyBodies.codes(300, 2))
              .put("productionOrderId", "PO-MEMORY")
              .toString());
      files.await("plant/tobacco/memory-report.reply.json");
    }
    List<LoggedRequest> reports =
        sent("plant", "POST", "/api/utilisation").stream()
            .filter(one -> "tobacco".equals(query(one, "productGroup")))
            .toList();
    assertThat(reports).hasSize(1);
    assertThat(JSON.readTree(reports.get(0).getBody()).path(field).asText()).isEqualTo(value);
  }

  static void theOrderListTellsTheNumberAgain() {
    JsonNode list = ask("list-numbers", "GET", "/orders");
    assertThat(list.at("/orderInfos/0/productionOrderId").asText()).isEqualTo("PO-LISTED");
    assertThat(list.at("/orderInfos/0").has("poNumber")).isFalse();
  }
}
