package io.markbridge.process;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.quarkus.test.common.TestResourceScope.RESTRICTED_TO_CLASS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.markbridge.Patience;
import io.markbridge.health.OperatorCheck;
import io.markbridge.journal.Journal;
import io.markbridge.metrics.FreshMeters;
import io.markbridge.openapi.OperatorHealths;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.openapi.TokenStore;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Documents for the marketplace through the same running bridge that serves the state's operator.
 */
@QuarkusTest
@WithTestResource(value = StandInOperator.class, scope = RESTRICTED_TO_CLASS)
@WithTestResource(value = MarketPlant.class, scope = RESTRICTED_TO_CLASS)
class MarketTest {
  private static long orders = 10_000;

  @Inject Journal journal;
  @Inject TokenStore tokens;
  @Inject @Wellness OperatorCheck operatorCheck;
  @Inject OperatorHealths healths;
  @Inject RequestLimits limits;
  @Inject OperatorPreset preset;
  @Inject Settings settings;

  private final long order = ++orders;

  @BeforeEach
  void start() throws Exception {
    OperatorStubs.once();
  }

  @AfterEach
  void everythingHadItsShape() {
    MarketPlant.sandbox().set("fail", "");
    MarketPlant.sandbox().set("market-invalid-codes", "");
    List<ServeEvent> events = MarketPlant.proxy().getAllServeEvents();
    events.stream()
        .filter(event -> event.getResponse().getStatus() > 0)
        .forEach(MarketSchemas::fit);
  }

  private String timeline(String name) {
    String id =
        BridgeHere.files().await("market/" + name + ".status.json").at("/bridge/document").asText();
    return journal.documents().timeline(id).toString();
  }

  private ObjectNode document(long campaign, String... codes) {
    return MarketBodies.item(MarketBodies.document(campaign, order), 1, codes);
  }

  @ParameterizedTest
  @CsvSource({"400-invalid-parameter, SANDBOX_400", "403, SANDBOX_403", "404, SANDBOX_404"})
  void aRefusalIsToldInTheOldShape(String failure, String code) {
    MarketPlant.sandbox().set("fail", "market-identifiers:" + failure);
    String name = "refusal-" + order;

    assertThat(
            MarketRows.send(name, document(MarketPlant.DBS, MarketBodies.code(1)))
                .path("status")
                .asText())
        .isEqualTo("ERROR");

    JsonNode error = MarketRows.error(name);
    MarketSchemas.fits("error", error);
    assertThat(error.at("/errors/0/code").asText()).isEqualTo(code);
    assertThat(error.at("/errors/0/message").asText()).isEqualTo("Sandbox failure");
    assertThat(error.at("/errors/1/code").asText())
        .as("all of them, not the first")
        .isEqualTo(code + "_DETAIL");
    assertThat(MarketRows.puts(MarketPlant.DBS, order)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"401", "500", "503", "cut-before", "cut-after", "half-answer"})
  void whatIsNoRefusalIsSentAgainAsAWhole(String failure) {
    MarketPlant.sandbox().set("fail", "market-identifiers:" + failure + ":2");
    String name = "again-" + order;

    assertThat(
            MarketRows.send(name, document(MarketPlant.DBS, MarketBodies.code(1)))
                .path("status")
                .asText())
        .isEqualTo("OK");

    assertThat(MarketRows.puts(MarketPlant.DBS, order)).hasSizeGreaterThan(2);
    assertThat(MarketPlant.sandbox().market().held(MarketPlant.DBS, order).codes())
        .containsEntry(1L, List.of(MarketBodies.code(1)));
  }

