package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregationMappingTest {
  private static final String CODE = "0104780012345679215abcdefghijkl";

  @TempDir Path directory;
  private MapperHarness harness;

  @BeforeEach
  void harness() {
    harness = new MapperHarness(directory).setting("business-place-id", "17");
  }

  private static String unit(String serial, String... codes) {
    String list =
        java.util.Arrays.stream(codes)
            .map(code -> "\"" + code + "\"")
            .collect(Collectors.joining(","));
    return "{\"unitSerialNumber\":\""
        + serial
        + "\",\"aggregationType\":\"AGGREGATION\",\"sntins\":["
        + list
        + "]}";
  }

  private static String document(String... units) {
    return "{\"participantId\":301234567,\"aggregationUnits\":[" + String.join(",", units) + "]}";
  }

  private List<Problem> problems(String json) {
    return catchThrowableOfType(
            DocumentRejectedException.class, () -> harness.map("aggregation", json))
        .problems();
  }

  @Test
  void writesTheNewDocumentWithSortedKeys() throws Exception {
    MapperHarness.Result result =
        harness.map(
            "aggregation",
            """
            {"aggregationUnits":[{"aggregatedItemsCount":48,"aggregationType":"AGGREGATION",
              "aggregationUnitCapacity":"50",
              "sntins":["0104780012345679215LJ","0104780012345679215Py"],
              "unitSerialNumber":"1kdu8-ksb71-qwtg99"}],
             "participantId":"3543033591","productionLineId":"455","productionOrderId":123,
             "receivedDate":1709116277000,"dateDoc":"2026-11-20T08:00:00Z"}
            """);
    assertThat(result.bodies())
        .containsExactly(
            "{\"aggregationUnits\":[{\"aggregationItemsCount\":48,\"aggregationUnitCapacity\":50,"
                + "\"codes\":[\"0104780012345679215LJ\",\"0104780012345679215Py\"],"
                + "\"unitSerialNumber\":\"1kdu8-ksb71-qwtg99\"}],\"businessPlaceId\":17,"
                + "\"documentDate\":\"2026-11-20T13:00:00+05:00\",\"productionOrderId\":\"123\"}");
    assertThat(result.note("7.8", "aggregationUnits[*].sntins").orElseThrow().action())
        .isEqualTo("renamed");
    assertThat(result.note("X5", "receivedDate").orElseThrow().action()).isEqualTo("dropped");
  }

  @Test
  void fillsDateCountAndCapacityAndCutsTails() throws Exception {
    String tail = "\\u001d91UZF0\\u001d92AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdEf==";
    MapperHarness.Result result =
        harness
            .group("tobacco")
            .setting("should-be-unbundled", "false")
            .map(
                "aggregation",
                document(unit("012345678901234567", CODE + tail, "04780012345679abcdefgAAAAbbbb")));
    assertThat(result.body())
        .contains(
            "{\"aggregationItemsCount\":2,\"aggregationUnitCapacity\":2,\"codes\":[\""
                + CODE
                + "\",\"04780012345679abcdefg\"],\"shouldBeUnbundled\":false,"
                + "\"unitSerialNumber\":\"00012345678901234567\"}")
        .contains("\"documentDate\":\"2026-11-21T15:15:30+05:00\"");
  }

  @Test
  void childrenGoBeforeParents() throws Exception {
    MapperHarness.Result result =
        harness.map(
            "aggregation",
            document(
                unit("00000000000000000003", "000000000000000002"),
                unit("00000000000000000009", "0104780012345679215zzzzzzzzzzzz"),
                unit("00000000000000000002", "00000000000000000001"),
                unit("000000000000000001", CODE)));
    assertThat(result.document().parts()).extracting(MappedPart::level).containsExactly(0, 1, 2);
    assertThat(result.document().parts()).extracting(MappedPart::number).containsExactly(1, 2, 3);
    assertThat(result.bodies().get(0)).contains("00000000000000000009", CODE);
    assertThat(result.bodies().get(1)).contains("\"codes\":[\"00000000000000000001\"]");
    assertThat(result.bodies().get(2)).contains("\"codes\":[\"00000000000000000002\"]");
  }

  @Test
  void theContentKeyKnowsNoOrderOfUnitsAndCodes() throws Exception {
    String day = "{\"dateDoc\":\"2026-11-20\",";
    String one =
        document(unit("a", CODE, CODE + "1"), unit("b", CODE + "2"))
            .replace("{\"part", day + "\"part");
    String other =
        document(unit("b", CODE + "2"), unit("a", CODE + "1", CODE))
            .replace("{\"part", day + "\"part");
    String moved =
        document(unit("a", CODE), unit("b", CODE + "2", CODE + "1"))
            .replace("{\"part", day + "\"part");
    String key = harness.map("aggregation", one).document().contentKey();
    assertThat(harness.map("aggregation", other).document().contentKey()).isEqualTo(key);
    assertThat(harness.map("aggregation", moved).document().contentKey()).isNotEqualTo(key);
  }

  @Test
  void splitsByTheOperatorsLimit() throws Exception {
    harness.file(
        "config/operators/uz.yaml",
        Files.readString(Path.of("config/operators/uz.yaml"))
            .replace("units-per-document: 200", "units-per-document: 2")
            .replace("codes-per-unit: 1000", "codes-per-unit: 3"));
    String[] units =
        IntStream.range(0, 5).mapToObj(i -> unit("unit-" + i, CODE + i)).toArray(String[]::new);
    assertThat(harness.map("aggregation", document(units)).document().parts())
        .extracting(MappedPart::codes)
        .containsExactly(2L, 2L, 1L);
    assertThat(problems(document(unit("u", CODE + 1, CODE + 2, CODE + 3, CODE + 4))))
        .containsExactly(
            Problem.of(
                ProblemCode.OVER_LIMIT,
                "$.aggregationUnits[0].sntins",
                "",
                "count",
                "4",
                "limit",
                "3"));
  }

  @Test
  void aCycleIsRefusedWithBothPlaces() {
    List<Problem> problems =
        problems(
            document(
                unit("00000000000000000001", "00000000000000000002"),
                unit("00000000000000000002", "00000000000000000001")));
    assertThat(problems).extracting(Problem::code).containsExactly(ProblemCode.UNIT_CYCLE);
    assertThat(problems.get(0).arguments().values())
        .containsExactlyInAnyOrder("$.aggregationUnits[0]", "$.aggregationUnits[1]");
    assertThat(problems(document(unit("00000000000000000001", "00000000000000000001"))))
        .extracting(Problem::code)
        .containsExactly(ProblemCode.UNIT_CYCLE);
  }

  @Test
  void aCodeInTwoUnitsAndAUnitTwiceAreRefused() {
    assertThat(problems(document(unit("a", CODE), unit("b", CODE))))
        .containsExactly(
            Problem.of(
                ProblemCode.CODE_TWICE,
                "$.aggregationUnits[1].sntins[0]",
                "",
                "first",
                "$.aggregationUnits[0].sntins[0]",
                "second",
                "$.aggregationUnits[1].sntins[0]"));
    assertThat(problems(document(unit("a", CODE), unit("a", CODE + "1"))))
        .extracting(Problem::path)
        .containsExactly("$.aggregationUnits[1]");
  }

  @Test
  void anotherParticipantIsTheOwnerOnlyWhereTheSiteAllowsIt() throws Exception {
    String json = document(unit("a", CODE));
    assertThat(harness.accountTin("0301234567").map("aggregation", json).body())
        .doesNotContain("ownerTin");
    harness.accountTin("999");
    assertThat(problems(json)).extracting(Problem::row).containsExactly("7.2");
    harness.setting("owner-tin", "allow");
    assertThat(harness.map("aggregation", json).body()).contains("\"ownerTin\":\"301234567\"");
  }

  @Test
  void rePackingIsRefused() {
    assertThat(problems(document(unit("a", CODE).replace("AGGREGATION", "UPDATE"))))
        .extracting(problem -> problem.code() + problem.row())
        .containsExactly("VALUE_NOT_ALLOWED7.7");
  }

  @Test
  void emptyOrMissingUnitsAndCodesAreNamed() {
    assertThat(problems("{\"aggregationUnits\":[]}"))
        .extracting(Problem::path)
        .contains("$.aggregationUnits");
    assertThat(problems("{\"aggregationUnits\":\"x\"}"))
        .extracting(Problem::code)
        .contains(ProblemCode.FIELD_MALFORMED);
    assertThat(problems(document("{\"unitSerialNumber\":\"u\"}")))
        .extracting(Problem::path)
        .contains("$.aggregationUnits[0].sntins");
    assertThat(problems(document("7", "null")))
        .extracting(Problem::path)
        .containsExactly("$.aggregationUnits[0]", "$.aggregationUnits[1]");
  }

  @Test
  void acceptedUnitsAreLeftOut() throws Exception {
    MapperHarness.Result result =
        harness
            .accepted(code -> code.equals(CODE))
            .map("aggregation", document(unit("a", CODE), unit("b", CODE + "1")));
    assertThat(result.body()).contains("\"b\"").doesNotContain("\"a\"");
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    harness.map("aggregation", document(unit("a", CODE)));
    problems("{");
    assertThat(harness.leftOvers()).isEmpty();
  }
}
