package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderMappingTest {
  private static final String PHARMA =
      """
      {"products": [{"gtin": "04780012345679", "quantity": "20", "serialNumberType": "OPERATOR",
                     "serialNumbers": null, "templateId": 5}],
       "factoryId": "F-7", "factoryName": "Завод", "factoryAddress": "Ташкент",
       "factoryCountry": "Узбекистан", "productionLineId": 3, "productCode": "6789",
       "productDescription": "Tablets", "poNumber": 123456, "expectedStartDate": "2026-03-01",
       "releaseMethodType": "PRODUCTION", "country": "UZ"}
      """;

  @TempDir Path directory;
  private MapperHarness harness;

  @BeforeEach
  void harness() {
    harness = new MapperHarness(directory).setting("business-place-id", "17");
  }

  private List<Problem> problems(String json) {
    return catchThrowableOfType(DocumentRejectedException.class, () -> harness.map("order", json))
        .problems();
  }

  @Test
  void keepsWhatTheNewApiTakesAndDropsTheRest() throws Exception {
    MapperHarness.Result result = harness.map("order", PHARMA);

    assertThat(result.bodies())
        .containsExactly(
            "{\"businessPlaceId\":17,\"poNumber\":\"123456\",\"productGroup\":\"pharma\","
                + "\"products\":[{\"cisType\":\"UNIT\",\"gtin\":\"04780012345679\","
                + "\"quantity\":20,\"serialNumberType\":\"OPERATOR\"}],"
                + "\"releaseMethodType\":\"PRIMARY\"}");
    MappedPart part = result.document().parts().get(0);
    assertThat(part.call()).isEqualTo("order");
    assertThat(part.codes()).isEqualTo(20);
    assertThat(part.size()).isEqualTo(result.body().length());
    assertThat(part.query()).isEmpty();
    assertThat(result.document().orderNumber()).contains("123456");
    assertThat(result.note("3.5", "factoryName").orElseThrow().action()).isEqualTo("dropped");
    assertThat(result.note("3.2", "products[*].templateId").orElseThrow().action())
        .isEqualTo("dropped");
  }

  @Test
  void remembersWhatReportsWillNeed() throws Exception {
    assertThat(harness.map("order", PHARMA).document().remembered())
        .containsExactly(
            new OrderFacts(
                "main",
                "pharma",
                "04780012345679",
                Optional.empty(),
                Optional.of("123456"),
                Optional.of("PRODUCTION"),
                Optional.of("UZ"),
                Optional.of(17L)));
  }

  @Test
  void factoryIdTellsThePlaceBeforeSettings() throws Exception {
    harness.file(
        "config/directories/business-places.csv", "\ufefffactory-id;business-place-id\nF-7;41\n");
    assertThat(harness.map("order", PHARMA).body()).startsWith("{\"businessPlaceId\":41,");
  }

  @Test
  void aFactoryThatAFilledDirectoryDoesNotKnowIsRefused() {
    harness.file(
        "config/directories/business-places.csv", "factory-id,business-place-id\nF-8,41\n");
    assertThat(problems(PHARMA))
        .containsExactly(
            Problem.of(
                ProblemCode.NOT_IN_DIRECTORY,
                "$.factoryId",
                "3.4",
                "value",
                "F-7",
                "file",
                "config/directories/business-places.csv"));
  }

  @Test
  void anOrderOfImportedHomeGoodsIsRefusedBeforeItsCodesAreOrdered() throws Exception {
    String json = PHARMA.replace("\"PRODUCTION\"", "\"IMPORT\"");
    assertThat(problems(json))
        .extracting(problem -> problem.code() + " " + problem.row() + " " + problem.path())
        .containsExactly("VALUES_CONTRADICT X1 $.country");
    assertThat(problems(json).get(0).arguments().get("second"))
        .contains("UZ", "refuse-contradicting-import");
    assertThat(problems(json.replace(", \"country\": \"UZ\"", "")))
        .extracting(Problem::path)
        .containsExactly("$.factoryCountry");
    harness.setting("refuse-contradicting-import", "false");
    assertThat(harness.map("order", json).bodies()).hasSize(1);
  }

  /** At the operator they are the same order, which would be paid for twice: a person decides. */
  @Test
  void ordersThatDifferInWhatIsOnlyRememberedAreEqual() throws Exception {
    String key = harness.map("order", PHARMA).document().contentKey();
    String imported =
        PHARMA
            .replace("\"PRODUCTION\"", "\"IMPORT\"")
            .replace("Узбекистан", "TR")
            .replace("\"UZ\"", "\"TR\"");
    assertThat(harness.map("order", imported).body())
        .isEqualTo(harness.map("order", PHARMA).body());
    assertThat(harness.map("order", imported).document().contentKey()).isEqualTo(key);
    harness.setting("business-place-id", "18");
    assertThat(harness.map("order", PHARMA).document().contentKey()).isEqualTo(key);
  }

  @Test
  void bothNumbersOfAnOrderAreRemembered() throws Exception {
    String json = PHARMA.replaceFirst("\\{", "{\"productionOrderId\": \" PO-9\",");
    MappedDocument document = harness.map("order", json).document();
    assertThat(document.orderNumber()).contains("123456");
    assertThat(document.remembered())
        .extracting(OrderFacts::productionOrderId)
        .containsExactly(Optional.of("123456"), Optional.of("PO-9"));
    assertThat(harness.map("order", json.replace("PO-9", "9".repeat(256))).document().remembered())
        .extracting(OrderFacts::productionOrderId)
        .containsExactly(Optional.of("123456"));
  }

  @Test
  void contradictingCountriesAreAnError() {
    assertThat(problems(PHARMA.replace("\"UZ\"", "\"KAZ\"")))
        .extracting(Problem::code)
        .containsExactly(ProblemCode.VALUES_CONTRADICT);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    List<Problem> problems =
        problems(
            """
            {"products": [{"gtin": "4780012345679", "quantity": 0, "serialNumberType": "SELF_MADE"},
                          {"gtin": 1, "gtin": 2, "quantity": [], "serialNumberType": "MINE"}],
             "releaseMethodType": "DREAMING", "serviceProviderId": "nobody"}
            """);
    assertThat(problems)
        .extracting(problem -> problem.code() + " " + problem.path())
        .contains(
            "FIELD_MALFORMED $.products[0].gtin",
            "FIELD_MALFORMED $.products[0].quantity",
            "FIELD_REQUIRED $.products[0].serialNumbers",
            "DUPLICATE_KEY $.products[1].gtin",
            "VALUE_NOT_ALLOWED $.products[1].serialNumberType",
            "VALUE_NOT_ALLOWED $.releaseMethodType",
            "NOT_IN_DIRECTORY $.serviceProviderId");
  }

  @Test
  void aTobaccoOrderHasDefaultsAndItsTemplateTellsTheCodeType() throws Exception {
    harness.group("tobacco").setting("is-paid", "true");
    String body =
        harness
            .map(
                "order",
                """
                {"attributes": {"factoryCountry": "Country", "productionOrderId": "P-1"},
                 "products": [{"gtin": "04780012345679", "quantity": 1,
                               "serialNumberType": "SELF_MADE", "serialNumbers": ["a1"],
                               "templateId": "3"}]}
                """)
            .body();
    assertThat(body)
        .contains("\"cisType\":\"GROUP\"")
        .contains("\"isPaid\":true")
        .contains("\"poNumber\":\"P-1\"")
        .contains("\"serialNumbers\":[\"a1\"]")
        .contains("\"releaseMethodType\":\"PRIMARY\"");
  }

  @Test
  void aServiceProviderBecomesTheContractor() throws Exception {
    harness.file(
        "config/directories/contractors.csv", "service-provider-id,tin,country\nsp-1,301,UZ\n");
    assertThat(
            harness
                .map("order", PHARMA.replaceFirst("\\{", "{\"serviceProviderId\":\"sp-1\","))
                .body())
        .contains(
            "\"contractorInfo\":{\"contractorCountryCode\":\"UZ\",\"contractorTin\":\"301\"}");
  }

  @Test
  void aMissingPlaceIsNamedWithWhereToPutIt() {
    harness = new MapperHarness(directory);
    Problem problem = problems(PHARMA).get(0);
    assertThat(problem.code()).isEqualTo(ProblemCode.FIELD_REQUIRED);
    assertThat(problem.row()).isEqualTo("3.4");
    assertThat(problem.arguments().get("where"))
        .contains("meta.json")
        .contains("config/directories/business-places.csv")
        .contains("business-place-id");
  }

  @Test
  void unknownFieldsAreDroppedAndNotedOrRejected() throws Exception {
    String json = PHARMA.replaceFirst("\\{", "{\"colour\":{\"a\":[1,{}]},");
    assertThat(harness.map("order", json).note("X5", "colour")).isPresent();
    harness.setting("unknown-fields", "reject");
    assertThat(problems(json)).extracting(Problem::code).containsExactly(ProblemCode.FIELD_UNKNOWN);
  }
}
