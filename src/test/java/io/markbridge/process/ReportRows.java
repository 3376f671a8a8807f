package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Section 6 of the change table: what of a legacy utilisation report is sent, and what is not. */
final class ReportRows {
  private ReportRows() {}

  static Map<String, RowCheck> checks() {
    Map<String, RowCheck> checks = new LinkedHashMap<>();
    checks.put("6.1", ReportRows::usageTypesThatStateNothing);
    checks.put("6.2", ReportRows::lineTellsThePlaceAndGoes);
    checks.put("6.3", () -> dropped("6.3", "brandcode", "brand-9"));
    checks.put("6.4", () -> dropped("6.4", "sourceReportId", "source-9"));
    checks.put("6.5", ReportRows::releaseTypeIsNeverGuessed);
    checks.put("6.6", ReportRows::countryIsIso);
    checks.put("6.7", ReportRows::placeIsANumber);
    checks.put("6.8", ReportRows::productionDateIsADayOfThePlant);
    checks.put("6.9", ReportRows::expirationDateFromShelfLife);
    checks.put("6.10", ReportRows::seriesForSomeGroups);
    return checks;
  }

  /** A report with every field that the table names. */
  static ObjectNode report() {
    return LegacyBodies.report(List.of(LegacyBodies.code(1)))
        .put("usageType", "VERIFIED")
        .put("productionLineId", "line-7")
        .put("brandcode", "brand-9")
        .put("sourceReportId", "source-9")
        .put("productionDate", "2026-08-17T00:00:00Z")
        .put("expirationDate", "2028-08-17")
        .put("seriesNumber", "S-12");
  }

  static Conversion site() {
    return new Conversion()
        .setting("business-place-id", "17")
        .setting("release-type", "PRODUCTION")
        .setting("manufacturer-country", "UZ");
  }

  private static void dropped(String row, String name, String value) throws Exception {
    site().of(report()).tells(row, name, "dropped").sendsNothingOf(name, value);
  }

  private static ObjectNode without(String name) {
    ObjectNode report = report();
    report.remove(name);
    return report;
  }

  private static void requires(Conversion site, JsonNode report, String field) throws Exception {
    JsonNode error = site.refused(report);
    assertThat(error.path("success").asBoolean(true)).isFalse();
    assertThat(error.path("fieldErrors"))
        .anySatisfy(
            one -> {
              assertThat(one.path("fieldName").asText()).isEqualTo(field);
              assertThat(one.path("errorCode").asInt()).isEqualTo(9101);
            });
  }

  private static void usageTypesThatStateNothing() throws Exception {
    dropped("6.1", "usageType", "VERIFIED");
    for (String silent : List.of("SENT_TO_PRINTER", "PRINTER_LOST")) {
      site().statesNothing(report().put("usageType", silent));
    }
    site().setting("report-on", "VERIFIED").statesNothing(report().put("usageType", "PRINTED"));
    assertThat(site().of(without("usageType")).body().path("sntins")).hasSize(1);
    assertThat(site().refused(report().put("usageType", "GUESSED")).toString()).contains("GUESSED");
  }

  private static void lineTellsThePlaceAndGoes() throws Exception {
    dropped("6.2", "productionLineId", "line-7");
    assertThat(
            site()
                .setting("line-7:business-place-id", "33")
                .of(report())
                .body()
                .path("businessPlaceId")
                .asInt())
        .isEqualTo(33);
  }

  private static void releaseTypeIsNeverGuessed() throws Exception {
    Map<String, String> types =
        Map.of("PRODUCTION", "PRODUCTION", "REMAINS", "CIRCULATION", "COMMISSION", "CIRCULATION");
    for (Map.Entry<String, String> type : types.entrySet()) {
      assertThat(
              site()
                  .of(report().put("releaseType", type.getKey()))
                  .body()
                  .path("releaseType")
                  .asText())
          .isEqualTo(type.getValue());
    }
    assertThat(site().given("releaseType", "REMAINS").of(report()).body().path("releaseType"))
        .isEqualTo(com.fasterxml.jackson.databind.node.TextNode.valueOf("CIRCULATION"));
    requires(
        new Conversion().setting("business-place-id", "17").setting("manufacturer-country", "UZ"),
        report(),
        "releaseType");
    WireRows.theOrderTellsWhatItsReportLacks("releaseType", "IMPORT");
  }

  private static void countryIsIso() throws Exception {
    for (String said : List.of("UZ", "UZB", "860", "Узбекистан", "Uzbekistan")) {
      assertThat(
              site()
                  .of(report().put("manufacturerCountry", said))
                  .body()
                  .path("manufacturerCountry")
                  .asText())
          .as(said)
          .isEqualTo("UZ");
    }
    Conversion bare =
        new Conversion().setting("business-place-id", "17").setting("release-type", "PRODUCTION");
    requires(bare, report(), "manufacturerCountry");
    assertThat(
            bare.directory("products.csv", "gtin,country", LegacyBodies.GTIN + ",UZB")
                .of(report())
                .body()
                .path("manufacturerCountry")
                .asText())
        .isEqualTo("UZ");
    WireRows.theOrderTellsWhatItsReportLacks("manufacturerCountry", "DE");
  }

  private static void placeIsANumber() throws Exception {
    assertThat(
            site().of(report().put("businessPlaceId", "21")).body().path("businessPlaceId").isInt())
        .isTrue();
    requires(
        new Conversion()
            .setting("release-type", "PRODUCTION")
            .setting("manufacturer-country", "UZ"),
        report(),
        "businessPlaceId");
    WireRows.theOrderTellsWhatItsReportLacks("businessPlaceId", "41");
  }

  private static void productionDateIsADayOfThePlant() throws Exception {
    for (String said : List.of("2026-08-17", "17.08.2026", "2026-08-17T00:00:00Z")) {
      assertThat(
              site()
                  .of(report().put("productionDate", said))
                  .body()
                  .path("productionDate")
                  .asText())
          .isEqualTo("2026-08-17T00:00:00+05:00");
    }
    requires(site(), without("productionDate"), "productionDate");
  }

  private static void expirationDateFromShelfLife() throws Exception {
    requires(site(), without("expirationDate"), "expirationDate");
    assertThat(
            site()
                .directory("products.csv", "gtin,shelf-life-months", LegacyBodies.GTIN + ",24")
                .of(without("expirationDate"))
                .body()
                .path("expirationDate")
                .asText())
        .isEqualTo("2028-08-17T00:00:00+05:00");
    assertThat(site().of(report()).body().path("expirationDate").asText())
        .isEqualTo("2028-08-17T00:00:00+05:00");
  }

  private static void seriesForSomeGroups() throws Exception {
    requires(site(), without("seriesNumber"), "seriesNumber");
    assertThat(site().of(report()).body().path("seriesNumber").asText()).isEqualTo("S-12");
    assertThat(site().group("water").of(without("seriesNumber")).body().has("seriesNumber"))
        .isFalse();
  }
}
