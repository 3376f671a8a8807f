package io.markbridge.process;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SiteFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows Y: what goes to the marketplace for a document of the deprecated call, and what comes back.
 */
final class MarketRows {
  private static final String GOOD = "01030410947874432155Qbag!\u001d93Zjqw";
  private static final String GOOD_BARE = "01030410947874432155Qbag!";

  private MarketRows() {}

  static Map<String, RowCheck> checks() {
    Map<String, RowCheck> checks = new LinkedHashMap<>();
    checks.put("Y1", MarketRows::eachCampaignHasItsTarget);
    checks.put("Y2", MarketRows::oneInstanceForEachUnit);
    checks.put("Y3", MarketRows::limitsOfPresetAndAnswers);
    checks.put("Y4", MarketRows::idsKeepEveryDigitAndSelectTheCredentials);
    checks.put("Y5", MarketRows::requiredFields);
    checks.put("Y6", MarketRows::separatorIsOneCharacter);
    checks.put("Y7", MarketRows::otherBackslashesAndQuotesStay);
    checks.put("Y8", MarketRows::replyHasTheOldShape);
    checks.put("Y9", MarketRows::everyErrorIsTold);
    return checks;
  }

  /** Drops a document; gives its status when it has ended. */
  static JsonNode send(String name, JsonNode document) {
    BridgeHere.files().put("market/" + name + ".json", document.toString());
    return ended(name);
  }

  static JsonNode ended(String name) {
    return BridgeHere.files()
        .await(
            "market/" + name + ".status.json",
            status -> !status.path("status").asText().equals("IN_PROGRESS"));
  }

  static JsonNode reply(String name) {
    return BridgeHere.files().await("market/" + name + ".reply.json");
  }

  static JsonNode error(String name) {
    return BridgeHere.files().await("market/" + name + ".error.json");
  }

  /** What was sent about an order, without status calls. */
  static List<LoggedRequest> puts(long campaign, long order) {
    String about = "/v2/campaigns/" + campaign + "/orders/" + order + "/";
    return MarketPlant.proxy().findAll(anyRequestedFor(anyUrl())).stream()
        .filter(one -> one.getMethod().equals(RequestMethod.PUT) && one.getUrl().startsWith(about))
        .toList();
  }

  static JsonNode body(LoggedRequest request) throws Exception {
    return MarketBodies.JSON.readTree(request.getBody());
  }

  private static void eachCampaignHasItsTarget() throws Exception {
    MarketPlant.sandbox().market().order(MarketPlant.FBS, 102, Map.of(7L, 1, 8L, 3));
    Map<Long, String> ends = new LinkedHashMap<>();
    ends.put(MarketPlant.DBS, "/identifiers");
    ends.put(MarketPlant.FBS, "/boxes");
    ends.put(MarketPlant.OLD, "/cis");
    for (Map.Entry<Long, String> end : ends.entrySet()) {
      ObjectNode document =
          MarketBodies.item(MarketBodies.document(end.getKey(), 102), 7, MarketBodies.code(1));
      assertThat(send("target-" + end.getKey(), document).path("status").asText()).isEqualTo("OK");
      assertThat(puts(end.getKey(), 102))
          .hasSize(1)
          .allMatch(one -> one.getUrl().endsWith(end.getValue()));
    }
    JsonNode boxes = body(puts(MarketPlant.FBS, 102).get(0));
    assertThat(boxes.toString())
        .as("every item of the order, also what is not marked, and nothing taken out of it")
        .contains("\"allowRemove\":false", "{\"fullCount\":3,\"id\":8}");
    assertThat(MarketPlant.sandbox().market().held(MarketPlant.FBS, 102).removed()).isZero();
  }

  private static void oneInstanceForEachUnit() throws Exception {
    ObjectNode slippersAndShoes =
        MarketBodies.item(
            MarketBodies.item(
                MarketBodies.document(MarketPlant.DBS, 103),
                1,
                MarketBodies.code(11),
                MarketBodies.code(12)),
            2,
            MarketBodies.code(13));
    send("units", slippersAndShoes);
    assertThat(MarketPlant.sandbox().market().held(MarketPlant.DBS, 103).codes())
        .containsEntry(1L, List.of(MarketBodies.code(11), MarketBodies.code(12)))
        .containsEntry(2L, List.of(MarketBodies.code(13)));

    ObjectNode tooFew =
        MarketBodies.item(MarketBodies.document(MarketPlant.DBS, 104), 1, MarketBodies.code(14));
    ((ObjectNode) tooFew.path("items").get(0)).put("count", 2);
    assertThat(send("too-few", tooFew).path("status").asText()).isEqualTo("ERROR");
    assertThat(error("too-few").toString()).contains("VALUES_CONTRADICT", "items[0].instances");
    assertThat(puts(MarketPlant.DBS, 104)).isEmpty();
  }

