package io.markbridge.mapping;

import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.Value.Text;
import io.markbridge.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Values that stand in a list: of the row, of the operator preset, or of a directory. */
final class TableTypes {
  private TableTypes() {}

  static Map<String, FieldType> all() {
    return Map.of(
        "one-of", TableTypes::oneOf,
        "table", TableTypes::table,
        "group", TableTypes::group,
        "country", TableTypes::country,
        "directory", TableTypes::directory,
        "owner", TableTypes::owner,
        "own-oms-id", TableTypes::ownOmsId,
        "refused", TableTypes::refused);
  }

  /** One of the row's {@code allowed}. */
  private static Value oneOf(Value value, String at, FieldContext context) throws FieldProblem {
    String text = ScalarTypes.scalar(value, at, context, "a text").text().trim();
    List<String> allowed = List.of(context.rule().option("allowed", "").split(", "));
    for (String word : List.of(text, text.toUpperCase(Locale.ROOT))) {
      if (allowed.contains(word)) {
        return new Text(word);
      }
    }
    throw notAllowed(text, String.join(", ", allowed), at, context);
  }

  /** Old word to new word by the row's {@code table} of the preset; a new word stays. */
  private static Value table(Value value, String at, FieldContext context) throws FieldProblem {
    String text = ScalarTypes.scalar(value, at, context, "a text").text().trim();
    Map<String, String> table = context.document().presetTable(context.rule().option("table", ""));
    for (String word : List.of(text, text.toUpperCase(Locale.ROOT))) {
      if (table.containsKey(word)) {
        return new Text(table.get(word));
      }
      if (table.containsValue(word)) {
        return new Text(word);
      }
    }
    throw notAllowed(
        text, String.join(", ", table.keySet().stream().sorted().toList()), at, context);
  }

  /** The legacy group, renamed where the preset does so. */
  private static Value group(Value value, String at, FieldContext context) throws FieldProblem {
    String text = ScalarTypes.scalar(value, at, context, "a text").text().trim();
    return new Text(
        context.document().presetTable("mapping/product-groups").getOrDefault(text, text));
  }

  /**
   * ISO alpha-2 of a code or name. With {@code unreadable: dropped} a country that nobody knows is
   * taken as not said.
   */
  private static Value country(Value value, String at, FieldContext context) throws FieldProblem {
    String text = ScalarTypes.scalar(value, at, context, "a country").text().trim();
    Optional<String> code = context.document().directories().countries().find(text);
    if (code.isPresent()) {
      return new Text(code.get());
    }
    if (context.rule().option("unreadable", "refused").equals("dropped")) {
      return null;
    }
    throw new FieldProblem(
        context.problem(
            ProblemCode.NOT_IN_DIRECTORY,
            at,
            "value",
            text,
            "file",
            Directories.file("countries")));
  }

  /** The row's {@code column} of its {@code directory}; an unknown key is refused. */
  private static Value directory(Value value, String at, FieldContext context) throws FieldProblem {
    String text = ScalarTypes.scalar(value, at, context, "a text").text().trim();
    String directory = context.rule().option("directory", "");
    Optional<String> found =
        context.document().directories().find(directory, text, context.rule().option("column", ""));
    if (found.isPresent()) {
      return new Text(found.get());
    }
    throw new FieldProblem(
        context.problem(
            ProblemCode.NOT_IN_DIRECTORY, at, "value", text, "file", Directories.file(directory)));
  }

  /**
   * A participant that is not the account itself (7.2): the owner of goods that a service provider
   * packs, where the site allows it.
   */
  private static Value owner(Value value, String at, FieldContext context) throws FieldProblem {
    String tin = ScalarTypes.scalar(value, at, context, "a TIN").text().trim();
    Optional<String> own = context.document().request().accountTin();
    if (own.isEmpty() || sameNumber(own.get(), tin)) {
      return null;
    }
    boolean allowed =
        context
            .document()
            .setting("owner-tin")
            .filter(setting -> setting.value().equals("allow"))
            .isPresent();
    if (allowed) {
      return new Text(tin);
    }
    throw new FieldProblem(
        context.problem(
            ProblemCode.VALUES_CONTRADICT,
            at,
            "first",
            "participantId " + tin,
            "second",
            "tin " + own.get() + " (owner-tin: allow)"));
  }

  /** The account is known by now (G4): a document of another one must not go out in its name. */
  private static Value ownOmsId(Value value, String at, FieldContext context) throws FieldProblem {
    String said = ScalarTypes.scalar(value, at, context, "a text").text().trim();
    String own = context.document().accountSetting("oms-id").orElse(said);
    if (said.isEmpty() || Settings.listed(own).stream().anyMatch(said::equalsIgnoreCase)) {
      return new Text(said);
    }
    throw new FieldProblem(
        context.problem(
            ProblemCode.VALUES_CONTRADICT,
            at,
            "first",
            "omsId " + said,
            "second",
            "omsId " + own + " of account " + context.document().request().account()));
  }

  /** What only a document of another kind says. */
  private static Value refused(Value value, String at, FieldContext context) throws FieldProblem {
    throw new FieldProblem(
        context.problem(
            ProblemCode.VALUES_CONTRADICT,
            at,
            "first",
            at + " " + Value.describe(value),
            "second",
            "kind " + context.document().request().kind()));
  }

  /** A TIN that went as a number has lost its leading zeros. */
  private static boolean sameNumber(String first, String second) {
    return first.replaceFirst("^0+", "").equals(second.replaceFirst("^0+", ""));
  }

  private static FieldProblem notAllowed(
      String value, String allowed, String at, FieldContext context) {
    return new FieldProblem(
        context.problem(ProblemCode.VALUE_NOT_ALLOWED, at, "value", value, "allowed", allowed));
  }
}
