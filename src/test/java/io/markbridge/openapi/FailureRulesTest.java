package io.markbridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.FailureKind;
import io.markbridge.document.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table of what follows from a failure: every kind, purpose, effect and ceiling. */
class FailureRulesTest {

  /**
   * A line for each kind, with or without an answer, and purposes that fare alike. The steps are
   * those of a request: without an effect, with one, then the same at the ceiling. What it means
   * for others: P pauses the limit, T asks for a new token, C counts towards the ceiling where the
   * operator works, O tells of an outage.
   */
  private static final String TABLE =
      """
      NOT_REACHED, answered: RETRY RETRY RETRY RETRY ---O
      NOT_REACHED, no answer: RETRY RETRY RETRY RETRY ---O
      ANSWER_LOST, answered: RETRY FIND_OUT PARK FIND_OUT --C-
      ANSWER_LOST, no answer: RETRY FIND_OUT PARK FIND_OUT --CO
      OPERATOR_FAILED, answered: RETRY FIND_OUT PARK FIND_OUT --CO
      OPERATOR_FAILED, no answer: RETRY FIND_OUT PARK FIND_OUT --CO
      OVER_LIMIT, answered: RETRY RETRY RETRY RETRY P---
      OVER_LIMIT, no answer: GIVE_BACK GIVE_BACK GIVE_BACK GIVE_BACK ----
      NOT_AUTHENTICATED, answered: RETRY RETRY RETRY RETRY -T--
      NOT_AUTHENTICATED, no answer: RETRY RETRY RETRY RETRY ----
      NOT_PERMITTED, answered, STATEMENT QUERY DETAIL: REJECT REJECT REJECT REJECT --C-
      NOT_PERMITTED, answered, TRACKING LOOK_UP: ASK_AGAIN ASK_AGAIN PARK PARK --C-
      NOT_PERMITTED, no answer, STATEMENT QUERY DETAIL: REJECT REJECT REJECT REJECT --C-
      NOT_PERMITTED, no answer, TRACKING LOOK_UP: ASK_AGAIN ASK_AGAIN PARK PARK --C-
      NOT_FOUND, answered, STATEMENT QUERY: REJECT REJECT REJECT REJECT --C-
      NOT_FOUND, answered, TRACKING DETAIL LOOK_UP: ASK_AGAIN ASK_AGAIN PARK PARK --C-
      NOT_FOUND, no answer, STATEMENT QUERY: REJECT REJECT REJECT REJECT --C-
      NOT_FOUND, no answer, TRACKING DETAIL LOOK_UP: ASK_AGAIN ASK_AGAIN PARK PARK --C-
      REFUSED, answered, STATEMENT QUERY DETAIL: REJECT REJECT REJECT REJECT --C-
      REFUSED, answered, TRACKING LOOK_UP: ASK_AGAIN ASK_AGAIN PARK PARK --C-
      REFUSED, no answer, STATEMENT QUERY DETAIL: REJECT REJECT REJECT REJECT --C-
      REFUSED, no answer, TRACKING LOOK_UP: ASK_AGAIN ASK_AGAIN PARK PARK --C-
      """;

  @Test
  void everyFailureIsDecided() {
    assertThat(table()).isEqualTo(TABLE);
  }

  private static String table() {
    StringBuilder text = new StringBuilder();
    for (FailureKind kind : FailureKind.values()) {
      for (boolean answered : new boolean[] {true, false}) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (Purpose purpose : Purpose.values()) {
          alike
              .computeIfAbsent(fate(kind, answered, purpose), fate -> new ArrayList<>())
              .add(purpose.name());
        }
        alike.forEach(
            (fate, purposes) ->
                text.append(kind)
                    .append(answered ? ", answered" : ", no answer")
                    .append(
                        purposes.size() == Purpose.values().length
                            ? ""
                            : ", " + String.join(" ", purposes))
                    .append(": ")
                    .append(fate)
                    .append("\n"));
      }
    }
    return text.toString();
  }

  private static String fate(FailureKind kind, boolean answered, Purpose purpose) {
    List<String> steps = new ArrayList<>();
    String others = "";
    for (boolean atCeiling : new boolean[] {false, true}) {
      for (boolean effect : new boolean[] {false, true}) {
        Consequence follows = follows(kind, answered, new Attempt(purpose, effect, atCeiling));
        steps.add(follows.step().name());
        others = others(follows);
      }
    }
    return String.join(" ", steps) + " " + others;
  }

  private static Consequence follows(FailureKind kind, boolean answered, Attempt attempt) {
    return FailureRules.follows(
            attempt,
            new OperatorAnswer(
                answered ? 400 : 0, new byte[0], Optional.of(kind), List.of(), Optional.empty()))
        .orElseThrow();
  }

  private static String others(Consequence follows) {
    return (follows.pause().isPresent() ? "P" : "-")
        + (follows.newToken() ? "T" : "-")
        + (follows.counts() ? "C" : "-")
        + (follows.tellsOutage() ? "O" : "-");
  }

  @Test
  void aSuccessHasNoConsequence() {
    OperatorAnswer success =
        new OperatorAnswer(200, new byte[0], Optional.empty(), List.of(), Optional.empty());
    assertThat(FailureRules.follows(Attempt.ofPerson(), success)).isEmpty();
  }

  @Test
  void aLimitIsClosedForAsLongAsTheOperatorSays() {
    for (Duration named : List.of(Duration.ZERO, Duration.ofMinutes(2))) {
      Consequence follows =
          FailureRules.follows(Attempt.ofPerson(), overLimit(Optional.of(named))).orElseThrow();
      assertThat(follows.pause()).contains(named);
      assertThat(follows.atLeast()).contains(named);
    }
    Consequence unnamed =
        FailureRules.follows(Attempt.ofPerson(), overLimit(Optional.empty())).orElseThrow();
    assertThat(unnamed.pause()).contains(Duration.ofSeconds(10));
    assertThat(unnamed.atLeast()).isEmpty();
  }

  private static OperatorAnswer overLimit(Optional<Duration> wait) {
    return new OperatorAnswer(
        429, new byte[0], Optional.of(FailureKind.OVER_LIMIT), List.of(), wait);
  }

  @ParameterizedTest
  @CsvSource({
    "200, , true",
    "400, REFUSED, true",
    "404, NOT_FOUND, true",
    "403, NOT_PERMITTED, true",
    "302, OPERATOR_FAILED, false",
    "401, NOT_AUTHENTICATED, false",
    "408, OPERATOR_FAILED, false",
    "429, OVER_LIMIT, false",
    "503, OPERATOR_FAILED, false",
    "200, ANSWER_LOST, false",
    "0, NOT_REACHED, false"
  })
  void onlyRealAnswersShowThatTheOperatorWorks(int status, FailureKind kind, boolean works) {
    assertThat(
            FailureRules.showsThatItWorks(
                new OperatorAnswer(
                    status, new byte[0], Optional.ofNullable(kind), List.of(), Optional.empty())))
        .isEqualTo(works);
  }
}
