package io.markbridge.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemSentencesTest {
  private final ProblemSentences english = new ProblemSentences(Locale.ENGLISH);
  private final ProblemSentences russian = new ProblemSentences(Locale.forLanguageTag("ru"));

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void everyCodeHasASentenceInBothLanguages(ProblemCode code) {
    assertThat(english.text(code.name())).isNotEqualTo(code.name());
    assertThat(russian.text(code.name())).isNotEqualTo(code.name()).matches("(?s).*[а-я].*");
  }

  @Test
  void namesFieldPlaceAndWhatToDo() {
    Problem problem =
        Problem.of(
            ProblemCode.FIELD_REQUIRED,
            "$.productionDate",
            "6.8",
            "field",
            "productionDate",
            "where",
            "<name>.meta.json");
    assertThat(english.say(problem))
        .isEqualTo(
            "The new API requires productionDate at $.productionDate, and no source gave it."
                + " Put it into one of: <name>.meta.json.");
    assertThat(russian.say(problem)).contains("productionDate").contains("требует");
  }

  @Test
  void reasonsAreTranslatedAndOthersToldAsTheyAre() {
    Problem truncated =
        Problem.of(ProblemCode.NOT_JSON, "", "", "reason", "truncated", "line", "3", "column", "7");
    assertThat(english.say(truncated)).contains("ends in the middle (line 3, column 7)");
    Problem operator = Problem.of(ProblemCode.OPERATOR_REFUSED, "", "", "reason", "No {money} $1");
    assertThat(english.say(operator)).endsWith("No {money} $1");
  }

  @Test
  void controlCharactersOfHostileValuesAreShownNotSent() {
    Problem problem =
        Problem.of(
            ProblemCode.FIELD_MALFORMED,
            "$.gtin",
            "3",
            "value",
            "1\u001d2\n" + "x".repeat(500),
            "expected",
            "14 digits");
    assertThat(english.say(problem))
        .contains("1\\u001d2\\u000a")
        .contains("…")
        .doesNotContain("\n");
  }
}
