package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Section 3 of the change table: what of a legacy order is sent, and what is not. */
final class OrderRows {
  private OrderRows() {}

  static Map<String, RowCheck> checks() {
    Map<String, RowCheck> checks = new LinkedHashMap<>();
    checks.put("3.1", OrderRows::wayOfReleaseBecomesWayOfMarking);
    checks.put("3.2", OrderRows::templateTellsTheCodeTypeAndGoes);
    checks.put("3.3", () -> dropped("3.3", "products[*].stickerId", "sticker-19"));
    checks.put("3.4", OrderRows::factoryBecomesPlace);
    checks.put("3.5", () -> dropped("3.5", "factoryName", "Zavod One"));
    checks.put("3.6", () -> dropped("3.6", "factoryAddress", "Amir Temur 1"));
    checks.put("3.7", () -> dropped("3.7", "factoryCountry", "Uzbekistan"));
    checks.put("3.8", OrderRows::lineTellsItsPlaceAndGoes);
    checks.put("3.9", () -> dropped("3.9", "productCode", "code-6789"));
    checks.put("3.10", () -> dropped("3.10", "productDescription", "Tablets of 20"));
    checks.put("3.11", () -> dropped("3.11", "expectedStartDate", "2026-12-01"));
    return checks;
  }

  /** An order with every field that the table names. */
  static ObjectNode order() {
    ObjectNode order = LegacyBodies.order("PO-77", 20);
    order
        .put("factoryId", "F-7")
        .put("factoryName", "Zavod One")
        .put("factoryAddress", "Amir Temur 1")
        .put("factoryCountry", "Uzbekistan")
        .put("productionLineId", 3)
        .put("productCode", "code-6789")
        .put("productDescription", "Tablets of 20")
        .put("expectedStartDate", "2026-12-01");
    product(order).put("templateId", 5).put("stickerId", "sticker-19");
    return order;
  }

  static ObjectNode product(ObjectNode order) {
    return (ObjectNode) order.path("products").get(0);
  }

  static Conversion site() {
    return new Conversion().setting("business-place-id", "17");
  }

  private static void dropped(String row, String legacy, String value) throws Exception {
    String name = legacy.substring(legacy.lastIndexOf('.') + 1);
    site().of(order()).tells(row, legacy, "dropped").sendsNothingOf(name, value);
  }

  private static void wayOfReleaseBecomesWayOfMarking() throws Exception {
    Map<String, String> marking =
        Map.of(
            "PRODUCTION",
            "PRIMARY",
            "IMPORT",
            "PRIMARY",
            "REMAINS",
            "REMAINS",
            "REMARK",
            "REMARK",
            "COMMISSION",
            "COMISSION");
    for (Map.Entry<String, String> way : marking.entrySet()) {
      // Imported goods are foreign: the order of others is refused.
      String country = way.getKey().equals("IMPORT") ? "DEU" : "Uzbekistan";
      ObjectNode order =
          order().put("releaseMethodType", way.getKey()).put("factoryCountry", country);
      JsonNode sent = site().of(order).body();
      assertThat(sent.path("releaseMethodType").asText()).isEqualTo(way.getValue());
      assertThat(sent.has("releaseType")).isFalse();
    }
    ObjectNode without = order();
    without.remove("releaseMethodType");
    assertThat(site().of(without).body().path("releaseMethodType").asText()).isEqualTo("PRIMARY");
    assertThat(site().refused(order().put("releaseMethodType", "DREAMING")).toString())
        .contains("DREAMING", "releaseMethodType");
  }

  private static void templateTellsTheCodeTypeAndGoes() throws Exception {
    dropped("3.2", "products[*].templateId", "\"templateId\"");
    for (Map.Entry<Integer, String> template :
        Map.of(3, "GROUP", 17, "GROUP", 5, "UNIT").entrySet()) {
      ObjectNode order = order();
      product(order).put("templateId", template.getKey());
      assertThat(site().of(order).body().at("/products/0/cisType").asText())
          .isEqualTo(template.getValue());
    }
    ObjectNode said = order();
    product(said).put("templateId", 3).put("cisType", "UNIT");
    assertThat(site().of(said).body().at("/products/0/cisType").asText()).isEqualTo("UNIT");
  }

  private static void factoryBecomesPlace() throws Exception {
    JsonNode sent =
        site()
            .directory("business-places.csv", "factory-id,business-place-id", "F-7,41")
            .of(order())
            .tells("3.4", "factoryId", "dropped")
            .sendsNothingOf("factoryId", "F-7")
            .body();
    assertThat(sent.path("businessPlaceId").isIntegralNumber()).isTrue();
    assertThat(sent.path("businessPlaceId").asInt()).isEqualTo(41);
    assertThat(
            site()
                .directory("business-places.csv", "factory-id,business-place-id", "F-8,41")
                .refused(order())
                .toString())
        .contains("F-7", "business-places.csv");
  }

  private static void lineTellsItsPlaceAndGoes() throws Exception {
    dropped("3.8", "productionLineId", "\"productionLineId\"");
    assertThat(
            site()
                .setting("3:business-place-id", "33")
                .of(order())
                .body()
                .path("businessPlaceId")
                .asInt())
        .isEqualTo(33);
  }
}
