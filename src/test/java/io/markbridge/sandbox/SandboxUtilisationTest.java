package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxUtilisationTest extends SandboxTest {
  private static final String PHARMA = "/api/utilisation?productGroup=pharma";

  private JsonNode ended(List<String> codes) throws IOException {
    return ended(PHARMA, codes);
  }

  private JsonNode ended(String path, List<String> codes) throws IOException {
    String id = client.posted(path, Client.report(codes)).path("reportId").asText();
    assertThat(status(id).path("reportStatus").asText()).isEqualTo("IN_PROCESS");
    later();
    return status(id);
  }

  private JsonNode status(String id) throws IOException {
    return client.got("/api/utilisation/" + id);
  }

  private ObjectNode report() throws IOException {
    List<String> codes = sandbox.issue("pharma", GTIN, 2).codes();
    return (ObjectNode) Client.JSON.readTree(Client.report(codes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pharma", "tobacco", "alcohol", "milk", "appliances"})
  void goodReportSucceeds(String group) throws IOException {
    List<String> codes = sandbox.issue(group, GTIN, 3).codes();

    JsonNode status = ended("/api/utilisation?productGroup=" + group, codes);

    assertThat(status.path("reportStatus").asText()).as("%s", status).isEqualTo("SUCCESS");
    assertThat(sandbox.journal().reports())
        .singleElement()
        .satisfies(report -> assertThat(report.codes()).isEqualTo(3));
  }

  @Test
  void oneBadCodeFailsTheWholeReport() throws IOException {
    List<String> codes = sandbox.issue("pharma", GTIN, 3).codes();
    String strange = codes.get(0).replace("91UZF0", "91UZF1");

    JsonNode failed = ended(List.of(codes.get(1), strange));
    JsonNode next = ended(codes);

    assertThat(failed.path("reportStatus").asText()).isEqualTo("ERROR");
    assertThat(failed.path("rejectReason").asText()).startsWith("code-not-issued");
    assertThat(next.path("reportStatus").asText()).isEqualTo("SUCCESS");
  }

  @Test
  void secondReportOfTheSameCodesFailsAndIsNoted() throws IOException {
    List<String> codes = sandbox.issue("pharma", GTIN, 2).codes();
    ended(codes);

    JsonNode second = ended(codes.subList(0, 1));

    assertThat(second.path("rejectReason").asText()).startsWith("code-already-applied");
    assertThat(sandbox.journal().duplicateCounts())
        .containsEntry(Duplicate.Kind.CODE_REPORTED, 1L)
        .doesNotContainKey(Duplicate.Kind.UTILISATION);
  }

  @Test
  void equalReportsAreNoted() throws IOException {
    List<String> codes = sandbox.issue("pharma", GTIN, 2).codes();
    ended(codes);
    ended(codes);

    assertThat(sandbox.journal().duplicateCounts()).containsEntry(Duplicate.Kind.UTILISATION, 1L);
  }

  @Test
  void codesOfAnotherGroupOrWithoutTailOrTwiceFail() throws IOException {
    List<String> codes = sandbox.issue("water", GTIN, 2).codes();
    List<String> pharma = sandbox.issue("pharma", GTIN, 1).codes();

    assertThat(ended(codes).path("rejectReason").asText())
        .startsWith("code-of-other-product-group");
    assertThat(ended(List.of(Client.identity(pharma.get(0)))).path("rejectReason").asText())
        .startsWith("code-without-crypto-tail");
    assertThat(ended(List.of(pharma.get(0), pharma.get(0))).path("rejectReason").asText())
        .startsWith("code-twice-in-report");
  }

  @Test
  void codesNeverTakenAreNotIssued() throws IOException {
    String order =
        client.posted("/api/orders", Client.order("pharma", GTIN, 10)).path("orderId").asText();
    later();
    client.got("/api/codes?orderId=" + order + "&gtin=" + GTIN + "&quantity=2");
    String taken = CodeMint.full("pharma", "UNIT", GTIN, CodeMint.serial(GTIN, 1, 13));
    String waiting = CodeMint.full("pharma", "UNIT", GTIN, CodeMint.serial(GTIN, 2, 13));

    assertThat(ended(List.of(waiting)).path("rejectReason").asText()).startsWith("code-not-issued");
    assertThat(ended(List.of(taken)).path("reportStatus").asText()).isEqualTo("SUCCESS");
    sandbox.set("unknown-codes", "accept");
    assertThat(ended(List.of(waiting)).path("reportStatus").asText()).isEqualTo("SUCCESS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "businessPlaceId",
        "releaseType",
        "manufacturerCountry",
        "productionDate",
        "expirationDate",
        "seriesNumber",
        "sntins"
      })
  void requiredFields(String name) throws IOException {
    ObjectNode body = report();
    body.remove(name);

    refused(client.post(PHARMA, body.toString()), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"usageType", "productionLineId", "brandcode", "sourceReportId", "x"})
  void legacyAndUnknownFields(String name) throws IOException {
    refused(client.post(PHARMA, report().put(name, "1").toString()), name);
  }

  @ParameterizedTest
  @CsvSource({
    "releaseType, REMAINS",
    "manufacturerCountry, UZB",
    "manufacturerCountry, XX",
    "productionDate, 2026-03-01T10:00:01Z",
    "productionDate, 2026-03-02",
    "productionDate, 2026-02-01T00:00:00",
    "expirationDate, 2026-03-01T10:00:00Z",
    "seriesNumber, 123456789012345678901",
    "businessPlaceId, seventeen"
  })
  void wrongValues(String name, String value) throws IOException {
    refused(client.post(PHARMA, report().put(name, value).toString()), name);
  }

  @ParameterizedTest
  @CsvSource({
    "any, 2026-02-01, 200",
    "date, 2026-02-01, 200",
    "date-time, 2026-02-01, 400",
    "date-time, 2026-02-01T00:00:00+05:00, 200"
  })
  void formOfDatesIsASwitch(String form, String date, int status) throws IOException {
    sandbox.set("date-form", form);
    ObjectNode body = report().put("productionDate", date);
    if (form.equals("date")) {
      body.put("expirationDate", "2099-01-01");
    }

    assertThat(client.post(PHARMA, body.toString()).status()).isEqualTo(status);
  }

  @Test
  void datesAndSeriesFollowTheGroup() throws IOException {
    ObjectNode body = report();
    body.remove(List.of("productionDate", "expirationDate", "seriesNumber"));

    assertThat(client.post("/api/utilisation?productGroup=appliances", body.toString()).status())
        .isEqualTo(200);
    refused(client.post("/api/utilisation?productGroup=water", body.toString()), "productionDate");
  }

  @Test
  void groupComesInTheQueryOrInTheBody() throws IOException {
    refused(client.post("/api/utilisation", report().toString()), "productGroup");
    sandbox.set("utilisation-group-in", "body");
    refused(client.post(PHARMA, report().toString()), "productGroup");
    ObjectNode body = report().put("productGroup", "pharma");
    assertThat(client.post("/api/utilisation", body.toString()).status()).isEqualTo(200);
  }

  @Test
  void atMostThirtyThousandCodes() throws IOException {
    sandbox.set("unknown-codes", "accept");

    refused(client.post(PHARMA, Client.report(Collections.nCopies(30_001, "c"))), "sntins");
    assertThat(client.post(PHARMA, Client.report(Collections.nCopies(30_000, "c"))).status())
        .isEqualTo(200);
  }

  @Test
  void reportIsADocumentToo() throws IOException {
    List<String> codes = sandbox.issue("pharma", GTIN, 2).codes();
    String id = client.posted(PHARMA, Client.report(codes)).path("reportId").asText();
    later();

    JsonNode info = client.got(Client.STORAGE + "/docs/search?types=UTILISATION");
    JsonNode states = client.got(Client.STORAGE + "/docs/" + id + "/codes");

    assertThat(info.path("documentInfos").path(0).path("documentId").asText()).isEqualTo(id);
    assertThat(states).hasSize(2);
    assertThat(states.path(1).path("state").asText()).isEqualTo("SUCCESS");
    assertThat(client.got(Client.STORAGE + "/json/" + id).path("sntins")).hasSize(2);
  }
}
