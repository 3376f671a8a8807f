package io.markbridge.mapping;

import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.util.Map;

/**
 * Where a rule stands while it runs.
 *
 * @param path of the level, such as {@code $.products[0]}
 * @param legacy the level's legacy fields
 * @param out the level's new fields so far, by dotted name
 * @param entry what is collected while an entry is rewritten
 */
record FieldContext(
    DocumentContext document,
    FieldRule rule,
    String path,
    Map<String, Value> legacy,
    Map<String, Value> out,
    EntryRun entry) {

  /** A problem with the rule's row. */
  Problem problem(ProblemCode code, String at, String... arguments) {
    return Problem.of(code, at, rule.row(), arguments);
  }

  FieldProblem malformed(Value value, String at, String expected) {
    return new FieldProblem(
        problem(
            ProblemCode.FIELD_MALFORMED, at, "value", Value.describe(value), "expected", expected));
  }

  /** The text of a legacy field of this level, or empty. */
  String legacyText(String name) {
    return legacy.get(name) instanceof Value.Scalar scalar ? scalar.text() : "";
  }

  /** The text of a new field of this level, or empty. */
  String outText(String name) {
    return out.get(name) instanceof Value.Scalar scalar ? scalar.text() : "";
  }
}
