package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sections 8 to 11: looking documents up. */
class SandboxDocumentsTest extends SandboxTest {
  private static final String AGGREGATION = "/public/api/v1/doc/aggregation";
  private static final String SEARCH = Client.STORAGE + "/docs/search";

  @BeforeEach
  void acceptUnknownCodes() {
    sandbox.set("unknown-codes", "accept");
  }

  private String sent(String unit, List<String> codes) throws IOException {
    String body = Client.wrapped(Client.document(unit, codes));
    return client.posted(AGGREGATION, body).path("documentId").asText();
  }

  private JsonNode found(String query) throws IOException {
    return client.got(SEARCH + query).path("documentInfos");
  }

  @Test
  void bodyComesDecodedOrWrapped() throws IOException {
    String document = Client.document("00046000000000000017", List.of("а\u001d&<>+=\"", "b"));
    String id = client.posted(AGGREGATION, Client.wrapped(document)).path("documentId").asText();
    later();

    assertThat(client.get(Client.STORAGE + "/json/" + id).text()).isEqualTo(document);
    sandbox.set("document-body", "wrapped");
    String wrapped = client.got(Client.STORAGE + "/json/" + id).path("documentBody").asText();
    assertThat(new String(Base64.getDecoder().decode(wrapped), StandardCharsets.UTF_8))
        .isEqualTo(document);
  }

  @Test
  void searchFiltersRepeatKeysAndPages() throws IOException {
    String order =
        client.posted("/api/orders", Client.order("water", GTIN, 1)).path("orderId").asText();
    String first = sent("unit-1", List.of("a", "b"));
    String second = sent("unit-2", List.of("a", "c"));
    String third = sent("unit-3", List.of("a"));
    assertThat(found("?types=AGGREGATION")).isEmpty();
    later();

    assertThat(found("")).hasSize(4);
    assertThat(found("?types=ORDER&productGroups=water").path(0).path("documentId").asText())
        .isEqualTo(order);
    assertThat(found("?status=PARTIALLY_PROCESSED&status=ERROR")).hasSize(2);
    assertThat(found("?documentId=" + first + "&documentId=" + third)).hasSize(2);
    JsonNode page = found("?types=AGGREGATION&limit=1&cursor=" + first);
    assertThat(page).hasSize(1);
    assertThat(page.path(0).path("documentId").asText()).isEqualTo(second);
    assertThat(found("?dateFrom=2026-03-01&dateTo=2026-03-01")).hasSize(4);
    assertThat(found("?dateFrom=2026-03-02")).isEmpty();
  }

  @Test
  void errorsArePagedByLastIndex() throws IOException {
    sandbox.set("reject-codes", "bad");
    String id = sent("unit", List.of("bad-1", "good", "bad-2", "bad-3"));
    later();
    String errors = Client.STORAGE + "/errors/" + id;

    JsonNode first = client.got(errors + "?limit=2").path("documentErrors");
    JsonNode rest = client.got(errors + "?limit=2&lastIndex=1").path("documentErrors");

    assertThat(first).hasSize(2);
    assertThat(first.path(1).path("errorTags").path("code").asText()).isEqualTo("bad-2");
    assertThat(rest).hasSize(1);
    assertThat(rest.path(0).path("index").asInt()).isEqualTo(2);
    assertThat(rest.path(0).path("errorTags").path("code").asText()).isEqualTo("bad-3");
    assertThat(client.got(errors + "?propertyName=businessPlaceId").path("documentErrors"))
        .isEmpty();
  }

  @Test
  void codesHaveStatesAndPages() throws IOException {
    sandbox.set("reject-codes", "bad");
    String id = sent("unit", List.of("bad-1", "good"));
    later();
    String codes = Client.STORAGE + "/docs/" + id + "/codes";

    JsonNode all = client.got(codes);

    assertThat(all.path(0).path("state").asText()).isEqualTo("ERROR");
    assertThat(all.path(0).path("errorCode").asText()).isEqualTo("code-refused-by-switch");
    assertThat(all.path(1).path("state").asText()).isEqualTo("SUCCESS");
    assertThat(client.got(codes + "?limit=1&lastIndex=0").path(0).path("code").asText())
        .isEqualTo("good");
    sandbox.set("document-codes", "wrapped");
    assertThat(client.got(codes).path("codes")).hasSize(2);
  }

  @Test
  void aggregationHasTheGroupOfItsCodes() throws IOException {
    List<String> codes = sandbox.issue("pharma", GTIN, 1).codes();
    client.posted("/api/utilisation?productGroup=pharma", Client.report(codes));
    later();
    sent("unit", List.of(Client.identity(codes.get(0))));
    later();

    assertThat(found("?types=AGGREGATION&productGroups=pharma")).hasSize(1);
  }

  @Test
  void unknownDocumentsAreNotFound() throws IOException {
    for (String path : List.of("/docs/x", "/json/x", "/errors/x", "/docs/x/codes")) {
      assertThat(client.get(Client.STORAGE + path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void equalDocumentsAreNoted() throws IOException {
    sent("unit", List.of("a"));
    sent("unit", List.of("a"));
    later();

    assertThat(sandbox.journal().duplicateCounts())
        .containsEntry(Duplicate.Kind.AGGREGATION, 1L)
        .containsEntry(Duplicate.Kind.CODE_PACKED, 1L)
        .containsEntry(Duplicate.Kind.UNIT, 1L);
  }
}