  @Test
  void aKeyThatIsRefusedIsSeenUntilOneIsTaken() {
    String campaign = "market:" + MarketPlant.REVOKED;
    // Each time, until the test has seen it.
    MarketPlant.sandbox().set("fail", "market-identifiers:401:*");
    String name = "revoked-" + order;
    BridgeHere.files()
        .put(
            "market/" + name + ".json",
            document(MarketPlant.REVOKED, MarketBodies.code(1)).toString());

    Patience.await("a refused key").until(() -> tokens.refusal(campaign).isPresent());
    assertThat(tokens.refusal(campaign).orElseThrow())
        .contains("markbridge.market.campaigns." + MarketPlant.REVOKED + ".api-key")
        .doesNotContain(MarketPlant.KEY);
    HealthCheckResponse health = operatorCheck.call();
    assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    assertThat(health.getData().orElseThrow().get("token of " + campaign).toString())
        .contains("refused the key");
    assertThat(loginRefused(campaign)).isEqualTo(1);

    MarketPlant.sandbox().set("fail", "");
    assertThat(MarketRows.ended(name).path("status").asText()).isEqualTo("OK");
    assertThat(tokens.refusal(campaign)).isEmpty();
    assertThat(loginRefused(campaign)).isZero();
  }

  private double loginRefused(String account) {
    return FreshMeters.ofOperator(healths, tokens, limits, preset, settings)
        .get("markbridge.login.refused")
        .tag("account", account)
        .gauge()
        .value();
  }

  @Test
  void aLimitThatIsReachedOpensWhenTheAnswerSays() {
    MarketPlant.sandbox().set("market-period", "2s");
    MarketPlant.sandbox().set("fail", "market-identifiers:429:2");
    try {
      String name = "over-limit-" + order;

      JsonNode status = MarketRows.send(name, document(MarketPlant.DBS, MarketBodies.code(1)));

      assertThat(status.path("status").asText()).isEqualTo("OK");
      assertThat(MarketRows.puts(MarketPlant.DBS, order)).hasSize(3);
    } finally {
      MarketPlant.sandbox().set("market-period", "1h");
    }
  }

  @ParameterizedTest
  @CsvSource({"cut-after, 1", "500-after, 1", "cut-before, 2"})
  void lostBoxesAreComparedBeforeTheyAreSentAgain(String failure, int sent) {
    MarketPlant.sandbox().market().order(MarketPlant.FBS, order, Map.of(1L, 1, 2L, 2));
    MarketPlant.sandbox().set("fail", "market-boxes:" + failure);
    String name = "lost-" + order;

    assertThat(
            MarketRows.send(name, document(MarketPlant.FBS, MarketBodies.code(2)))
                .path("status")
                .asText())
        .isEqualTo("OK");

    assertThat(MarketRows.puts(MarketPlant.FBS, order)).hasSize(sent);
    assertThat(MarketPlant.sandbox().market().held(MarketPlant.FBS, order).puts()).hasSize(1);
    assertThat(MarketRows.reply(name).at("/result/items/0/instances/0/cisFull").asText())
        .isEqualTo(MarketBodies.code(2));
  }

  @Test
  void lostBoxesThatTheListOfCodesDoesNotTellAreSentAgain() {
    MarketPlant.sandbox().market().order(MarketPlant.FBS, order, Map.of(1L, 2));
    MarketPlant.sandbox().set("fail", "market-boxes:cut-after");
    ObjectNode document = document(MarketPlant.FBS, MarketBodies.code(2));
    ((ArrayNode) document.at("/items/0/instances"))
        .addObject()
        .put("gtd", "10702020/060520/0013422");

    assertThat(MarketRows.send("lost-gtd-" + order, document).path("status").asText())
        .isEqualTo("OK");

    assertThat(MarketRows.puts(MarketPlant.FBS, order)).hasSize(2);
  }

  @Test
  void lostBoxesWhoseCodesAnEarlierDocumentBroughtAreSentAgain() {
    MarketPlant.sandbox().market().order(MarketPlant.FBS, order, Map.of(1L, 1, 2L, 4));
    MarketRows.send("counts-" + order + "-4", counted(4));
    MarketPlant.sandbox().set("fail", "market-boxes:cut-before");

    MarketRows.send("counts-" + order + "-5", counted(5));

    assertThat(MarketPlant.sandbox().market().held(MarketPlant.FBS, order).puts())
        .as("the second set has arrived")
        .hasSize(2);
  }

