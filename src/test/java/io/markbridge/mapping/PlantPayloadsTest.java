package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the programs of plants really write, beside what the legacy guide says. */
class PlantPayloadsTest {
  private static final String GTIN = "04780012345679";
  private static final String CODE =
      "01" + GTIN + "21serial0000001\\u001d91UZF0\\u001d92" + "A".repeat(44);
  private static final String PROVIDER = "8ed74f90-0119-48f2-b289-379707934e2f";

  @TempDir Path directory;
  private MapperHarness harness;

  @BeforeEach
  void harness() {
    harness =
        new MapperHarness(directory)
            .setting("business-place-id", "17")
            .setting("release-type", "PRODUCTION")
            .setting("manufacturer-country", "UZ");
  }

  private List<String> problems(String kind, String json) {
    return catchThrowableOfType(DocumentRejectedException.class, () -> harness.map(kind, json))
        .problems()
        .stream()
        .map(problem -> problem.code() + " " + problem.path())
        .toList();
  }

  private static String order(String product, String fields) {
    return "{\"products\":[{\"gtin\":\"" + GTIN + "\"," + product + "}]" + fields + "}";
  }

  private static String report(String fields) {
    return "{\"sntins\":[\"" + CODE + "\"]," + fields + "}";
  }

  private static String unit(String serial, String... codes) {
    return "{\"unitSerialNumber\":"
        + serial
        + ",\"sntins\":[\""
        + String.join("\",\"", codes)
        + "\"]}";
  }

  private static String units(String... units) {
    return "{\"aggregationUnits\":[" + String.join(",", units) + "]}";
  }

  private static final String OPERATOR = "\"quantity\":2,\"serialNumberType\":\"OPERATOR\"";
  private static final String OWN = "\"quantity\":2,\"serialNumberType\":\"SELF_MADE\"";
  private static final String DATES =
      "\"productionDate\":\"2026-08-17\",\"expirationDate\":\"2028-08-17\"";

  @Test
  void theLineInsideTheWrapperTellsThePlace() throws Exception {
    harness.setting("7:business-place-id", "77");
    assertThat(
            harness
                .map("order", order(OPERATOR, ",\"attributes\":{\"productionLineId\":7}"))
                .body())
        .startsWith("{\"businessPlaceId\":77,");
  }

  @Test
  void reportsHaveTheWrapperToo() throws Exception {
    String json = report("\"attributes\":{\"seriesNumber\":\"S1\"," + DATES + "}");
    assertThat(harness.map("utilisation", json).body()).contains("\"seriesNumber\":\"S1\"");
  }

  @Test
  void whatStatesNothingStatesNothingInAnyCase() throws Exception {
    String json = report(DATES + ",\"seriesNumber\":1,\"usageType\":\"sent_to_printer\"");
    assertThat(harness.map("utilisation", json).bodies()).isEmpty();
    assertThat(
            harness
                .map("utilisation", report("\"attributes\":{\"usageType\":\"PRINTER_LOST\"}"))
                .bodies())
        .isEmpty();
  }

  @Test
  void besideAServiceProviderNoPlaceIsNeededAndNoneIsSent() throws Exception {
    harness.file(
        "config/directories/contractors.csv",
        "service-provider-id,tin,country\n"
            + PROVIDER.toUpperCase(java.util.Locale.ROOT)
            + ",301,UZ\n");
    String json = order(OPERATOR, ",\"serviceProviderId\":\"" + PROVIDER + "\"");
    MapperHarness.Result result = harness.map("order", json);
    assertThat(result.body())
        .contains("\"contractorTin\":\"301\"")
        .doesNotContain("businessPlaceId");
    assertThat(result.document().remembered().get(0).businessPlaceId()).contains(17L);
    assertThat(
            new MapperHarness(directory.resolve("bare"))
                .file(
                    "config/directories/contractors.csv",
                    "service-provider-id,tin,country\n" + PROVIDER + ",301,UZ\n")
                .map("order", json)
                .bodies())
        .hasSize(1);
  }

  @Test
  void oneMistakeIsToldOnce() {
    assertThat(problems("order", order(OPERATOR, ",\"releaseMethodType\":\"DREAMING\"")))
        .containsExactly("VALUE_NOT_ALLOWED $.releaseMethodType");
    assertThat(problems("order", order(OPERATOR, ",\"serviceProviderId\":\"nobody\"")))
        .containsExactly("NOT_IN_DIRECTORY $.serviceProviderId");
    assertThat(problems("order", "{\"products\":[null]}"))
        .containsExactly("FIELD_MALFORMED $.products[0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"a\",\"\"]|FIELD_MALFORMED $.products[0].serialNumbers[1]",
        "[\"a\",\"a\"]|CODE_TWICE $.products[0].serialNumbers[1]",
        "[\"a\"]|VALUES_CONTRADICT $.products[0].serialNumbers",
        "[\"a\",null]|FIELD_MALFORMED $.products[0].serialNumbers[1]",
        "[\"a\",\"a \"]|CODE_TWICE $.products[0].serialNumbers[1]",
        "[\"a\",\"а\"]|FIELD_MALFORMED $.products[0].serialNumbers[1]",
        "[\"a\",\"b c\"]|FIELD_MALFORMED $.products[0].serialNumbers[1]",
      })
  void ownSerialsAreDistinctAndAsManyAsTheQuantity(String serials, String expected) {
    assertThat(problems("order", order(OWN + ",\"serialNumbers\":" + serials, "")))
        .containsExactly(expected);
  }

