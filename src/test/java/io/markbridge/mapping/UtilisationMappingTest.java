package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.Mapper.AcceptedCodes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UtilisationMappingTest {
  private static final String GTIN = "04780012345679";
  private static final String OTHER_GTIN = "04780012345686";
  private static final String TAIL =
      "\\u001d91UZF0\\u001d92AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdEf==";

  @TempDir Path directory;
  private MapperHarness harness;
  private final FakeMemory memory = new FakeMemory();

  @BeforeEach
  void harness() {
    harness = new MapperHarness(directory).memory(memory);
  }

  private static String code(String gtin, int number) {
    return "01" + gtin + "21" + String.format("serial%07d", number) + TAIL;
  }

  private static String report(String fields, String... codes) {
    String list =
        java.util.Arrays.stream(codes)
            .map(code -> "\"" + code + "\"")
            .collect(Collectors.joining(","));
    return "{\"sntins\":[" + list + "]," + fields + "}";
  }

  private static final String DATES =
      "\"productionDate\":\"2026-08-17T00:00:00Z\",\"expirationDate\":\"17.08.2028\","
          + "\"seriesNumber\":12";
  private static final String DERIVED =
      "\"releaseType\":\"PRODUCTION\",\"manufacturerCountry\":\"UZB\",\"businessPlaceId\":\"17\"";

  private List<Problem> problems(String json) {
    return catchThrowableOfType(
            DocumentRejectedException.class, () -> harness.map("utilisation", json))
        .problems();
  }

  private static OrderFacts facts(
      String gtin, String release, String country, Long place, String document) {
    return new OrderFacts(
        "main",
        "pharma",
        gtin,
        Optional.of(document),
        Optional.of("PO-1"),
        Optional.ofNullable(release),
        Optional.ofNullable(country),
        Optional.ofNullable(place));
  }

  /** Of a folder `utilisation`, or in the wrapper: a drop-out is another statement. */
  @Test
  void refusesADropOut() {
    for (String fields :
        List.of(
            "\"dropoutReason\":\"DEFECT\"",
            "\"withChild\":false",
            "\"attributes\":{\"dropoutReason\":\"DEFECT\"}")) {
      assertThat(problems(report(DATES + "," + DERIVED + "," + fields, code(GTIN, 1))))
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.code()).isEqualTo(ProblemCode.VALUES_CONTRADICT);
                assertThat(problem.row()).isEqualTo("X7");
              });
    }
  }

  /** Whose document it is, the body says too (G4). */
  @Test
  void refusesTheOmsIdOfAnotherAccount() throws Exception {
    harness.setting("account:oms-id", "AAAA-1");
    String own = report(DATES + "," + DERIVED + ",\"omsId\":\"aaaa-1\"", code(GTIN, 1));
    assertThat(harness.map("utilisation", own).body()).doesNotContain("aaaa-1");
    assertThat(problems(own.replace("aaaa-1", "bbbb-2")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("$.omsId");
              assertThat(problem.row()).isEqualTo("G4");
              assertThat(problem.arguments().get("second")).contains("AAAA-1", "main");
            });
  }

  @Test
  void writesTheNewReport() throws Exception {
    MapperHarness.Result result =
        harness.map(
            "utilisation",
            report(
                DATES
                    + ","
                    + DERIVED
                    + ",\"usageType\":\"PRINTED\",\"brandcode\":\"b\",\"sourceReportId\":\"s\"",
                code(GTIN, 1)));
    assertThat(result.bodies())
        .containsExactly(
            "{\"businessPlaceId\":17,\"expirationDate\":\"2028-08-17T00:00:00+05:00\","
                + "\"manufacturerCountry\":\"UZ\",\"productionDate\":\"2026-08-17T00:00:00+05:00\","
                + "\"releaseType\":\"PRODUCTION\",\"seriesNumber\":\"12\",\"sntins\":[\""
                + code(GTIN, 1)
                + "\"]}");
    assertThat(result.document().parts().get(0).query()).containsEntry("productGroup", "pharma");
    assertThat(result.document().parts().get(0).codes()).isEqualTo(1);
    assertThat(result.note("6.1", "usageType").orElseThrow().action()).isEqualTo("dropped");
  }

  @Test
  void theOrderOfTheNumberTellsWhatTheReportDoesNot() throws Exception {
    memory.byNumber.put("PO-1", List.of(facts(GTIN, "IMPORT", "DE", 5L, "d-1")));
    MapperHarness.Result result =
        harness.map(
            "utilisation", report(DATES + ",\"productionOrderId\":\"PO-1\"", code(GTIN, 1)));
    assertThat(result.body())
        .contains("\"businessPlaceId\":5,")
        .contains("\"manufacturerCountry\":\"DE\"")
        .contains("\"releaseType\":\"IMPORT\"");
    assertThat(memory.codeLookUps).isZero();
    assertThat(result.document().notes())
        .anySatisfy(
            note -> {
              assertThat(note.row()).isEqualTo("6.5");
              assertThat(note.source()).isEqualTo("order d-1");
            });
  }

  @Test
  void lineBeforeOrderBeforeGroupTellsThePlace() throws Exception {
    memory.byNumber.put("PO-1", List.of(facts(GTIN, "IMPORT", "DE", 5L, "d-1")));
    harness.setting("business-place-id", "99");
    String json =
        report(DATES + ",\"productionOrderId\":\"PO-1\",\"productionLineId\":7", code(GTIN, 1));
    assertThat(harness.map("utilisation", json).body()).contains("\"businessPlaceId\":5,");
    harness.setting("7:business-place-id", "33");
    assertThat(harness.map("utilisation", json).body()).contains("\"businessPlaceId\":33,");
  }

  @Test
  void aReportIsSplitByWhatItsCodesWereOrderedFor() throws Exception {
    for (int number = 0; number < 6; number++) {
      boolean even = number % 2 == 0;
      memory.byCode.put(
          code(GTIN, number).substring(0, 31),
          facts(GTIN, even ? "IMPORT" : "PRODUCTION", even ? "DE" : "UZ", 5L, "d"));
    }
    MapperHarness.Result result =
        harness.map(
            "utilisation",
            report(
                DATES, IntStream.range(0, 6).mapToObj(i -> code(GTIN, i)).toArray(String[]::new)));
    assertThat(result.document().parts()).hasSize(2);
    assertThat(result.bodies().get(0)).contains("IMPORT").contains(code(GTIN, 4));
    assertThat(result.bodies().get(1)).contains("PRODUCTION").contains(code(GTIN, 5));
    assertThat(result.document().parts()).extracting(MappedPart::codes).containsExactly(3L, 3L);
  }

  @Test
  void aReportIsSplitByTheOperatorsLimit() throws Exception {
    harness.file(
        "config/operators/uz.yaml", preset("codes-per-report: 30000", "codes-per-report: 4"));
    MapperHarness.Result result =
        harness.map(
            "utilisation",
            report(
                DATES + "," + DERIVED,
                IntStream.range(0, 9).mapToObj(i -> code(GTIN, i)).toArray(String[]::new)));
    assertThat(result.document().parts()).extracting(MappedPart::codes).containsExactly(4L, 4L, 1L);
    assertThat(result.document().parts()).extracting(MappedPart::number).containsExactly(1, 2, 3);
  }

  private static String preset(String from, String to) throws Exception {
    return java.nio.file.Files.readString(Path.of("config/operators/uz.yaml")).replace(from, to);
  }

  @Test
  void ordersOfTheGtinCountOnlyWhereAllowedAndAgreed() throws Exception {
    memory.byGtin.put(
        GTIN, List.of(facts(GTIN, "IMPORT", "DE", 5L, "a"), facts(GTIN, "IMPORT", "DE", 5L, "b")));
    String json = report(DATES, code(GTIN, 1));
    assertThat(problems(json))
        .extracting(Problem::code)
        .containsOnly(ProblemCode.FIELD_REQUIRED)
        .hasSize(3);
    harness.setting("use-gtin-orders", "true");
    assertThat(harness.map("utilisation", json).body()).contains("\"releaseType\":\"IMPORT\"");
    memory.byGtin.put(
        GTIN,
        List.of(facts(GTIN, "IMPORT", "DE", 5L, "a"), facts(GTIN, "PRODUCTION", "DE", 5L, "b")));
    assertThat(problems(json)).extracting(Problem::row).containsExactly("6.5");
  }

  @Test
  void productsTellShelfLifeCountryAndSeriesRule() throws Exception {
    harness.file(
        "config/directories/products.csv",
        "gtin,shelf-life-days,shelf-life-months,country,series\n"
            + GTIN
            + ",,24,Uzbekistan,none\n"
            + OTHER_GTIN
            + ",100,,DEU,none\n");
    MapperHarness.Result result =
        harness
            .given("businessPlaceId", "17")
            .setting("refuse-contradicting-import", "false")
            .setting("release-type", "PRODUCTION")
            .map(
                "utilisation",
                report("\"productionDate\":\"2026-08-31\"", code(GTIN, 1), code(OTHER_GTIN, 2)));
    assertThat(result.bodies()).hasSize(2);
    assertThat(result.bodies().get(0))
        .contains("\"expirationDate\":\"2028-08-31T00:00:00+05:00\"")
        .contains("\"manufacturerCountry\":\"UZ\"")
        .doesNotContain("seriesNumber");
    assertThat(result.bodies().get(1))
        .contains("\"expirationDate\":\"2026-12-09T00:00:00+05:00\"")
        .contains("\"manufacturerCountry\":\"DE\"");
  }

  @Test
  void whatIsMissingIsNamedWithWhereToPutIt() {
    List<Problem> problems = problems(report("\"usageType\":\"PRINTED\"", code(GTIN, 1)));
    assertThat(problems)
        .extracting(problem -> problem.code() + " " + problem.row() + " " + problem.path())
        .contains(
            "FIELD_REQUIRED 6.8 $.productionDate",
            "FIELD_REQUIRED 6.9 $.expirationDate",
            "FIELD_REQUIRED 6.10 $.seriesNumber");
    assertThat(problems.get(0).arguments().get("where")).contains("meta.json");
  }

  @Test
  void theFutureIsRefusedAndTodayIsNot() throws Exception {
    String json = report(DATES + "," + DERIVED, code(GTIN, 1));
    assertThat(problems(json.replace("2026-08-17T00:00:00Z", "2026-11-22")))
        .extracting(Problem::code)
        .containsExactly(ProblemCode.VALUE_NOT_ALLOWED);
    harness.map("utilisation", json.replace("2026-08-17T00:00:00Z", "2026-11-21"));
    assertThat(problems(json.replace("17.08.2028", "17.08.2024")))
        .extracting(Problem::code)
        .containsExactly(ProblemCode.VALUE_NOT_ALLOWED);
  }

  @Test
  void importOfHomeGoodsIsRefused() {
    assertThat(
            problems(report(DATES + "," + DERIVED.replace("PRODUCTION", "IMPORT"), code(GTIN, 1))))
        .extracting(Problem::row)
        .containsExactly("6.6");
  }

  @Test
  void usageTypesThatStateNothingGiveNoParts() throws Exception {
    assertThat(
            harness
                .map("utilisation", report("\"usageType\":\"SENT_TO_PRINTER\"", code(GTIN, 1)))
                .document()
                .parts())
        .isEmpty();
    String printed = report(DATES + "," + DERIVED + ",\"usageType\":\"PRINTED\"", code(GTIN, 1));
    String verified = printed.replace("PRINTED", "VERIFIED");
    assertThat(harness.map("utilisation", printed).bodies()).hasSize(1);
    harness.setting("report-on", "VERIFIED");
    assertThat(harness.map("utilisation", printed).bodies()).isEmpty();
    assertThat(harness.map("utilisation", verified).bodies()).hasSize(1);
    harness.setting("report-on", "FIRST");
    assertThat(harness.map("utilisation", printed).bodies()).hasSize(1);
  }

  @Test
  void theContentKeyIsOfWhatIsSaid() throws Exception {
    String printed = report(DATES + "," + DERIVED + ",\"usageType\":\"PRINTED\"", code(GTIN, 1));
    String key = harness.map("utilisation", printed).document().contentKey();
    String verified = printed.replace("PRINTED", "VERIFIED").replace("{", "{\"brandcode\":\"x\",");
    assertThat(harness.map("utilisation", verified).document().contentKey()).isEqualTo(key);
    String silent = printed.replace("PRINTED", "PRINTER_LOST");
    assertThat(harness.map("utilisation", silent).document().contentKey()).isEqualTo(key);
    String lostBackslash = printed.replace("\\u001d91", "\\\\u001d91");
    assertThat(harness.map("utilisation", lostBackslash).document().contentKey()).isEqualTo(key);
    harness.setting("business-place-id", "18");
    assertThat(harness.map("utilisation", printed).document().contentKey()).isEqualTo(key);
    String otherCode = report(DATES + "," + DERIVED, code(GTIN, 2));
    assertThat(harness.map("utilisation", otherCode).document().contentKey()).isNotEqualTo(key);
    String otherDay = printed.replace("2026-08-17", "2026-08-18");
    assertThat(harness.map("utilisation", otherDay).document().contentKey()).isNotEqualTo(key);
  }

  @Test
  void acceptedCodesAreLeftOut() throws Exception {
    AcceptedCodes accepted = code -> code.endsWith("serial0000001");
    String json = report(DATES + "," + DERIVED, code(GTIN, 1), code(GTIN, 2));
    String key = harness.map("utilisation", json).document().contentKey();
    MapperHarness.Result rest = harness.accepted(accepted).map("utilisation", json);
    assertThat(rest.body()).contains(code(GTIN, 2)).doesNotContain(code(GTIN, 1));
    assertThat(rest.document().contentKey()).isEqualTo(key);
  }

  @Test
  void aCodeTwiceIsRefusedWithBothPlaces() {
    String noTail = code(GTIN, 1).substring(0, 31);
    assertThat(problems(report(DATES + "," + DERIVED, code(GTIN, 1), code(GTIN, 2), noTail)))
        .containsExactly(
            Problem.of(
                ProblemCode.CODE_TWICE,
                "$.sntins[2]",
                "",
                "first",
                "$.sntins[0]",
                "second",
                "$.sntins[2]"));
  }

  @Test
  void malformedCodesAreToldWithIndexAndPosition() {
    assertThat(
            problems(
                report(
                    DATES + "," + DERIVED, code(GTIN, 1), "SNTIN1", "01" + GTIN + "21ab\\u0007c")))
        .extracting(
            problem ->
                problem.code() + " " + problem.path() + " " + problem.arguments().get("position"))
        .containsExactly("CODE_MALFORMED $.sntins[1] 0", "CODE_MALFORMED $.sntins[2] 20");
  }

  @Test
  void whatCodesLackIsToldBesideOtherProblems() {
    List<Problem> problems = problems(report(DATES, code(GTIN, 1), "SNTIN1"));
    assertThat(problems)
        .extracting(problem -> problem.code() + " " + problem.path())
        .containsExactly(
            "CODE_MALFORMED $.sntins[1]",
            "FIELD_REQUIRED $.releaseType",
            "FIELD_REQUIRED $.manufacturerCountry",
            "FIELD_REQUIRED $.businessPlaceId");
    assertThat(problems.get(1).arguments()).containsEntry("code", "$.sntins[0]");
  }

  /** A memory that counts what it is asked. */
  private static final class FakeMemory implements OrderMemory {
    private final Map<String, List<OrderFacts>> byNumber = new HashMap<>();
    private final Map<String, OrderFacts> byCode = new HashMap<>();
    private final Map<String, List<OrderFacts>> byGtin = new HashMap<>();
    private int codeLookUps;

    @Override
    public List<OrderFacts> byProductionOrder(String account, String productGroup, String id) {
      return byNumber.getOrDefault(id, List.of());
    }

    @Override
    public Optional<OrderFacts> byCode(String account, String codeWithoutTail) {
      codeLookUps++;
      return Optional.ofNullable(byCode.get(codeWithoutTail));
    }

    @Override
    public List<OrderFacts> byGtin(String account, String productGroup, String gtin) {
      return byGtin.getOrDefault(gtin, List.of());
    }
  }
}
