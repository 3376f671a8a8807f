package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxCodesTest extends SandboxTest {
  private String orderId;
  private String codes;

  @BeforeEach
  void order() throws IOException {
    orderId =
        client.posted("/api/orders", Client.order("pharma", GTIN, 10)).path("orderId").asText();
    codes = "/api/codes?orderId=" + orderId + "&gtin=" + GTIN + "&quantity=";
  }

  @Test
  void notReadyOrderGivesNoCodes() throws IOException {
    assertThat(client.get(codes + "3").code()).isEqualTo("order-not-ready");
  }

  @Test
  void eachPackContinuesWhereTheLastEnded() throws IOException {
    later();
    Set<String> all = new HashSet<>();

    JsonNode first = client.got(codes + "4");
    JsonNode second = client.got(codes + "4&lastPackId=" + first.path("packId").asText());
    JsonNode third = client.got(codes + "4&lastPackId=" + second.path("packId").asText());

    for (JsonNode pack : new JsonNode[] {first, second, third}) {
      pack.path("codes").forEach(code -> all.add(code.asText()));
    }
    assertThat(all)
        .hasSize(10)
        .allMatch(code -> code.matches("01" + GTIN + "21.{13}\u001d91UZF0\u001d92.{44}"));
    assertThat(client.get(codes + "1&lastPackId=" + third.path("packId").asText()).code())
        .isEqualTo("codes-exhausted");
    JsonNode sub =
        client.got("/api/orders/sub-orders?orderId=" + orderId).path("subOrderInfos").path(0);
    assertThat(sub.path("bufferStatus").asText()).isEqualTo("EXHAUSTED");
    assertThat(sub.path("availableCodes").asInt()).isEqualTo(10);
    assertThat(sub.path("leftInBuffer").asInt()).isZero();
    assertThat(sub.path("totalPassed").asInt()).isEqualTo(10);
    assertThat(sub.path("lastPackId").asText()).isEqualTo(third.path("packId").asText());
  }

  @Test
  void packIsGivenAgainAfterTheOneBefore() throws IOException {
    later();
    String first = client.got(codes + "2").path("packId").asText();
    JsonNode second = client.got(codes + "2&lastPackId=" + first);

    assertThat(client.got(codes + "2&lastPackId=" + first)).isEqualTo(second);
    JsonNode packs =
        client.got("/api/codes/packs?orderId=" + orderId + "&gtin=" + GTIN).path("packs");
    assertThat(packs).hasSize(2);
    assertThat(packs.path(1).path("packId")).isEqualTo(second.path("packId"));
    assertThat(packs.path(1).path("quantity").asInt()).isEqualTo(2);
  }

  @Test
  void withoutLastPackIdIsANewPackOrTheFirst() throws IOException {
    later();
    JsonNode first = client.got(codes + "2");

    assertThat(client.got(codes + "2").path("packId")).isNotEqualTo(first.path("packId"));
    sandbox.set("codes-without-pack", "first");
    assertThat(client.got(codes + "2")).isEqualTo(first);
  }

  @Test
  void closedOrderGivesOnlyWhatWasTaken() throws IOException {
    later();
    JsonNode first = client.got(codes + "2");
    client.posted("/api/order/close?orderId=" + orderId, "");

    assertThat(client.got(codes + "2")).isEqualTo(first);
    assertThat(client.get(codes + "2&lastPackId=" + first.path("packId").asText()).status())
        .isEqualTo(400);
  }

  @Test
  void badParametersAreRefused() throws IOException {
    later();
    refused(client.get(codes + "2&lastPackId=0"), "lastPackId");
    refused(client.get(codes + "2&lastPackId="), "lastPackId");
    refused(client.get(codes + "2&lastBlockId=0"), "lastBlockId");
    refused(client.get(codes + "0"), "quantity");
    refused(client.get("/api/codes?orderId=" + orderId + "&quantity=1"), "gtin");
    assertThat(client.get("/api/codes?orderId=x&gtin=" + GTIN + "&quantity=1").status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "tobacco, UNIT, '\\d{14}.{7}.{8}'",
    "tobacco, GROUP, '01\\d{14}21.{7}\u001d8005\\d{6}\u001d93.{4}'",
    "alcohol, UNIT, '01\\d{14}21.{7}\u001d93.{4}'",
    "milk, UNIT, '01\\d{14}21.{6}\u001d93.{4}'",
    "appliances, UNIT, '01\\d{14}21.{20}\u001d91.{4}\u001d92.{44}'"
  })
  void shapeFollowsTheGroup(String group, String cisType, String shape) throws IOException {
    String issued =
        """
        {"productGroup":"%s","gtin":"%s","quantity":3,"cisType":"%s"}"""
            .formatted(group, GTIN, cisType);

    JsonNode codes = client.posted("/sandbox/issue", issued).path("codes");

    assertThat(codes).hasSize(3).allMatch(code -> code.asText().matches(shape));
  }

  @Test
  void statesOfCodesArePublicAndPrivate() throws IOException {
    IssuedOrder issued = sandbox.issue("pharma", GTIN, 2);
    String body =
        Client.JSON.writeValueAsString(
            Map.of("codes", List.of(Client.identity(issued.codes().get(0)), "unknown")));

    JsonNode open = client.posted("/public/api/cod/public/codes", body);
    JsonNode own = client.posted("/public/api/cod/private/codes", body);

    assertThat(open).hasSize(1);
    assertThat(open.path(0).path("status").asText()).isEqualTo("RECEIVED");
    assertThat(own.path("results").path(0).path("status").asText()).isEqualTo("RECEIVED");
    assertThat(own.path("missingCodes").path(0).asText()).isEqualTo("unknown");
    sandbox.set("keys", "other-key:other");
    String one = body.replace(",\"unknown\"", "");
    assertThat(client.with("other-key").post("/public/api/cod/private/codes", one).status())
        .isEqualTo(307);
  }
}
