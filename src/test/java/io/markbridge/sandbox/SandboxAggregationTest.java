package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxAggregationTest extends SandboxTest {
  private static final String AGGREGATION = "/public/api/v1/doc/aggregation";
  private static final String BOX = "00046000000000000017";
  private static final String PALLET = "00046000000000000024";

  /** Codes without tail that are APPLIED. */
  private List<String> applied(int count) throws IOException {
    List<String> codes = sandbox.issue("pharma", GTIN, count).codes();
    client.posted("/api/utilisation?productGroup=pharma", Client.report(codes));
    later();
    return codes.stream().map(Client::identity).toList();
  }

  private String sent(String document) throws IOException {
    return client.posted(AGGREGATION, Client.wrapped(document)).path("documentId").asText();
  }

  private String ended(String document) throws IOException {
    String id = sent(document);
    later();
    return client.got(Client.STORAGE + "/docs/" + id).path("status").asText();
  }

  private JsonNode firstError() throws IOException {
    List<SandboxJournal.AcceptedDocument> documents = sandbox.journal().documents();
    String id = documents.get(documents.size() - 1).documentId();
    return client.got(Client.STORAGE + "/errors/" + id).path("documentErrors").path(0);
  }

  @Test
  void goesThroughItsStatesByTheClock() throws IOException {
    String id = sent(Client.document(BOX, applied(2)));
    String path = Client.STORAGE + "/docs/" + id;

    assertThat(client.get(path).status()).isEqualTo(404);
    clock.move(Duration.ofMillis(100));
    assertThat(client.got(path).path("status").asText()).isEqualTo("VALIDATING");
    clock.move(Duration.ofMillis(100));
    assertThat(client.got(path).path("status").asText()).isEqualTo("IN_PROCESS");
    clock.move(Duration.ofMillis(100));
    assertThat(client.got(path).path("status").asText()).isEqualTo("SUCCESS");
    assertThat(client.got(path).path("type").asText()).isEqualTo("AGGREGATION");
  }

  @Test
  void boxesGoIntoAPallet() throws IOException {
    List<String> codes = applied(2);

    assertThat(ended(Client.document(BOX, codes))).isEqualTo("SUCCESS");
    assertThat(ended(Client.document(PALLET, List.of(BOX)))).isEqualTo("SUCCESS");

    String body = Client.JSON.writeValueAsString(Map.of("codes", List.of(BOX)));
    JsonNode box = client.posted("/public/api/cod/private/codes", body).path("results").path(0);
    assertThat(box.path("parent").asText()).isEqualTo(PALLET);
    assertThat(box.path("children").path(1).asText()).isEqualTo(codes.get(1));
  }

  @Test
  void someBadCodesMakeItPartlyProcessed() throws IOException {
    List<String> codes = applied(1);
    String fresh = Client.identity(sandbox.issue("pharma", GTIN, 1).codes().get(0));

    assertThat(ended(Client.document(BOX, List.of(codes.get(0), fresh))))
        .isEqualTo("PARTIALLY_PROCESSED");

    JsonNode error = firstError();
    assertThat(error.path("errorCode").asText()).isEqualTo("code-not-applied");
    assertThat(error.path("propertyName").asText()).isEqualTo("aggregationUnits[0].codes[1]");
    assertThat(error.path("errorTags").path("code").asText()).isEqualTo(fresh);
  }

  @Test
  void codesInAnotherUnitAndUnitsMadeBeforeAreRefusedAndNoted() throws IOException {
    List<String> codes = applied(3);
    ended(Client.document(BOX, codes.subList(0, 2)));

    assertThat(ended(Client.document(PALLET, codes.subList(0, 1)))).isEqualTo("ERROR");
    assertThat(firstError().path("errorCode").asText()).isEqualTo("code-already-aggregated");
    assertThat(ended(Client.document(BOX, codes.subList(2, 3)))).isEqualTo("ERROR");
    assertThat(firstError().path("errorCode").asText()).isEqualTo("unit-already-exists");
    assertThat(sandbox.journal().duplicateCounts())
        .containsEntry(Duplicate.Kind.CODE_PACKED, 1L)
        .containsEntry(Duplicate.Kind.UNIT, 1L);
  }

  @Test
  void tailsUnknownCodesAndBareSsccAreRefused() throws IOException {
    String full = sandbox.issue("pharma", GTIN, 1).codes().get(0);

    ended(Client.document(BOX, List.of(full)));
    assertThat(firstError().path("errorCode").asText()).isEqualTo("code-with-crypto-tail");
    ended(Client.document(BOX, List.of("01" + GTIN + "21abcdefghijklm")));
    assertThat(firstError().path("errorCode").asText()).isEqualTo("code-not-issued");
    ended(Client.document(BOX.substring(2), applied(1)));
    assertThat(firstError().path("errorCode").asText()).isEqualTo("unit-malformed");
    sandbox.set("unknown-codes", "accept");
    assertThat(ended(Client.document(BOX, List.of("01" + GTIN + "21abcdefghijklm"))))
        .isEqualTo("SUCCESS");
  }

  @Test
  void tobaccoPacksHaveTailsOfTheirOwn() throws IOException {
    List<String> codes = sandbox.issue("tobacco", GTIN, 2).codes();
    client.posted("/api/utilisation?productGroup=tobacco", Client.report(codes));
    later();

    assertThat(ended(Client.document(BOX, codes))).isEqualTo("ERROR");
    assertThat(firstError().path("errorCode").asText()).isEqualTo("code-with-crypto-tail");
    assertThat(ended(Client.document(BOX, codes.stream().map(Client::identity).toList())))
        .isEqualTo("SUCCESS");
  }

  @Test
  void limitsOfUnits() throws IOException {
    List<String> codes = applied(3);
    sandbox.set("maximum-unit-codes", "2");
    assertThat(ended(Client.document(BOX, codes))).isEqualTo("ERROR");
    assertThat(firstError().path("errorCode").asText()).isEqualTo("too-many-codes-in-unit");
    sandbox.set("maximum-unit-codes", "3");
    sandbox.set("maximum-units", "0");
    assertThat(ended(Client.document(BOX, codes))).isEqualTo("ERROR");
    assertThat(firstError().path("errorCode").asText()).isEqualTo("too-many-units");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sntins", "aggregationType", "aggregatedItemsCount", "participantId", "z"})
  void legacyAndUnknownNames(String name) throws IOException {
    String unit = Client.document(BOX, List.of("a"));
    String inUnit = unit.replace("\"unitSerialNumber\"", "\"" + name + "\":1,\"unitSerialNumber\"");
    String atRoot = "{\"" + name + "\":1," + unit.substring(1);

    for (String document : new String[] {inUnit, atRoot}) {
      Client.Got got = client.post(AGGREGATION, Client.wrapped(document));
      assertThat(got.status()).as(document).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"businessPlaceId\":17,",
        "\"aggregationItemsCount\":2,",
        "\"aggregationUnitCapacity\":2,",
        "\"codes\":[\"a\"],"
      })
  void requiredFields(String field) throws IOException {
    String document = Client.document(BOX, List.of("a")).replace(field, "");

    assertThat(client.post(AGGREGATION, Client.wrapped(document)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // keys not sorted, at the root and in a unit
        "{\"businessPlaceId\":17,\"aggregationUnits\":[U],\"documentDate\":\"D\"}"
            + "|aggregationUnits",
        "{\"aggregationUnits\":[U],\"documentDate\":\"D\",\"businessPlaceId\":17}"
            + "|businessPlaceId",
        // spaces, escapes beyond ASCII, a date without zone
        "{\"aggregationUnits\":[U], \"businessPlaceId\":17,\"documentDate\":\"D\"}|documentBody",
        "{\"aggregationUnits\":[U],\"businessPlaceId\":17,\"documentDate\":\"D\","
            + "\"productionOrderId\":\"\\u0430\"}|documentBody",
        "{\"aggregationUnits\":[U],\"businessPlaceId\":17,\"documentDate\":"
            + "\"2026-03-01T09:00:00\"}|documentDate",
        "{\"aggregationUnits\":[U],\"businessPlaceId\":\"17\",\"documentDate\":\"D\"}"
            + "|businessPlaceId",
        "{\"aggregationUnits\":[U],\"businessPlaceId\":17,\"documentDate\":\"D\"}x|documentBody"
      })
  void formIsRefusedAtOnce(String template, String parameter) throws IOException {
    String document =
        template
            .replace("[U]", "[" + Client.unit(BOX, List.of("a")) + "]")
            .replace("\"D\"", "\"2026-03-01T09:00:00Z\"");

    refused(client.post(AGGREGATION, Client.wrapped(document)), parameter);
  }

  @Test
  void wrapperIsStrict() throws IOException {
    String document = Client.document(BOX, applied(1));
    String wrapped = Client.wrapped(document);

    refused(client.post(AGGREGATION, document), "aggregationUnits");
    refused(client.post(AGGREGATION, "{}"), "documentBody");
    refused(client.post(AGGREGATION, "{\"documentBody\":\"a-b_\"}"), "documentBody");
    refused(client.post(AGGREGATION, wrapped.replaceFirst("eyJ", "ey J")), "documentBody");
    refused(client.post(AGGREGATION, wrapped.replaceFirst("\"eyJh", "\"eyJh ")), "documentBody");
    refused(client.post(AGGREGATION, wrapped.replaceFirst("eyJ", "\\\\neyJ")), "documentBody");
    refused(client.post(AGGREGATION, wrapped.replaceAll("=*\"}$", "A\"}")), "documentBody");
    refused(client.post(AGGREGATION, wrapped.replace("{", "{\"omsId\":\"1\",")), "omsId");
    String signed = wrapped.replace("}", ",\"signature\":\"c2ln\"}");
    assertThat(client.post(AGGREGATION, signed).status()).isEqualTo(200);
  }

  @Test
  void codesCanBeRefusedByASwitch() throws IOException {
    sandbox.set("unknown-codes", "accept");
    sandbox.set("reject-codes", "bad$");

    assertThat(ended(Client.document(BOX, List.of("good", "bad"))))
        .isEqualTo("PARTIALLY_PROCESSED");
    assertThat(sandbox.journal().documents().get(0).acceptedCodes()).isEqualTo(1);
  }
}
