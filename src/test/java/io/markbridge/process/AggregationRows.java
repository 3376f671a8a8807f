package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Section 7 of the change table: what of a legacy aggregation is sent, and what is not. */
final class AggregationRows {
  private AggregationRows() {}

  static Map<String, RowCheck> checks() {
    Map<String, RowCheck> checks = new LinkedHashMap<>();
    checks.put("7.2", AggregationRows::participantOfAnotherIsAnOwnerOrAnError);
    checks.put("7.3", AggregationRows::lineTellsThePlaceAndGoes);
    checks.put("7.4", AggregationRows::dateOfTheDocument);
    checks.put("7.5", AggregationRows::placeIsRequired);
    checks.put("7.6", AggregationRows::unbundledOnlyWhereSaid);
    checks.put("7.7", AggregationRows::typeGoesAndRepackingIsRefused);
    checks.put("7.8", AggregationRows::codesWithoutTails);
    return checks;
  }

  /** An aggregation with every field that the table names. */
  static ObjectNode aggregation() {
    ObjectNode aggregation =
        LegacyBodies.unit(
            LegacyBodies.aggregation(),
            LegacyBodies.sscc(1),
            List.of(LegacyBodies.code(1), LegacyBodies.code(2)));
    return aggregation
        .put("participantId", 301234567)
        .put("productionLineId", "line-7")
        .put("dateDoc", "2026-11-20T08:00:00Z");
  }

  static ObjectNode unit(ObjectNode aggregation) {
    return (ObjectNode) aggregation.path("aggregationUnits").get(0);
  }

  static Conversion site() {
    return new Conversion().setting("business-place-id", "17").tin("301234567");
  }

  private static void participantOfAnotherIsAnOwnerOrAnError() throws Exception {
    site()
        .of(aggregation())
        .tells("7.2", "participantId", "dropped")
        .sendsNothingOf("participantId", "ownerTin", "301234567");
    assertThat(site().tin("309999999").refused(aggregation()).toString())
        .contains("participantId", "301234567");
    JsonNode sent = site().tin("309999999").setting("owner-tin", "allow").of(aggregation()).body();
    assertThat(sent.path("ownerTin").asText()).isEqualTo("301234567");
    assertThat(sent.has("participantId")).isFalse();
  }

  private static void lineTellsThePlaceAndGoes() throws Exception {
    JsonNode sent =
        site()
            .setting("line-7:business-place-id", "33")
            .of(aggregation())
            .tells("7.3", "productionLineId", "dropped")
            .sendsNothingOf("productionLineId", "line-7")
            .body();
    assertThat(sent.path("businessPlaceId").asInt()).isEqualTo(33);
  }

  private static void dateOfTheDocument() throws Exception {
    JsonNode sent =
        site().of(aggregation()).tells("7.4", "dateDoc", "").sendsNothingOf("dateDoc").body();
    assertThat(sent.path("documentDate").asText()).isEqualTo("2026-11-20T13:00:00+05:00");
    ObjectNode without = aggregation();
    without.remove("dateDoc");
    assertThat(site().of(without).body().path("documentDate").asText())
        .isEqualTo("2026-11-21T15:15:30+05:00");
  }

  private static void placeIsRequired() throws Exception {
    assertThat(site().of(aggregation()).body().path("businessPlaceId").isInt()).isTrue();
    JsonNode error = new Conversion().tin("301234567").refused(aggregation());
    assertThat(error.at("/fieldErrors/0/fieldName").asText()).isEqualTo("businessPlaceId");
    assertThat(error.at("/fieldErrors/0/fieldError").asText()).contains("business-place-id");
  }

  private static void unbundledOnlyWhereSaid() throws Exception {
    site().of(aggregation()).sendsNothingOf("shouldBeUnbundled");
    JsonNode sent = site().setting("should-be-unbundled", "true").of(aggregation()).body();
    assertThat(sent.at("/aggregationUnits/0/shouldBeUnbundled").isBoolean()).isTrue();
    assertThat(sent.at("/aggregationUnits/0/shouldBeUnbundled").asBoolean()).isTrue();
    assertThat(sent.has("shouldBeUnbundled")).isFalse();
  }

  private static void typeGoesAndRepackingIsRefused() throws Exception {
    site()
        .of(aggregation())
        .tells("7.7", "aggregationUnits[*].aggregationType", "dropped")
        .sendsNothingOf("aggregationType", "AGGREGATION");
    ObjectNode repacking = aggregation();
    unit(repacking).put("aggregationType", "UPDATE");
    assertThat(site().refused(repacking).toString()).contains("aggregationType", "UPDATE");
  }

  private static void codesWithoutTails() throws Exception {
    JsonNode sent =
        site()
            .of(aggregation())
            .tells("7.8", "aggregationUnits[*].sntins", "renamed")
            .sendsNothingOf("sntins", "UZF0", "\\u001d")
            .body();
    assertThat(sent.at("/aggregationUnits/0/codes"))
        .extracting(JsonNode::asText)
        .containsExactly(LegacyBodies.bare(1), LegacyBodies.bare(2));
  }
}
