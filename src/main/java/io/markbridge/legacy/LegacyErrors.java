package io.markbridge.legacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.ProblemText;
import io.markbridge.operator.OperatorPreset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes legacy errors: {@code {"success":false,"globalErrors":[…],"fieldErrors":[…]}} (change
 * table G6).
 *
 * <p>Errors with a place stand in {@code fieldErrors}, the others in {@code globalErrors}. That one
 * is never empty, because clients read {@code globalErrors[0]} without looking: where every error
 * has a place, it repeats the first one.
 */
public final class LegacyErrors {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MAXIMUM_ERRORS = 100;
  private static final int MAXIMUM_TEXT = 4000;

  private final Shape shape;
  private final ProblemText text;

  /** The dialects of the old API. */
  public enum Shape {
    /** {@code globalErrors} holds objects {@code {error, errorCode}}: Uzbekistan. */
    OBJECTS,
    /** {@code globalErrors} holds strings, field errors have no code: Kazakhstan. */
    STRINGS,
    /** {@code {status: ERROR, errors: [{code, message}]}}: a marketplace (change table Y9). */
    LIST
  }

  /**
   * @param text sentences in the language that the site chose
   */
  public LegacyErrors(Shape shape, ProblemText text) {
    this.shape = shape;
    this.text = text;
  }

  /**
   * The dialect of the preset, {@code legacy.error-shape}.
   *
   * @throws IllegalArgumentException when it is none of {@code objects}, {@code strings} and {@code
   *     list}
   */
  public static LegacyErrors of(OperatorPreset preset, ProblemText text) {
    String shape = preset.text("legacy/error-shape").orElse("objects");
    try {
      return new LegacyErrors(Shape.valueOf(shape.toUpperCase(Locale.ROOT)), text);
    } catch (IllegalArgumentException cause) {
      throw new IllegalArgumentException(
          "legacy.error-shape of operator preset "
              + preset.name()
              + ": objects, strings or list, not "
              + shape,
          cause);
    }
  }

  /**
   * @param problems at least one; those beyond the first hundred are counted, not told
   */
  public ObjectNode problems(List<Problem> problems) {
    return answer(problems.stream().map(this::line).toList());
  }

  private Line line(Problem problem) {
    String sentence = text.sentence(problem);
    return new Line(
        fieldName(problem.path()),
        sentence,
        problem.code().number(),
        new Told(problem.code().name(), sentence));
  }

  /** One problem. */
  public ObjectNode problem(Problem problem) {
    return problems(List.of(problem));
  }

  /**
   * What the operator refused, its own words inside a sentence of ours; its code where that is a
   * number.
   */
  public ObjectNode operator(List<OperatorError> errors) {
    return operator(errors, List.of());
  }

  /**
   * The same for a document of which a part was given up for it.
   *
   * @param ours what the operator never saw: told last, in our words
   */
  public ObjectNode operator(List<OperatorError> errors, List<Problem> ours) {
    Stream<OperatorError> told =
        errors.isEmpty() && ours.isEmpty()
            ? Stream.of(OperatorError.of("", "", ""))
            : errors.stream();
    return answer(
        Stream.concat(
                told.map(
                    error ->
                        new Line(
                            error.parameter(),
                            sentence(error),
                            error.number().orElse(ProblemCode.OPERATOR_REFUSED.number()),
                            Told.of(error))),
                ours.stream().map(this::line))
            .toList());
  }

  /** The sentence for one error of the operator: ours, and its own words as they came. */
  public String sentence(OperatorError error) {
    // Not as the sentence's argument: a sentence shows separators in another way, and shortens.
    String ours =
        text.sentence(
            Problem.of(ProblemCode.OPERATOR_REFUSED, error.parameter(), "G6", "reason", ""));
    return (ours.strip() + " " + error.verbatim()).strip();
  }

  /** An error in a marketplace's own shape: its own words, or ours where it never saw it. */
  private record Told(String code, String message) {
    static Told of(OperatorError error) {
      return new Told(
          error.code().isEmpty() ? ProblemCode.OPERATOR_REFUSED.name() : error.code(),
          error.text());
    }
  }

  private record Line(String field, String sentence, int number, Told told) {}

  private static ObjectNode list(List<Line> lines) {
    ObjectNode answer = JSON.objectNode().put("status", "ERROR");
    ArrayNode errors = answer.putArray("errors");
    for (Line line : lines) {
      ObjectNode error = errors.addObject().put("code", line.told().code());
      if (!line.told().message().isEmpty()) {
        error.put("message", bounded(line.told().message()));
      }
    }
    return answer;
  }

  private ObjectNode answer(List<Line> all) {
    if (shape == Shape.LIST) {
      return list(all);
    }
    List<Line> lines = all.size() > MAXIMUM_ERRORS ? all.subList(0, MAXIMUM_ERRORS) : all;
    ObjectNode answer = JSON.objectNode().put("success", false);
    ArrayNode global = answer.putArray("globalErrors");
    ArrayNode fields = answer.putArray("fieldErrors");
    for (Line line : lines) {
      if (line.field().isEmpty()) {
        addGlobal(global, line.sentence(), line.number());
      } else {
        ObjectNode field =
            fields
                .addObject()
                .put("fieldError", bounded(line.sentence()))
                .put("fieldName", bounded(line.field()));
        if (shape == Shape.OBJECTS) {
          field.put("errorCode", line.number());
        }
      }
    }
    if (global.isEmpty() && !lines.isEmpty()) {
      Line first = lines.get(0);
      String more = all.size() > 1 ? " (+" + (all.size() - 1) + ")" : "";
      addGlobal(global, first.field() + ": " + first.sentence() + more, first.number());
    } else if (all.size() > lines.size()) {
      addGlobal(global, "(+" + (all.size() - lines.size()) + ")", lines.get(0).number());
    }
    return answer;
  }

  private void addGlobal(ArrayNode global, String sentence, int number) {
    switch (shape) {
      case OBJECTS -> global.addObject().put("error", bounded(sentence)).put("errorCode", number);
      case STRINGS -> global.add(bounded(sentence));
      case LIST -> throw new IllegalStateException("a list has no global errors");
    }
  }

  /** {@code $.products[0].gtin} is {@code products[0].gtin} in old answers. */
  private static String fieldName(String path) {
    return path.startsWith("$.") ? path.substring(2) : path.equals("$") ? "" : path;
  }

  private static String bounded(String sentence) {
    return ErrorReasons.bounded(sentence, MAXIMUM_TEXT);
  }
}