  private ObjectNode counted(int others) {
    ObjectNode document = document(MarketPlant.FBS, MarketBodies.code(2));
    ((ObjectNode) document.at("/items/0")).put("count", 1);
    document.withArray("items").addObject().put("id", 2).put("count", others);
    return document;
  }

  @Test
  void codesThatDoNotPassTheCheckAreToldOneByOne() {
    MarketPlant.sandbox().market().order(MarketPlant.FBS, order, Map.of(1L, 2));
    MarketPlant.sandbox().set("market-invalid-codes", ".*0000004.93Zjqw");
    String name = "invalid-" + order;

    JsonNode status =
        MarketRows.send(
            name, document(MarketPlant.FBS, MarketBodies.code(3), MarketBodies.code(4)));

    assertThat(status.path("status").asText()).isEqualTo("ERROR");
    assertThat(status.at("/bridge/state").asText()).isEqualTo("PARTLY_DONE");
    assertThat(status.at("/items/0/cis"))
        .extracting(one -> one.path("status").asText())
        .containsExactly("OK", "INVALID");
    JsonNode error = MarketRows.error(name);
    assertThat(error.path("errors")).hasSize(1);
    assertThat(error.at("/errors/0/code").asText()).isEqualTo("CIS_NOT_FOUND_IN_GIS_MT");
    assertThat(error.at("/errors/0/message").asText())
        .contains("INVALID", MarketBodies.bare(4), "item 1");
    assertThat(error.toString()).as("the tail is a secret of the goods").doesNotContain("93Zjqw");
    assertThat(timeline(name)).contains("1 OK, 1 INVALID").doesNotContain("93Zjqw");
  }

  @Test
  void anItemThatTheOrderDoesNotHaveIsRefused() {
    MarketPlant.sandbox().market().order(MarketPlant.FBS, order, Map.of(9L, 1));
    String name = "foreign-" + order;

    MarketRows.send(name, document(MarketPlant.FBS, MarketBodies.code(5)));

    assertThat(MarketRows.error(name).at("/errors/0/code").asText()).isEqualTo("NOT_IN_ORDER");
    assertThat(MarketRows.puts(MarketPlant.FBS, order)).isEmpty();
  }

  @Test
  void aDocumentThatCountsEverythingNeedsNoOrder() {
    MarketPlant.sandbox().market().order(MarketPlant.FBS, order, Map.of(1L, 1, 2L, 5));
    ObjectNode whole = document(MarketPlant.FBS, MarketBodies.code(6));
    ((ObjectNode) whole.at("/items/0")).put("count", 1);
    whole.withArray("items").addObject().put("id", 2).put("count", 5);
    String name = "whole-" + order;

    assertThat(MarketRows.send(name, whole).path("status").asText()).isEqualTo("OK");

    assertThat(MarketPlant.proxy().getAllServeEvents())
        .noneMatch(event -> event.getRequest().getUrl().endsWith("/orders/" + order));
    assertThat(MarketRows.reply(name).at("/result/items/0/count").asInt()).isEqualTo(1);
  }

  @Test
  void aMissingItemIsNeverTakenOutOfTheOrder() {
    MarketPlant.sandbox().market().order(MarketPlant.FBS, order, Map.of(1L, 1, 2L, 5));
    ObjectNode part = document(MarketPlant.FBS, MarketBodies.code(7));
    ((ObjectNode) part.at("/items/0")).put("count", 1);
    String name = "part-" + order;

    MarketRows.send(name, part);

    assertThat(MarketRows.error(name).toString()).contains("item 2 is missing");
    assertThat(MarketPlant.sandbox().market().held(MarketPlant.FBS, order).removed()).isZero();
  }

