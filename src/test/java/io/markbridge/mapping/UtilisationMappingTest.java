package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.ProblemSentences;
import io.markbridge.mapping.Mapper.AcceptedCodes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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

  /** Mistyped, its value would be taken from elsewhere in silence. */
  @Test
  void refusesAGivenNameThatNoDocumentHas() throws Exception {
    String report = report(DATES + "," + DERIVED, code(GTIN, 1));
    harness.given("ReleaseType", "IMPORT");
    assertThat(problems(report))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("meta.ReleaseType");
              assertThat(problem.arguments()).containsEntry("value", "ReleaseType");
              assertThat(problem.arguments().get("allowed")).contains("releaseType");
            });
  }

  /** One side file of a line may serve its orders and its reports. */
  @Test
  void takesAGivenNameOfAnotherKind() throws Exception {
    harness.given("isPaid", "true");
    String report = report(DATES + "," + DERIVED, code(GTIN, 1));
    assertThat(harness.map("utilisation", report).body()).doesNotContain("isPaid");
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

  /** What is only answered, and never sent, may lack what the operator wants. */
  @Test
  void answersASilentReportWithoutTails() throws Exception {
    String bare = code(GTIN, 1).substring(0, code(GTIN, 1).indexOf("\\u001d"));
    String report = report(DATES + "," + DERIVED + ",\"usageType\":\"%s\"", bare);
    assertThat(harness.map("utilisation", report.formatted("SENT_TO_PRINTER")).document().parts())
        .isEmpty();
    assertThat(problems(report.formatted("VERIFIED")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.arguments()).containsEntry("reason", "no-tail"));
  }

  /** As folder and path do; another group would be another statement. */
  @Test
  void aSideFileMaySayTheGroupItIsIn() throws Exception {
    String report = report(DATES + "," + DERIVED, code(GTIN, 1));
    harness.given("productGroup", "Pharma");
    assertThat(harness.map("utilisation", report).document().parts()).hasSize(1);
    harness.given("productGroup", "water");
    assertThat(problems(report).get(0).path()).isEqualTo("meta.productGroup");
  }

  /** Whose document it is, the body says too (G4). */
  @Test
  void refusesTheOmsIdOfAnotherAccount() throws Exception {
    harness.setting("account:oms-id", "cccc-3, AAAA-1");
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
    assertThat(memory.questions).isEqualTo(1);
    assertThat(result.document().notes())
        .anySatisfy(
            note -> {
              assertThat(note.row()).isEqualTo("6.5");
              assertThat(note.source()).isEqualTo("order d-1");
            });
  }

  @Test
  void theOrderOfTheNumberSaysNothingOfGoodsThatItDoesNotHave() throws Exception {
    memory.byNumber.put("PO-1", List.of(facts(OTHER_GTIN, "IMPORT", "TR", 101L, "d-1")));
    String json = report(DATES + ",\"productionOrderId\":\"PO-1\"", code(GTIN, 1));
    assertThat(problems(json))
        .extracting(problem -> problem.code() + " " + problem.row())
        .containsExactly("VALUES_CONTRADICT 6.5", "VALUES_CONTRADICT 6.6", "VALUES_CONTRADICT 6.7");
    assertThat(problems(json).get(0).arguments())
        .containsEntry("first", "IMPORT (order PO-1, GTIN " + OTHER_GTIN + ", document d-1)")
        .containsEntry("second", "GTIN " + GTIN + " of a code, which that order has not");
    memory.byCode.put(code(GTIN, 1).substring(0, 31), facts(GTIN, "PRODUCTION", "UZ", 17L, "d-2"));
    assertThat(harness.map("utilisation", json).body()).contains("\"releaseType\":\"PRODUCTION\"");
  }

  @Test
  void aCodeFetchedForAnotherOrderThatSaysOtherwiseIsRefused() throws Exception {
    memory.byNumber.put("P-3", List.of(facts(GTIN, "IMPORT", "CN", 5L, "d-3")));
    memory.byCode.put(code(GTIN, 2).substring(0, 31), facts(GTIN, "PRODUCTION", "UZ", 5L, "d-2"));
    String json = report(DATES + ",\"productionOrderId\":\"P-3\"", code(GTIN, 1), code(GTIN, 2));
    List<Problem> problems = problems(json);
    assertThat(problems)
        .extracting(problem -> problem.code() + " " + problem.row())
        .containsExactly("VALUES_CONTRADICT 6.5", "VALUES_CONTRADICT 6.6");
    assertThat(new ProblemSentences(Locale.ENGLISH).say(problems.get(0)))
        .isEqualTo(
            "Two statements contradict each other at $.releaseType (first for the code $.sntins[1]):"
                + " IMPORT (order PO-1, GTIN "
                + GTIN
                + ", document d-3) against PRODUCTION (order PO-1, GTIN "
                + GTIN
                + ", document d-2), for which the code was fetched. Correct one of the two, or say"
                + " which one counts in: <name>.meta.json, --set releaseType=….");
    memory.byCode.put(code(GTIN, 2).substring(0, 31), facts(GTIN, "IMPORT", "CN", 5L, "d-2"));
    assertThat(harness.map("utilisation", json).bodies()).hasSize(1);
  }

  @Test
  void ofTwoOrdersOfOneNumberTheOneCountsThatTheCodeWasFetchedFor() throws Exception {
    OrderFacts imported = facts(GTIN, "IMPORT", "CN", 5L, "d-1");
    OrderFacts made = facts(GTIN, "PRODUCTION", "UZ", 5L, "d-2");
    memory.byNumber.put("PO-1", List.of(imported, made));
    String json = report(DATES + ",\"productionOrderId\":\"PO-1\"", code(GTIN, 1));
    assertThat(problems(json)).extracting(Problem::row).containsExactly("6.5", "6.6");
    assertThat(new ProblemSentences(new Locale("ru")).say(problems(json).get(0)))
        .contains("IMPORT (order PO-1, GTIN " + GTIN + ", document d-1)", "<name>.meta.json");
    memory.byCode.put(code(GTIN, 1).substring(0, 31), made);
    assertThat(harness.map("utilisation", json).body()).contains("\"releaseType\":\"PRODUCTION\"");
  }

  @Test
  void ordersOfCodesAreAskedForHundredsAtOnce() throws Exception {
    String[] codes = IntStream.range(0, 1200).mapToObj(i -> code(GTIN, i)).toArray(String[]::new);
    for (String code : codes) {
      memory.byCode.put(code.substring(0, 31), facts(GTIN, "PRODUCTION", "UZ", 5L, "d"));
    }
    MapperHarness.Result result = harness.map("utilisation", report(DATES, codes));
    assertThat(result.document().parts()).extracting(MappedPart::codes).containsExactly(1200L);
    assertThat(result.body().indexOf(codes[1199])).isGreaterThan(result.body().indexOf(codes[0]));
    assertThat(memory.questions).isLessThan(10);
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
  void theContentKeyKnowsNoOrderOfCodes() throws Exception {
    String[] codes = IntStream.range(0, 40).mapToObj(i -> code(GTIN, i)).toArray(String[]::new);
    String key = key(codes);
    Collections.reverse(Arrays.asList(codes));
    assertThat(key(codes)).isEqualTo(key).hasSize(64);
    assertThat(key(Arrays.copyOf(codes, 39))).isNotEqualTo(key);
    codes[7] = code(GTIN, 40);
    assertThat(key(codes)).isNotEqualTo(key);
  }

  private String key(String... codes) throws Exception {
    return harness.map("utilisation", report(DATES + "," + DERIVED, codes)).document().contentKey();
  }

  @Test
  void blanksAtTheEndsOfTextsAreNotSent() throws Exception {
    String json =
        report(
            DATES.replace(":12", ":\" S-12 \"")
                + ","
                + DERIVED
                + ",\"productionOrderId\":\" PO-9\"",
            code(GTIN, 1));
    MapperHarness.Result result = harness.map("utilisation", json);
    assertThat(result.body())
        .contains("\"seriesNumber\":\"S-12\"", "\"productionOrderId\":\"PO-9\"");
    assertThat(result.note("6.10", "seriesNumber").orElseThrow().action()).isEqualTo("converted");
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
    String otherTail = code(GTIN, 1).replace("UZF0", "UZF1");
    assertThat(problems(report(DATES + "," + DERIVED, code(GTIN, 1), code(GTIN, 2), otherTail)))
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
  void aCodeWithoutItsTailIsRefused() {
    String noTail = code(GTIN, 1).substring(0, 31);
    // The separator before 93 is lost: 13 characters could be a serial number without a tail too.
    String lost = "01" + GTIN + "21=a-KAA993otHY";
    String pack = "04780012345679AbCdEfG";
    List<Problem> problems =
        problems(report(DATES + "," + DERIVED, code(GTIN, 2), noTail, lost, pack));
    assertThat(problems)
        .extracting(
            problem ->
                problem.path()
                    + " "
                    + problem.arguments().get("position")
                    + " "
                    + problem.arguments().get("reason"))
        .containsExactly(
            "$.sntins[1] 31 no-tail", "$.sntins[2] 31 no-tail", "$.sntins[3] 21 no-tail");
    assertThat(new ProblemSentences(Locale.ENGLISH).say(problems.get(0)))
        .contains("number 1 (counted from 0) at $.sntins[1]")
        .contains("its crypto tail is missing");
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
    private int questions;

    @Override
    public List<OrderFacts> byProductionOrder(String account, String productGroup, String id) {
      return byNumber.getOrDefault(id, List.of());
    }

    @Override
    public Map<String, OrderFacts> byCodes(String account, Collection<String> codes) {
      questions++;
      Map<String, OrderFacts> found = new HashMap<>(byCode);
      found.keySet().retainAll(codes);
      return found;
    }

    @Override
    public List<OrderFacts> byGtin(String account, String productGroup, String gtin) {
      return byGtin.getOrDefault(gtin, List.of());
    }
  }
}