  @Test
  void blanksAtTheEndsOfOwnSerialsAreNotSent() throws Exception {
    String json = order(OWN + ",\"serialNumbers\":[\"a1 \",\" b2\"]", "");
    assertThat(harness.map("order", json).body()).contains("\"serialNumbers\":[\"a1\",\"b2\"]");
  }

  @Test
  void aCountOfNothingIsCounted() throws Exception {
    String json = units(unit("\"u-1\"", CODE).replaceFirst("\\{", "{\"aggregatedItemsCount\":0,"));
    assertThat(harness.map("aggregation", json).body()).contains("\"aggregationItemsCount\":1,");
  }

  @Test
  void anEntrysFieldIsNotAskedOfTheSideFile() {
    String lacking = "{\"products\":[{" + OPERATOR + "}]}";
    Problem problem =
        catchThrowableOfType(DocumentRejectedException.class, () -> harness.map("order", lacking))
            .problems()
            .get(0);
    assertThat(problem.arguments()).containsEntry("where", "$.products[].gtin");
    harness.given("gtin", GTIN);
    assertThat(problems("order", lacking)).containsExactly("VALUE_NOT_ALLOWED meta.gtin");
  }

  @Test
  void theNumberThatDoesNotCountIsNoted() throws Exception {
    MapperHarness.Result result =
        harness.map("order", order(OPERATOR, ",\"poNumber\":1,\"productionOrderId\":\"P-9\""));
    assertThat(result.body()).contains("\"poNumber\":\"1\"");
    assertThat(result.note("X3", "productionOrderId").orElseThrow().action()).isEqualTo("dropped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "\"abcdefghijklmnopqrstu\""})
  void aSeriesIsATextOfTwentyCharacters(String series) {
    assertThat(problems("utilisation", report(DATES + ",\"seriesNumber\":" + series)))
        .containsExactly("FIELD_MALFORMED $.seriesNumber");
  }

  @Test
  void whatHasExpiredIsRefused() {
    String json =
        "\"productionDate\":\"2025-08-17\",\"expirationDate\":\"2026-01-17\",\"seriesNumber\":1";
    assertThat(problems("utilisation", report(json)))
        .containsExactly("VALUE_NOT_ALLOWED $.expirationDate");
  }

  @Test
  void aSpreadsheetTakesTheZerosOfAGtin() throws Exception {
    harness.file(
        "config/directories/products.csv",
        "gtin;shelf-life-days;shelf-life-months;country;series\n4780012345679;;24;;\n");
    String json = report("\"productionDate\":\"2026-01-31\",\"seriesNumber\":1");
    assertThat(harness.map("utilisation", json).body())
        .contains("\"expirationDate\":\"2028-01-31T00:00:00+05:00\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"48101559000127885", "1e20", "true"})
  void anSsccThatLostDigitsAsANumberIsRefused(String number) {
    assertThat(problems("aggregation", units(unit(number, CODE))))
        .containsExactly("FIELD_MALFORMED $.aggregationUnits[0].unitSerialNumber");
  }

  @Test
  void anSsccOfEighteenDigitsMayBeANumber() throws Exception {
    assertThat(harness.map("aggregation", units(unit("148101559000127885", CODE))).body())
        .contains("\"unitSerialNumber\":\"00148101559000127885\"");
  }

  @Test
  void anOwnFormAsLongAsATobaccoPackKeepsItsEnd() throws Exception {
    String own = "20260817123456-LINE1-00000012";
    String other = "20260817123456-LINE1-00000013";
    List<String> bodies =
        harness
            .map(
                "aggregation",
                units(unit("\"148101559000127885\"", own, other), unit("\"" + own + "\"", CODE)))
            .bodies();
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(0)).contains("\"unitSerialNumber\":\"" + own + "\"");
    assertThat(bodies.get(1)).contains("\"codes\":[\"" + own + "\",\"" + other + "\"]");
  }

  @Test
  void whatIsWrittenForPeopleIsNoUnit() {
    assertThat(problems("aggregation", units(unit("\"(00)048101559000127885\"", CODE))))
        .containsExactly("CODE_MALFORMED $.aggregationUnits[0].unitSerialNumber");
  }
}