  @Test
  void atMostFourOfACampaignAreOnTheirWayAtOnce() {
    // Until four have met: then no more time is lost.
    MarketPlant.sandbox().set("latency", "3s");
    try {
      for (int number = 0; number < 30; number++) {
        BridgeHere.files()
            .put(
                "market/at-once-" + number + ".json",
                MarketBodies.item(
                        MarketBodies.document(MarketPlant.DBS, 50_000 + number),
                        1,
                        MarketBodies.code(100 + number))
                    .toString());
      }
      Patience.await("four at once")
          .until(() -> MarketPlant.sandbox().market().mostAtOnce(MarketPlant.DBS) == 4);
      MarketPlant.sandbox().set("latency", "20ms");
      for (int number = 0; number < 30; number++) {
        MarketRows.ended("at-once-" + number);
      }
    } finally {
      MarketPlant.sandbox().set("latency", "0ms");
    }
    assertThat(MarketPlant.sandbox().market().mostAtOnce(MarketPlant.DBS)).isEqualTo(4);
    assertThat(MarketPlant.sandbox().market().refused())
        .doesNotContainKey(MarketPlant.DBS + " at once");
  }

  @Test
  void aBodyOverTheLimitIsRefused() {
    String[] codes = new String[12_000];
    for (int number = 0; number < codes.length; number++) {
      codes[number] = MarketBodies.code(number);
    }
    String name = "large-" + order;

    MarketRows.send(name, document(MarketPlant.DBS, codes));

    assertThat(MarketRows.error(name).at("/errors/0/code").asText()).isEqualTo("OVER_LIMIT");
    assertThat(MarketRows.puts(MarketPlant.DBS, order)).isEmpty();
  }

  @Test
  void anotherSetForTheSameOrderIsSent() {
    for (int number = 0; number < 3; number++) {
      // The first set again at the end: no duplicate, for another one came between.
      MarketRows.send(
          "set-" + order + "-" + number,
          document(MarketPlant.DBS, MarketBodies.code(8 + number % 2)));
    }
    assertThat(MarketRows.puts(MarketPlant.DBS, order)).hasSize(3);
    assertThat(MarketPlant.sandbox().market().held(MarketPlant.DBS, order).codes())
        .containsEntry(1L, List.of(MarketBodies.code(8)));
  }

  @Test
  void anOutageOfTheMarketplaceHoldsUpNobodyElse() {
    StubMapping gone =
        MarketPlant.proxy()
            .stubFor(
                put(urlPathMatching("/v2/campaigns/.*"))
                    .atPriority(1)
                    .willReturn(
                        aResponse()
                            .withStatus(503)
                            .withBody(
                                "{\"status\":\"ERROR\",\"errors\":[{\"code\":\"UNAVAILABLE\"}]}")));
    try {
      for (int number = 0; number < 8; number++) {
        BridgeHere.files()
            .put(
                "market/outage-" + number + ".json",
                MarketBodies.item(
                        MarketBodies.document(MarketPlant.DBS, 60_000 + number),
                        1,
                        MarketBodies.code(200 + number))
                    .toString());
      }
      Patience.await("the outage")
          .until(
              () ->
                  MarketPlant.proxy().getAllServeEvents().stream()
                          .filter(event -> gone.equals(event.getStubMapping()))
                          .count()
                      >= 5);
      BridgeHere.files().put("plant/water/beside.http", WireRows.http("GET", "/version", ""));
      BridgeHere.files().await("plant/water/beside.reply.json");
      BridgeHere.files()
          .put(
              "plant/water/beside-order.http", WireRows.http("GET", "/orders?orderId=order-1", ""));
      BridgeHere.files().await("plant/water/beside-order.reply.json");
    } finally {
      MarketPlant.proxy().removeStub(gone);
    }
    for (int number = 0; number < 8; number++) {
      assertThat(MarketRows.ended("outage-" + number).path("status").asText()).isEqualTo("OK");
    }
  }
}
