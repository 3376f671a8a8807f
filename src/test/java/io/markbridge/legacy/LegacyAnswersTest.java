package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.legacy.LegacyWords.Table;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyAnswersTest {
  private static final String OMS = "cdf12109-10D3-11e6-8b6f-0050569977A1";
  private final LegacyApi api = Fixtures.api();
  private final LegacyAnswers answers =
      new LegacyAnswers(api, new LegacyWords(api, Fixtures.preset("uz")), Fixtures.preset("uz"));

  @Test
  void echoesTheOmsIdAsSent() {
    assertThat(LegacyAnswers.omsId(Optional.of(OMS), "ACCOUNT")).isEqualTo(OMS);
    assertThat(LegacyAnswers.omsId(Optional.empty(), "ACCOUNT")).isEqualTo("ACCOUNT");
  }

  @Test
  void writesShortAnswers() {
    same(answers.ping(OMS), "oms-id");
    same(answers.logs(OMS), "oms-id");
    same(answers.bufferClose(OMS), "oms-id");
    same(answers.version(), "version");
    same(answers.order(OMS, "0d3f6a52"), "order");
    same(answers.report(OMS, "8a1b"), "report");
  }

  @Test
  void writesTheStateOfAReport() {
    same(answers.reportInfo(OMS, "8a1b", "SENT", Optional.of("not told")), "report-sent");
    same(
        answers.reportInfo(OMS, "8a1b", "REJECTED", Optional.of("codes[3]: invalid-status")),
        "report-rejected");
  }

  @Test
  void writesCodes() {
    ObjectNode codes =
        answers.codes(
            OMS, List.of("010478000100001521AAAAAAAAAAAAA\u001D91UZF0\u001D92abc+/="), "pack-A");
    same(codes, "codes");
    assertThat(codes.toString()).contains("AAA\\u001D91UZF0");
  }

  @Test
  void writesBlocks() {
    same(
        answers.blocks(OMS, "0d3f6a52", "04780001000015", Fixtures.json("operator/packs.json")),
        "blocks");
  }

  @Test
  void readsBlockTimesInEveryForm() {
    JsonNode packs =
        Fixtures.parsed(
            "{\"packs\":[{\"packId\":\"p\",\"quantity\":1,\"packDateTime\":1772341200500},"
                + "{\"packId\":\"q\",\"quantity\":1,\"packDateTime\":\"soon\"}]}");
    JsonNode blocks = answers.blocks(OMS, "o", "g", packs).path("blocks");
    assertThat(blocks.at("/0/blockDateTime").asLong()).isEqualTo(1772341200L);
    assertThat(blocks.path(1).has("blockDateTime")).isFalse();
  }

  @Test
  void theOperatorPresetDecidesForms(@TempDir Path site) throws IOException {
    Files.createDirectories(site.resolve("config/operators"));
    Files.writeString(
        site.resolve("config/operators/own.yaml"),
        """
        name: own
        legacy:
          block-date-time: milliseconds
          expected-complete-milliseconds: 5100
          partially-processed: SENT
        """);
    OperatorPreset own = OperatorPreset.load(new SiteFiles(site), "own");
    LegacyWords words = new LegacyWords(api, own);
    LegacyAnswers ownAnswers = new LegacyAnswers(api, words, own);
    assertThat(
            ownAnswers
                .blocks(OMS, "o", "g", Fixtures.json("operator/packs.json"))
                .at("/blocks/1/blockDateTime")
                .asLong())
        .isEqualTo(1772341200500L);
    assertThat(ownAnswers.order(OMS, "o").path("expectedCompleteTimestamp").asLong())
        .isEqualTo(5100);
    assertThat(words.legacy(Table.DOCUMENT_STATUS, "PARTIALLY_PROCESSED").legacy())
        .isEqualTo("SENT");
  }

  @Test
  void refusesAPresetItDoesNotUnderstand(@TempDir Path site) throws IOException {
    Files.createDirectories(site.resolve("config/operators"));
    Files.writeString(
        site.resolve("config/operators/odd.yaml"),
        "{name: odd, legacy: {block-date-time: minutes, error-shape: xml}}");
    OperatorPreset odd = OperatorPreset.load(new SiteFiles(site), "odd");
    assertThatThrownBy(() -> new LegacyAnswers(api, new LegacyWords(api, odd), odd))
        .hasMessageContaining("legacy.block-date-time of operator preset odd");
    assertThatThrownBy(() -> LegacyErrors.of(odd, Fixtures.TEXT))
        .hasMessageContaining("legacy.error-shape of operator preset odd");
  }

  @Test
  void writesTheOrderList() {
    List<JsonNode> subOrders = new ArrayList<>();
    Fixtures.json("operator/sub-orders.json").path("subOrderInfos").forEach(subOrders::add);
    same(
        answers.orders(OMS, Fixtures.json("operator/orders.json").path("orderInfos"), subOrders),
        "orders");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "READY, ACTIVE, 7, 3, 7, 10",
        "CLOSED, CLOSED, 0, 10, 0, 10",
        "PENDING, PENDING, 0, 0, -1, -1",
        "CREATED, PENDING, 0, 0, -1, -1",
        "OUTSOURCED, ACTIVE, 7, 3, -1, -1",
        "NEW_STATE, ACTIVE, 7, 3, -1, -1",
        "-, PENDING, 0, 0, -1, -1",
        "-, REJECTED, 2, 0, -1, -1",
        "READY, REJECTED, 2, 0, -1, -1",
        "-, ACTIVE, 7, 3, 7, 10",
        "READY, ACTIVE, -, 3, 9, 12",
        "READY, ACTIVE, 7, -, 7, -1",
      })
  void countsCodes(
      String order, String buffer, Long left, Long passed, long legacyLeft, long legacyTotal) {
    ObjectNode subOrder =
        ((ObjectNode) Fixtures.parsed("{\"parentOrderId\":\"o\",\"gtin\":\"g\"}"))
            .put("bufferStatus", buffer)
            .put("availableCodes", 12);
    if (left != null) {
      subOrder.put("leftInBuffer", left);
    }
    if (passed != null) {
      subOrder.put("totalPassed", passed);
    }
    ObjectNode info = answers.buffer(OMS, subOrder, Optional.ofNullable(order));
    assertThat(info.path("leftInBuffer").asLong()).isEqualTo(legacyLeft);
    assertThat(info.path("availableCodes").asLong()).isEqualTo(legacyLeft);
    assertThat(info.path("totalCodes").asLong()).isEqualTo(legacyTotal);
    assertThat(info.path("unavailableCodes").asLong()).isEqualTo(legacyLeft < 0 ? -1 : 0);
  }

  private static void same(JsonNode answer, String fixture) {
    JsonNode expected = Fixtures.json("answers/" + fixture + ".json");
    assertThat(Fixtures.parsed(answer.toString())).isEqualTo(expected);
  }
}
