package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** X rows of the change table: legacy fields that the operator's table does not name. */
final class FurtherRows {
  private FurtherRows() {}

  static Map<String, RowCheck> checks() {
    Map<String, RowCheck> checks = new LinkedHashMap<>();
    checks.put("X1", FurtherRows::contradictingCountries);
    checks.put("X2", FurtherRows::orderWithoutFactory);
    checks.put("X3", FurtherRows::numberOfTheProductionOrder);
    checks.put("X4", FurtherRows::serviceProviderBecomesContractor);
    checks.put("X5", FurtherRows::fieldsOfGroupsGo);
    checks.put("X6", FurtherRows::consentToPaidCodes);
    return checks;
  }

  private static void contradictingCountries() throws Exception {
    OrderRows.site()
        .of(OrderRows.order().put("country", "UZB"))
        .tells("X1", "country", "dropped")
        .sendsNothingOf("country", "UZB");
    JsonNode error = OrderRows.site().refused(OrderRows.order().put("country", "KZ"));
    assertThat(error.at("/fieldErrors/0/errorCode").asInt()).isEqualTo(9105);
    assertThat(error.toString()).contains("factoryCountry");
    JsonNode imported =
        OrderRows.site().refused(OrderRows.order().put("releaseMethodType", "IMPORT"));
    assertThat(imported.at("/fieldErrors/0/errorCode").asInt()).isEqualTo(9105);
    assertThat(imported.at("/fieldErrors/0/fieldName").asText()).isEqualTo("factoryCountry");
  }

  private static void orderWithoutFactory() throws Exception {
    ObjectNode order = OrderRows.order();
    order.remove("factoryId");
    assertThat(OrderRows.site().group("water").of(order).body().path("businessPlaceId").asInt())
        .isEqualTo(17);
    JsonNode error = new Conversion().group("water").refused(order);
    assertThat(error.at("/fieldErrors/0/fieldName").asText()).isEqualTo("businessPlaceId");
    assertThat(error.at("/fieldErrors/0/fieldError").asText()).contains("business-place-id");
  }

  private static void numberOfTheProductionOrder() throws Exception {
    JsonNode number =
        OrderRows.site().of(OrderRows.order().put("poNumber", 123456)).body().path("poNumber");
    assertThat(number.isTextual()).isTrue();
    assertThat(number.asText()).isEqualTo("123456");
    ObjectNode other = OrderRows.order().put("productionOrderId", 77);
    other.remove("poNumber");
    Conversion.Outcome sent = OrderRows.site().of(other);
    assertThat(sent.body().path("poNumber").asText()).isEqualTo("77");
    sent.sendsNothingOf("productionOrderId");
    WireRows.theOrderListTellsTheNumberAgain();
  }

  private static void serviceProviderBecomesContractor() throws Exception {
    ObjectNode order = OrderRows.order().put("serviceProviderId", "sp-1");
    Conversion.Outcome sent =
        OrderRows.site()
            .directory("contractors.csv", "service-provider-id,tin,country", "sp-1,301,UZ")
            .of(order);
    assertThat(sent.body().at("/contractorInfo/contractorTin").asText()).isEqualTo("301");
    assertThat(sent.body().at("/contractorInfo/contractorCountryCode").asText()).isEqualTo("UZ");
    sent.sendsNothingOf("serviceProviderId", "sp-1");
    assertThat(OrderRows.site().refused(order).toString()).contains("sp-1", "contractors.csv");
  }

  private static void fieldsOfGroupsGo() throws Exception {
    ObjectNode order =
        OrderRows.order().put("createMethodType", "SELF_MADE").put("contactPerson", "Aziza");
    OrderRows.product(order).put("mrp", 1250);
    OrderRows.site()
        .of(order.put("colour", "blue"))
        .tells("X5", "createMethodType", "dropped")
        .tells("X5", "contactPerson", "dropped")
        .tells("X5", "products[*].mrp", "dropped")
        .tells("X5", "colour", "dropped")
        .sendsNothingOf("createMethodType", "contactPerson", "Aziza", "mrp", "colour");
  }

  private static void consentToPaidCodes() throws Exception {
    OrderRows.site().of(OrderRows.order()).sendsNothingOf("isPaid");
    assertThat(
            OrderRows.site()
                .setting("is-paid", "true")
                .of(OrderRows.order())
                .body()
                .path("isPaid")
                .isBoolean())
        .isTrue();
  }
}
