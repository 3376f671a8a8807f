package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxOrdersTest extends SandboxTest {
  private static final String ORDERS = "/api/orders";
  private static final String SUB_ORDERS = "/api/orders/sub-orders";

  private String order() throws IOException {
    return client.posted(ORDERS, Client.order("pharma", GTIN, 10)).path("orderId").asText();
  }

  private JsonNode info(String orderId) throws IOException {
    return client.got(ORDERS + "?orderId=" + orderId).path("orderInfos").path(0);
  }

  @Test
  void becomesReadyByTheClock() throws IOException {
    String id = order();

    assertThat(info(id).path("orderStatus").asText()).isEqualTo("CREATED");
    clock.move(Duration.ofMillis(150));
    assertThat(info(id).path("orderStatus").asText()).isEqualTo("PENDING");
    clock.move(Duration.ofMillis(150));
    assertThat(info(id).path("orderStatus").asText()).isEqualTo("READY");
    assertThat(info(id).path("createDate").asText()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(info(id).path("poNumber").asText()).isEqualTo("PO-1");
    assertThat(info(id).has("omsId")).isFalse();
  }

  @Test
  void isRejectedByASwitch() throws IOException {
    sandbox.set("order-outcome", "REJECTED");
    String id = order();
    later();

    assertThat(info(id).path("orderStatus").asText()).isEqualTo("REJECTED");
    assertThat(info(id).path("rejectionReason").asText()).isNotEmpty();
    JsonNode sub = client.got(SUB_ORDERS + "?orderId=" + id).path("subOrderInfos").path(0);
    assertThat(sub.path("bufferStatus").asText()).isEqualTo("REJECTED");
  }

  @Test
  void paidGtinNeedsConsent() throws IOException {
    sandbox.set("paid-gtins", GTIN);
    String without = order();
    ObjectNode body = (ObjectNode) Client.JSON.readTree(Client.order("pharma", GTIN, 10));
    String with =
        client.posted(ORDERS, body.put("isPaid", true).toString()).path("orderId").asText();
    later();

    assertThat(info(without).path("orderStatus").asText()).isEqualTo("REJECTED");
    assertThat(info(with).path("orderStatus").asText()).isEqualTo("READY");
  }

  @Test
  void twoOrdersWithOnePoNumberAreTwoAndAreNoted() throws IOException {
    String first = order();
    String second = order();

    assertThat(client.got(ORDERS + "?poNumber=PO-1").path("orderInfos")).hasSize(2);
    assertThat(sandbox.journal().duplicates())
        .containsExactly(
            new Duplicate(
                Duplicate.Kind.ORDER,
                sandbox.journal().orders().get(0).contentHash(),
                first,
                second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"productGroup", "businessPlaceId", "releaseMethodType", "products"})
  void requiredFields(String name) throws IOException {
    ObjectNode body = (ObjectNode) Client.JSON.readTree(Client.order("pharma", GTIN, 10));
    body.remove(name);

    refused(client.post(ORDERS, body.toString()), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gtin", "quantity", "serialNumberType", "cisType"})
  void requiredFieldsOfAProduct(String name) throws IOException {
    ObjectNode body = (ObjectNode) Client.JSON.readTree(Client.order("pharma", GTIN, 10));
    ((ObjectNode) body.path("products").path(0)).remove(name);

    refused(client.post(ORDERS, body.toString()), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"factoryId", "omsId", "attributes", "productionLineId", "productCode", "other"})
  void legacyAndUnknownFields(String name) throws IOException {
    ObjectNode body = (ObjectNode) Client.JSON.readTree(Client.order("pharma", GTIN, 10));

    refused(client.post(ORDERS, body.put(name, "1").toString()), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"templateId", "stickerId", "mrp"})
  void legacyFieldsOfAProduct(String name) throws IOException {
    ObjectNode body = (ObjectNode) Client.JSON.readTree(Client.order("pharma", GTIN, 10));
    ((ObjectNode) body.path("products").path(0)).put(name, 5);

    refused(client.post(ORDERS, body.toString()), name);
  }

  @ParameterizedTest
  @CsvSource({
    "businessPlaceId, \"17\", businessPlaceId",
    "releaseMethodType, \"PRODUCTION\", releaseMethodType",
    "releaseMethodType, \"COMMISSION\", releaseMethodType",
    "isPaid, \"true\", isPaid",
    "products, [], products"
  })
  void wrongValues(String name, String value, String parameter) throws IOException {
    ObjectNode body = (ObjectNode) Client.JSON.readTree(Client.order("pharma", GTIN, 10));
    body.set(name, Client.JSON.readTree(value));

    refused(client.post(ORDERS, body.toString()), parameter);
  }

  @ParameterizedTest
  @CsvSource({
    "gtin, \"4780000000017\"",
    "quantity, 0",
    "cisType, \"BUNDLE\"",
    "serialNumbers, [\"A\"]"
  })
  void wrongValuesOfAProduct(String name, String value) throws IOException {
    ObjectNode body = (ObjectNode) Client.JSON.readTree(Client.order("pharma", GTIN, 10));
    ((ObjectNode) body.path("products").path(0)).set(name, Client.JSON.readTree(value));

    refused(client.post(ORDERS, body.toString()), name);
  }

  @Test
  void ownSerialNumbersMakeTheCodes() throws IOException {
    String body =
        Client.order("water", GTIN, 2)
            .replace("\"OPERATOR\"", "\"SELF_MADE\",\"serialNumbers\":[\"abcdefghijklm\",\"B+=\"]");
    String id = client.posted(ORDERS, body).path("orderId").asText();
    later();

    JsonNode codes =
        client.got("/api/codes?orderId=" + id + "&gtin=" + GTIN + "&quantity=2").path("codes");

    assertThat(codes.path(0).asText()).startsWith("01" + GTIN + "21abcdefghijklm\u001d93");
    assertThat(codes.path(1).asText()).startsWith("01" + GTIN + "21B+=\u001d93");
    refused(client.post(ORDERS, body), "serialNumbers");
  }

  @Test
  void brokenJsonIsRefusedNotAnswered500() throws IOException {
    for (String body : new String[] {"", "{", "[]", "{\"products\":[{]}", "{}{}", "null", "1"}) {
      assertThat(client.post(ORDERS, body).status()).as(body).isEqualTo(400);
    }
  }

  @Test
  void ordersAreFilteredAndPaged() throws IOException {
    String first = order();
    clock.move(Duration.ofMinutes(1));
    String second = order();
    client.posted(ORDERS, Client.order("water", GTIN, 1));

    assertThat(client.got(ORDERS + "?productGroup=water").path("orderInfos")).hasSize(1);
    assertThat(client.got(ORDERS + "?status=READY").path("orderInfos")).hasSize(1);
    assertThat(client.got(ORDERS + "?dateFrom=2026-03-01T10:00:30Z").path("orderInfos")).hasSize(2);
    assertThat(client.got(ORDERS + "?dateTo=2026-03-01T10:00:30Z").path("orderInfos")).hasSize(1);
    JsonNode page = client.got(ORDERS + "?limit=1&cursor=" + first).path("orderInfos");
    assertThat(page).hasSize(1);
    assertThat(page.path(0).path("orderId").asText()).isEqualTo(second);
    refused(client.get(ORDERS + "?cursor=nonsense"), "cursor");
    refused(client.get(ORDERS + "?limit=0"), "limit");
    refused(client.get(ORDERS + "?dateFrom=yesterday"), "dateFrom");
  }

  @Test
  void anotherAccountSeesNothing() throws IOException {
    sandbox.set("keys", "demo-key:demo,other-key:other");
    order();

    assertThat(client.with("other-key").got(ORDERS).path("orderInfos")).isEmpty();
  }

  @Test
  void closesOrdersAndSubOrders() throws IOException {
    String id = order();
    String close = "/api/order/close?orderId=" + id;
    assertThat(client.post(close, "").status()).isEqualTo(400);
    later();

    assertThat(client.posted(close + "&gtin=" + GTIN, "").path("gtin").asText()).isEqualTo(GTIN);

    assertThat(info(id).path("orderStatus").asText()).isEqualTo("CLOSED");
    assertThat(client.post(close, "").status()).isEqualTo(400);
  }

  @Test
  void activeOrdersAreLimitedByASwitch() throws IOException {
    sandbox.set("maximum-active-orders", "1");
    order();

    assertThat(client.post(ORDERS, Client.order("pharma", GTIN, 1)).code())
        .isEqualTo("too-many-active-orders");
  }
}