  private static void limitsOfPresetAndAnswers() throws Exception {
    OperatorPreset market =
        OperatorPreset.load(new SiteFiles(Path.of("target", "no-site")), "uz").named("market");
    assertThat(market.number("limits/market-identifiers/per-hour", 0)).isEqualTo(10_000);
    assertThat(market.number("limits/market-status/per-hour", 0)).isEqualTo(1_000);
    assertThat(market.number("at-once", 0)).isEqualTo(4);
    // 420 names no time but the header's: the limit opens again with the next period.
    MarketPlant.sandbox().set("market-limit", "1");
    MarketPlant.sandbox().set("market-period", "2s");
    try {
      for (int order = 0; order < 3; order++) {
        BridgeHere.files()
            .put(
                "market/limited-" + order + ".json",
                MarketBodies.item(
                        MarketBodies.document(MarketPlant.DBS, 200 + order),
                        1,
                        MarketBodies.code(20 + order))
                    .toString());
      }
      for (int order = 0; order < 3; order++) {
        assertThat(ended("limited-" + order).path("status").asText()).isEqualTo("OK");
      }
      assertThat(
              MarketPlant.sandbox()
                  .market()
                  .periods(MarketPlant.DBS, "market-identifiers")
                  .values())
          .endsWith(1, 1);
    } finally {
      MarketPlant.sandbox().set("market-limit", "0");
      MarketPlant.sandbox().set("market-period", "1h");
    }
  }

  private static void idsKeepEveryDigitAndSelectTheCredentials() throws Exception {
    long order = 9_007_199_254_740_993L;
    long item = 9_223_372_036_854_775_807L;
    send(
        "large-ids",
        MarketBodies.item(
            MarketBodies.document(MarketPlant.OLD, order), item, MarketBodies.code(31)));
    LoggedRequest sent = puts(MarketPlant.OLD, order).get(0);
    assertThat(sent.getBodyAsString()).contains("\"id\":" + item + ",");
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer " + MarketPlant.KEY);
    assertThat(BridgeHere.files().await("market/large-ids.status.json").path("orderId").asLong())
        .isEqualTo(order);

    BridgeHere.files()
        .put(
            "market/old-request.http",
            "PUT https://api.partner.market.yandex.ru/v2/campaigns/"
                + MarketPlant.DBS
                + "/orders/"
                + order
                + "/cis.json HTTP/1.1\nAuthorization: Bearer old\n\n"
                + "{\"items\":[{\"id\":5,\"instances\":[{\"cis\":\""
                + GOOD.replace("\u001d", "\\u001d")
                + "\"}]}]}");
    ended("old-request");
    LoggedRequest renewed = puts(MarketPlant.DBS, order).get(0);
    assertThat(renewed.getHeader("Api-Key")).isEqualTo(MarketPlant.KEY);
    assertThat(renewed.containsHeader("Authorization"))
        .as("the old token is not passed on")
        .isFalse();

    assertThat(
            send("unknown-campaign", MarketBodies.item(MarketBodies.document(77, 1), 1, GOOD))
                .toString())
        .isNotEmpty();
    assertThat(error("unknown-campaign").toString())
        .contains("ACCOUNT_NOT_SET", "campaignId 77", "market:1001");
  }

  private static void requiredFields() throws Exception {
    ObjectNode sent =
        MarketBodies.item(MarketBodies.document(MarketPlant.DBS, 301), 6, MarketBodies.code(41));
    ((ObjectNode) sent.path("items").get(0))
        .withArray("instances")
        .addObject()
        .put("uin", "0123456789012345");
    send("fields", sent);
    assertThat(puts(MarketPlant.DBS, 301).get(0).getBodyAsString())
        .isEqualTo(
            "{\"items\":[{\"id\":6,\"instances\":[{\"cis\":\""
                + MarketBodies.code(41).replace("\u001d", "\\u001d")
                + "\"},{\"uin\":\"0123456789012345\"}]}]}");

    ObjectNode two =
        MarketBodies.item(MarketBodies.document(MarketPlant.DBS, 302), 6, MarketBodies.code(42));
    ((ObjectNode) two.at("/items/0/instances/0")).put("uin", "0123456789012345");
    ((ObjectNode) two.path("items").get(0)).withArray("instances").addObject();
    two.withArray("items").addObject().putArray("instances").addObject().put("cis", GOOD);
    send("wrong-fields", two);
    assertThat(error("wrong-fields").path("errors"))
        .extracting(one -> one.path("code").asText())
        .contains("VALUES_CONTRADICT", "FIELD_REQUIRED");
    assertThat(error("wrong-fields").toString())
        .contains("items[0].instances[0]", "items[0].instances[1]", "items[1].id");
    assertThat(puts(MarketPlant.DBS, 302)).isEmpty();
  }

