package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.legacy.LegacyQueries.PackPlace;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyQueriesTest {
  private static final Optional<String> PHARMA = Optional.of("pharma");
  private final LegacyApi api = Fixtures.api();
  private final LegacyQueries queries =
      new LegacyQueries(api, new LegacyWords(api, Fixtures.preset("uz")), Fixtures.preset("uz"));

  @Test
  void filtersTheOrderList() throws DocumentRejectedException {
    assertThat(
            queries.toOpenApi(
                "order-list",
                PHARMA,
                Map.of(
                    "status",
                    "DECLINED",
                    "dateFrom",
                    "2026-03-01",
                    "dateTo",
                    "01.03.2026",
                    "x",
                    "1")))
        .isEqualTo(
            new OpenApiQuery(
                "orders",
                Map.of(),
                Map.of(
                    "productGroup", "pharma",
                    "status", "REJECTED",
                    "dateFrom", "2026-03-01T00:00:00+05:00",
                    "dateTo", "2026-03-01T23:59:59.999+05:00")));
  }

  @ParameterizedTest
  @CsvSource({
    "1772338530250, 2026-03-01T09:15:30.25+05:00",
    "2026-03-01T04:15:30Z, 2026-03-01T09:15:30+05:00",
    "2026-03-01T09:15:30, 2026-03-01T09:15:30+05:00",
  })
  void readsRegistrationTimes(String legacy, String expected) throws DocumentRejectedException {
    assertThat(queries.toOpenApi("order-list", PHARMA, Map.of("startDate", legacy)).query())
        .containsEntry("dateFrom", expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T00:00:00Z",
        "2026-11-22T00:00:00.000Z",
        "2026-11-22T00:00:00+00:00",
        "2026-11-22T00:00:00",
        "2026-11-22"
      })
  void midnightIsTheWholeDay(String legacy) throws DocumentRejectedException {
    assertThat(
            queries
                .toOpenApi("order-list", PHARMA, Map.of("dateFrom", legacy, "dateTo", legacy))
                .query())
        .containsEntry("dateFrom", "2026-11-22T00:00:00+05:00")
        .containsEntry("dateTo", "2026-11-22T23:59:59.999+05:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1795302844", "179530284", "202611201530"})
  void numbersThatAreNoMillisecondsAreRefused(String legacy) {
    assertThatThrownBy(() -> queries.toOpenApi("order-list", PHARMA, Map.of("endDate", legacy)))
        .isInstanceOf(DocumentRejectedException.class);
  }

  @Test
  void tellsEveryFilterItCannotRead() {
    DocumentRejectedException rejected =
        catchThrowableOfType(
            DocumentRejectedException.class,
            () ->
                queries.toOpenApi(
                    "order-list", PHARMA, Map.of("status", "EXPIRED", "dateTo", "yesterday")));
    assertThat(rejected.problems())
        .extracting(Problem::path)
        .containsExactly("$.status", "$.dateTo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", " "})
  void dropsAFirstBlockId(String lastBlockId) throws DocumentRejectedException {
    assertThat(codes(lastBlockId))
        .isEqualTo(
            new OpenApiQuery(
                "codes", Map.of(), Map.of("orderId", "B0", "gtin", "047", "quantity", "10")));
  }

  @ParameterizedTest
  @CsvSource({
    "codes, lastPackId, lastBlockId",
    "codes, quantity, quantity",
    "order-list, dateTo, endDate",
    "report-info, documentId, reportId",
    "codes, other, other",
    "ping, orderId, orderId",
  })
  void namesParametersAsTheLegacySideDoes(String kind, String name, String legacy) {
    assertThat(queries.legacyName(kind, name, Map.of("endDate", "2026-11-22"))).isEqualTo(legacy);
  }

  @Test
  void asksForThePackAfter() throws DocumentRejectedException {
    assertThat(codes("pack-A").query()).containsEntry("lastPackId", "pack-A");
  }

  @ParameterizedTest
  @CsvSource({
    "buffer-status, sub-orders",
    "codes-blocks, code-packs",
    "codes-retry, code-packs",
    "buffer-close, order-close"
  })
  void asksForAnOrderAndGtin(String kind, String call) throws DocumentRejectedException {
    assertThat(
            queries.toOpenApi(
                kind,
                PHARMA,
                Map.of("orderId", "B0", "gtin", "047", "lastBlockId", "7", "blockId", "8")))
        .isEqualTo(new OpenApiQuery(call, Map.of(), Map.of("orderId", "B0", "gtin", "047")));
    Fixtures.preset("uz").call(call);
  }

  @Test
  void closesAWholeOrder() throws DocumentRejectedException {
    assertThat(queries.toOpenApi("buffer-close", PHARMA, Map.of("orderId", "B0")).query())
        .isEqualTo(Map.of("orderId", "B0"));
  }

  @Test
  void asksForTheStateOfAReport() throws DocumentRejectedException {
    Map<String, String> parameters = Map.of("reportId", "r1");
    assertThat(queries.toOpenApi("report-info-utilisation", PHARMA, parameters))
        .isEqualTo(new OpenApiQuery("utilisation-status", Map.of("reportId", "r1"), Map.of()));
    assertThat(queries.toOpenApi("report-info-aggregation", PHARMA, parameters))
        .isEqualTo(new OpenApiQuery("document-status", Map.of("documentId", "r1"), Map.of()));
    assertThatThrownBy(() -> queries.toOpenApi("report-info", PHARMA, parameters))
        .hasMessageContaining("report-info");
  }

  @Test
  void findsThePackBefore() {
    JsonNode packs = Fixtures.json("operator/packs.json");
    assertThat(queries.place(packs, "pack-A").orElseThrow().previous()).isEmpty();
    assertThat(queries.place(packs, "pack-B").orElseThrow().previous()).contains("pack-A");
    assertThat(queries.place(packs, "pack-C"))
        .contains(new PackPlace("pack-C", 20, Optional.of("pack-B")));
    assertThat(queries.place(packs, "pack-X")).isEmpty();
    assertThat(queries.place(packs, "PACK-A")).isEmpty();
  }

  @Test
  void keepsTheListsOrderWhereATimeIsMissing() {
    JsonNode packs =
        Fixtures.parsed(
            "{\"packs\":[{\"packId\":\"p\",\"packDateTime\":\"2026-03-02T00:00:00Z\"},"
                + "{\"packId\":\"q\"}]}");
    assertThat(queries.place(packs, "q").orElseThrow().previous()).contains("p");
  }

  @Test
  void asksForALostPackAgain() {
    Map<String, String> parameters = Map.of("orderId", "B0", "gtin", "047", "blockId", "pack-B");
    assertThat(
            queries.retry(parameters, new PackPlace("pack-B", 70, Optional.of("pack-A"))).query())
        .isEqualTo(
            Map.of("orderId", "B0", "gtin", "047", "quantity", "70", "lastPackId", "pack-A"));
    assertThat(queries.retry(parameters, new PackPlace("pack-A", 50, Optional.empty())).query())
        .isEqualTo(Map.of("orderId", "B0", "gtin", "047", "quantity", "50"));
  }

  private OpenApiQuery codes(String lastBlockId) throws DocumentRejectedException {
    return queries.toOpenApi(
        "codes",
        PHARMA,
        Map.of("orderId", "B0", "gtin", "047", "quantity", "10", "lastBlockId", lastBlockId));
  }
}
