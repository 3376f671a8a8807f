package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator names in one of several requests is told at its place in the document. */
class EntryPlacesTest {
  private static final String CODE = "01047800098765412100000000000";

  @TempDir Path directory;
  private MapperHarness harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new MapperHarness(directory)
            .setting("business-place-id", "5")
            .setting("release-type", "PRODUCTION")
            .setting("manufacturer-country", "UZ")
            .file(
                "config/operators/uz.yaml",
                Files.readString(Path.of("config/operators/uz.yaml"))
                    .replace("codes-per-report: 30000", "codes-per-report: 4")
                    .replace("units-per-document: 200", "units-per-document: 2"));
  }

  @Test
  void aCodeOfALaterPartHasItsPlaceInTheWholeReport() throws Exception {
    String json =
        "{\"usageType\":\"VERIFIED\",\"productionDate\":\"2026-11-01\",\"expirationDate\":\"2028-11-01\","
            + "\"seriesNumber\":\"S1\",\"sntins\":"
            + IntStream.range(0, 9)
                .mapToObj(index -> "\"" + full(index) + "\"")
                .collect(Collectors.joining(",", "[", "]"))
            + "}";
    var mapped = harness.map("utilisation", json);
    assertThat(mapped.bodies()).hasSize(3);
    assertThat(harness.places("utilisation", json, mapped.bodies().get(1), "sntins[1]", "sntins"))
        .isEqualTo(Map.of("sntins[1]", "sntins[5]"));
    assertThat(
            harness.places("utilisation", json, mapped.bodies().get(2), "sntins[0]", "sntins[1]"))
        .as("the last part has one code")
        .isEqualTo(Map.of("sntins[0]", "sntins[8]"));
  }

  @Test
  void aUnitOfAHigherLevelHasItsPlaceInTheWholeDocument() throws Exception {
    String json =
        document(
            unit("00000000000000000003", "000000000000000002", "000000000000000001"),
            unit("000000000000000002", CODE + "01", CODE + "02"),
            unit("00000000000000000001", CODE + "03", CODE + "04"));
    var mapped = harness.map("aggregation", json);
    assertThat(mapped.bodies()).hasSize(2);
    assertThat(
            harness.places(
                "aggregation",
                json,
                mapped.bodies().get(0),
                "aggregationUnits[0].codes[1]",
                "aggregationUnits[1].codes[0]",
                "aggregationUnits[1].aggregationItemsCount",
                "aggregationUnits[1]",
                "aggregationUnits[7].codes[0]",
                "documentDate"))
        .isEqualTo(
            Map.of(
                "aggregationUnits[0].codes[1]", "aggregationUnits[1].sntins[1]",
                "aggregationUnits[1].codes[0]", "aggregationUnits[2].sntins[0]",
                "aggregationUnits[1].aggregationItemsCount",
                    "aggregationUnits[2].aggregationItemsCount",
                "aggregationUnits[1]", "aggregationUnits[2]"));
    assertThat(
            harness.places(
                "aggregation",
                json,
                mapped.bodies().get(1),
                "aggregationUnits[0].codes[1]",
                "aggregationUnits[0].unitSerialNumber"))
        .isEqualTo(
            Map.of(
                "aggregationUnits[0].codes[1]", "aggregationUnits[0].sntins[1]",
                "aggregationUnits[0].unitSerialNumber", "aggregationUnits[0].unitSerialNumber"));
  }

  @Test
  void whatWasLeftOutShiftsNothing() throws Exception {
    String json = document(unit("a", CODE + "01", CODE + "02", CODE + "03"));
    var mapped = harness.accepted((CODE + "01")::equals).map("aggregation", json);
    assertThat(
            harness.places(
                "aggregation", json, mapped.body(), "aggregationUnits[0].codes[1]", CODE + "02"))
        .as("a place, and a code itself")
        .isEqualTo(
            Map.of(
                "aggregationUnits[0].codes[1]",
                "aggregationUnits[0].sntins[2]",
                CODE + "02",
                "aggregationUnits[0].sntins[1]"));
  }

  private static String full(int index) {
    return CODE + "0" + index + "\\u001d91UZF0\\u001d92" + "A".repeat(44);
  }

  private static String document(String... units) {
    return "{\"aggregationUnits\":[" + String.join(",", units) + "]}";
  }

  private static String unit(String serial, String... codes) {
    return "{\"unitSerialNumber\":\""
        + serial
        + "\",\"aggregationType\":\"AGGREGATION\",\"sntins\":["
        + Arrays.stream(codes).map(code -> '"' + code + '"').collect(Collectors.joining(","))
        + "]}";
  }
}
