package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.ProblemSentences;
import io.markbridge.legacy.LegacyErrors.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LegacyErrorsTest {
  private final LegacyErrors objects =
      LegacyErrors.of(Fixtures.preset("uz"), problem -> "said " + problem.code().number());
  private final LegacyErrors strings =
      LegacyErrors.of(Fixtures.preset("kz"), problem -> "said " + problem.code().number());
  private final Problem whole = Problem.of(ProblemCode.NOT_JSON, "", "", "reason", "empty");
  private final Problem placed =
      Problem.of(ProblemCode.FIELD_REQUIRED, "$.products[0].gtin", "3.4", "field", "gtin");

  @Test
  void writesObjects() {
    same(
        objects.problems(List.of(whole, placed)),
        """
        {"success": false,
         "globalErrors": [{"error": "said 9001", "errorCode": 9001}],
         "fieldErrors": [{"fieldError": "said 9101", "fieldName": "products[0].gtin", "errorCode": 9101}]}
        """);
  }

  @Test
  void writesStrings() {
    same(
        strings.problems(List.of(whole, placed)),
        """
        {"success": false, "globalErrors": ["said 9001"],
         "fieldErrors": [{"fieldError": "said 9101", "fieldName": "products[0].gtin"}]}
        """);
  }

  @Test
  void alwaysHasAGlobalError() {
    assertThat(objects.problem(placed).at("/globalErrors/0/error").asText())
        .isEqualTo("products[0].gtin: said 9101");
    assertThat(strings.problems(List.of(placed, placed)).at("/globalErrors/0").asText())
        .isEqualTo("products[0].gtin: said 9101 (+1)");
  }

  @Test
  void tellsTheOperatorsWordsVerbatim() {
    same(
        objects.operator(
            List.of(
                OperatorError.of("201", "No permission for operation", ""),
                OperatorError.of("invalid-input-parameter", "", "gtin"))),
        """
        {"success": false,
         "globalErrors": [{"error": "said 9501 201: No permission for operation", "errorCode": 201}],
         "fieldErrors": [{"fieldError": "said 9501 invalid-input-parameter", "fieldName": "gtin", "errorCode": 9501}]}
        """);
    LegacyErrors spoken =
        new LegacyErrors(
            Shape.STRINGS, problem -> "Оператор отказал: " + problem.arguments().get("reason"));
    assertThat(
            spoken
                .operator(List.of(OperatorError.of("x", "нет {прав}", "")))
                .at("/globalErrors/0")
                .asText())
        .isEqualTo("Оператор отказал: x: нет {прав}");
    assertThat(spoken.operator(List.of()).at("/globalErrors")).hasSize(1);
  }

  @Test
  void saysWhatToDoInsteadInTheChosenLanguage() {
    LegacyApi api = Fixtures.api();
    for (String language : List.of("en", "ru")) {
      LegacyErrors spoken =
          new LegacyErrors(
              Shape.STRINGS, new ProblemSentences(Locale.forLanguageTag(language))::say);
      String told =
          spoken
              .problem(api.notServed(api.call("dropout"), language))
              .at("/globalErrors/0")
              .asText();
      assertThat(told)
          .contains("POST /dropout", api.call("dropout").instead().get(language).substring(0, 20))
          .doesNotContain("..");
    }
  }

  @Test
  void theOperatorsWordsStandOnce() {
    String words = "code \"0104780009876541215a\u001d93Ab=\" is unknown" + "x".repeat(500);
    for (Locale language : List.of(Locale.ENGLISH, Locale.forLanguageTag("ru"))) {
      String sentence =
          new LegacyErrors(Shape.OBJECTS, new ProblemSentences(language)::say)
              .sentence(OperatorError.of("E", words, ""));
      assertThat(sentence).endsWith(": E: " + words).containsOnlyOnce("93Ab=");
    }
  }

  @Test
  void isBounded() {
    JsonNode many = objects.problems(Collections.nCopies(5000, placed));
    assertThat(many.path("fieldErrors")).hasSize(100);
    assertThat(many.at("/globalErrors/0/error").asText()).endsWith("(+4999)");
    JsonNode global = objects.problems(Collections.nCopies(5000, whole));
    assertThat(global.path("globalErrors")).hasSize(101);
    JsonNode longText = objects.operator(List.of(OperatorError.of("", "x".repeat(90_000), "")));
    assertThat(longText.toString().length()).isLessThan(5000);
  }

  private static void same(JsonNode answer, String expected) {
    assertThat(Fixtures.parsed(answer.toString())).isEqualTo(Fixtures.parsed(expected));
  }
}
