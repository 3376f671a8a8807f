package io.markbridge.process;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import java.util.List;
import java.util.Map;

/** What the operator of the change table's checks answers, in the new API's words only. */
final class OperatorStubs {
  static final String STORAGE = "/public/api/v1/doc/storage";
  private static final int GENERAL = 8;
  private static final int SPECIAL = 3;

  private static WireMockServer stubbed;
  private final WireMockServer server;

  private OperatorStubs(WireMockServer server) {
    this.server = server;
  }

  /** Whichever test comes first. */
  static void once() throws Exception {
    // Each class has a server of its own, and perhaps follows another one in this JVM.
    if (stubbed == StandInOperator.server()) {
      return;
    }
    stubbed = StandInOperator.server();
    OperatorStubs stubs = new OperatorStubs(stubbed);
    stubs.orders();
    stubs.codes();
    stubs.reports();
    stubs.documents();
    stubs.refusals();
    stubs.shortTokens("expiring", "renew-1", okJson(tokens("long-expiring", "renew-2", "1800000")));
    stubs.shortTokens(
        "dying", "dead-1", status(400).withBody("[{\"code\":\"invalid-refresh-token\"}]"));
  }

  private void stub(int priority, MappingBuilder mapping, String json) {
    server.stubFor(mapping.atPriority(priority).willReturn(okJson(json)));
  }

  private void orders() {
    stub(
        GENERAL,
        post(urlPathEqualTo("/api/orders")),
        "{\"orderId\":\"order-of-{{jsonPath request.body '$.poNumber'}}\"}");
    String order =
        "{\"orderInfos\":[{\"orderId\":\"%s\",\"productGroup\":\"water\",\"orderStatus\":\"%s\","
            + "\"releaseMethodType\":\"PRIMARY\",\"poNumber\":\"PO-LISTED\","
            + "\"createDate\":\"2026-11-20T10:00:00Z\",\"isPaid\":false%s}]}";
    String asked = "{{#if request.query.orderId}}{{request.query.orderId}}{{else}}order-1{{/if}}";
    stub(GENERAL, get(urlPathEqualTo("/api/orders")), order.formatted(asked, "READY", ""));
    stub(
        SPECIAL,
        get(urlPathEqualTo("/api/orders")).withQueryParam("status", equalTo("REJECTED")),
        order.formatted("order-9", "REJECTED", ",\"rejectionReason\":\"gtin unknown\""));
    stub(
        GENERAL,
        get(urlPathEqualTo("/api/orders/sub-orders")),
        "{\"subOrderInfos\":[{\"parentOrderId\":\"{{request.query.orderId}}\",\"gtin\":\""
            + LegacyBodies.GTIN
            + "\",\"bufferStatus\":\"ACTIVE\",\"cisType\":\"UNIT\",\"availableCodes\":2,"
            + "\"leftInBuffer\":2,\"totalPassed\":0}]}");
  }

  private void codes() throws Exception {
    String codes = new ObjectMapper().writeValueAsString(LegacyBodies.codes(1, 2));
    stub(
        GENERAL,
        get(urlPathEqualTo("/api/codes")),
        "{\"codes\":"
            + codes
            + ",\"packId\":\"after-{{#if request.query.lastPackId}}{{request.query.lastPackId}}"
            + "{{else}}none{{/if}}\"}");
  }

  private void reports() {
    stub(GENERAL, post(urlPathEqualTo("/api/utilisation")), "{\"reportId\":\"report-1\"}");
    stub(
        GENERAL,
        get("/api/utilisation/report-1"),
        "{\"reportId\":\"report-1\",\"reportStatus\":\"SUCCESS\",\"createdTimestamp\":1}");
  }

  private void documents() {
    stub(GENERAL, post("/public/api/v1/doc/aggregation"), "{\"documentId\":\"doc-ok\"}");
    stub(
        SPECIAL,
        post("/public/api/v1/doc/aggregation")
            .withHeader("Authorization", equalTo(StandInOperator.bearer("failing"))),
        "{\"documentId\":\"doc-bad\"}");
    String document =
        "{\"documentId\":\"%1$s\",\"originalDocId\":\"original-of-%1$s\",\"type\":\"AGGREGATION\","
            + "\"productGroup\":\"group-of-%1$s\",\"status\":\"%2$s\","
            + "\"createDate\":\"2026-11-20T10:11:12Z\"}";
    for (Map.Entry<String, String> state :
        Map.of(
                "doc-ok",
                "SUCCESS",
                "doc-bad",
                "ERROR",
                "doc-other",
                "IN_PROCESS",
                "doc-81",
                "IN_PROCESS")
            .entrySet()) {
      stub(
          GENERAL,
          get(STORAGE + "/docs/" + state.getKey()),
          document.formatted(state.getKey(), state.getValue()));
    }
    stub(
        GENERAL,
        get(urlPathEqualTo(STORAGE + "/errors/doc-bad")),
        "{\"documentErrors\":[{\"propertyName\":\"codes\",\"index\":1,"
            + "\"errorCode\":\"code-not-applied\",\"errorTags\":{\"state\":\"RECEIVED\"}}]}");
    stub(GENERAL, get(STORAGE + "/json/doc-ok"), "{\"businessPlaceId\":17}");
    stub(
        GENERAL,
        get(urlPathEqualTo(STORAGE + "/docs/search")),
        "{\"documentInfos\":[{\"documentId\":\"doc-ok\",\"type\":\"AGGREGATION\","
            + "\"status\":\"SUCCESS\",\"createDate\":\"2026-11-20T10:11:12Z\"}]}");
  }

  private void refusals() {
    server.stubFor(
        any(anyUrl())
            .withHeader("Authorization", equalTo(StandInOperator.bearer("refusing")))
            .atPriority(SPECIAL)
            .willReturn(
                status(400)
                    .withBody(
                        "{\"globalErrors\":[{\"error\":\"Balance is not enough\","
                            + "\"errorCode\":4711}]}")));
  }

  /** A token of a second, under which no order becomes ready. */
  private void shortTokens(
      String account,
      String refreshToken,
      com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder refreshed) {
    String login = "/api/users/authenticate";
    String scenario = "tokens of " + account;
    server.stubFor(
        post(login)
            .withRequestBody(containing("login-" + account))
            .inScenario(scenario)
            .whenScenarioStateIs("Started")
            .willSetStateTo("again")
            .atPriority(SPECIAL)
            .willReturn(okJson(tokens("short-" + account, refreshToken, "1000"))));
    server.stubFor(
        post(login)
            .withRequestBody(containing("login-" + account))
            .inScenario(scenario)
            .whenScenarioStateIs("again")
            .atPriority(SPECIAL)
            .willReturn(okJson(tokens("again-" + account, "unused", "1800000"))));
    server.stubFor(
        post("/api/users/tokens/refresh")
            .withRequestBody(containing(refreshToken))
            .atPriority(SPECIAL)
            .willReturn(refreshed));
    server.stubFor(
        get(urlMatching("/api/orders\\?.*"))
            .withHeader("Authorization", equalTo("Bearer short-" + account))
            .atPriority(SPECIAL)
            .willReturn(okJson("{\"orderInfos\":[]}")));
  }

  private static String tokens(String access, String refresh, String life) {
    return "{\"accessToken\":\"%s\",\"accessTokenType\":\"BEARER\",\"accessTokenExpiresIn\":\"%s\",\"refreshToken\":\"%s\"}"
        .formatted(access, life, refresh);
  }

  /** Paths of calls that the bridge may ask. */
  static final List<String> NEW_PATHS = List.of("/api/", "/public/api/v1/");
}