  private static void separatorIsOneCharacter() throws Exception {
    send("good", MarketBodies.item(MarketBodies.document(MarketPlant.DBS, 401), 1, GOOD));
    send(
        "escaped-twice",
        MarketBodies.item(
            MarketBodies.document(MarketPlant.DBS, 402), 1, GOOD.replace("\u001d", "\\u001d")));
    for (long order : List.of(401L, 402L)) {
      assertThat(puts(MarketPlant.DBS, order).get(0).getBodyAsString())
          .contains("\"cis\":\"01030410947874432155Qbag!\\u001d93Zjqw\"");
    }
    // With its tail and without a separator it fits neither of the documented forms.
    send(
        "lost",
        MarketBodies.item(
            MarketBodies.document(MarketPlant.DBS, 403), 1, "01030410947874432155Qbag93Zj"));
    assertThat(error("lost").toString()).contains("CODE_MALFORMED", "items[0].instances[0].cis");
  }

  private static void otherBackslashesAndQuotesStay() throws Exception {
    String code = "0103041094787443215\\\"bag!\u001d93Zj\\w";
    send("quotes", MarketBodies.item(MarketBodies.document(MarketPlant.DBS, 501), 1, code));
    assertThat(puts(MarketPlant.DBS, 501).get(0).getBodyAsString())
        .contains("0103041094787443215\\\\\\\"bag!\\u001d93Zj\\\\w");
    assertThat(MarketPlant.sandbox().market().held(MarketPlant.DBS, 501).codes())
        .containsEntry(1L, List.of(code));
  }

  private static void replyHasTheOldShape() throws Exception {
    send("reply-dbs", MarketBodies.item(MarketBodies.document(MarketPlant.DBS, 601), 1, GOOD));
    MarketPlant.sandbox().market().order(MarketPlant.FBS, 602, Map.of(1L, 1, 2L, 4));
    send("reply-fbs", MarketBodies.item(MarketBodies.document(MarketPlant.FBS, 602), 1, GOOD));
    for (String name : List.of("reply-dbs", "reply-fbs")) {
      JsonNode reply = reply(name);
      MarketSchemas.fits("market-cis.response", reply);
      assertThat(reply.path("status").asText()).isEqualTo("OK");
      assertThat(reply.at("/result/items")).hasSize(1);
      JsonNode item = reply.at("/result/items/0");
      assertThat(item.path("vat").asText())
          .as("a rate that the old call never had")
          .isEqualTo("VAT_22");
      assertThat(item.path("count").asInt()).isEqualTo(1);
      assertThat(item.path("offerId").asText()).isEqualTo("SKU-1");
      assertThat(item.at("/instances/0/cis").asText()).isEqualTo(GOOD_BARE);
      assertThat(item.at("/instances/0/cisFull").asText()).isEqualTo(GOOD);
    }
  }

  private static void everyErrorIsTold() throws Exception {
    // As the documentation prints it: the word says OK, the HTTP status decides.
    MarketPlant.sandbox().set("market-error-status", "OK");
    try {
      send("refused", MarketBodies.item(MarketBodies.document(MarketPlant.REFUSED, 701), 1, GOOD));
    } finally {
      MarketPlant.sandbox().set("market-error-status", "ERROR");
    }
    JsonNode error = error("refused");
    MarketSchemas.fits("error", error);
    assertThat(error.path("status").asText()).isEqualTo("ERROR");
    assertThat(error.path("errors"))
        .extracting(one -> one.path("code").asText())
        .containsExactly("FORBIDDEN", "FORBIDDEN_DETAIL");
    assertThat(error.at("/errors/0/message").asText())
        .isEqualTo("the credential opens nothing here");
  }
}
