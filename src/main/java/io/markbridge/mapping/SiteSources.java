package io.markbridge.mapping;

import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.Outcome.Found;
import io.markbridge.mapping.Outcome.Missing;
import io.markbridge.mapping.Outcome.NotNeeded;
import io.markbridge.mapping.Outcome.Refused;
import io.markbridge.mapping.SiteDefaults.SiteValue;
import io.markbridge.mapping.Value.Text;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/** Settings, directories and the operator preset. */
final class SiteSources {
  private static final String PRODUCTS = "products";

  private SiteSources() {}

  static Map<String, ValueSource> all() {
    return Map.of(
        "setting",
        ValueSource.of(
            (context, code) -> setting(context.document().setting(name(context.rule()))),
            rule -> "markbridge.{lines,folders,groups,accounts}.<name>." + name(rule)),
        "near-setting",
        ValueSource.of(
            (context, code) -> setting(context.document().nearSetting(name(context.rule()))),
            rule -> "markbridge.{lines,folders}.<name>." + name(rule)),
        "far-setting",
        ValueSource.of(
            (context, code) -> setting(context.document().farSetting(name(context.rule()))),
            rule -> "markbridge.{groups,accounts}.<name>." + name(rule)),
        "preset",
        ValueSource.of(SiteSources::preset, rule -> ""),
        "directory",
        ValueSource.of(
            SiteSources::directory, rule -> Directories.file(rule.option("directory", ""))),
        "products",
        ValueSource.of(SiteSources::products, rule -> Directories.file(PRODUCTS)),
        "shelf-life",
        ValueSource.of(SiteSources::shelfLife, rule -> Directories.file(PRODUCTS)),
        "series-rule",
        ValueSource.of(SiteSources::seriesRule, rule -> ""));
  }

  private static String name(FieldRule rule) {
    return rule.option("setting", "");
  }

  private static Outcome setting(Optional<SiteValue> value) {
    return value.isPresent()
        ? new Found(new Text(value.get().value()), value.get().key(), value.get().key())
        : Outcome.NOTHING;
  }

  private static Outcome preset(FieldContext context, Optional<MarkingCode> code) {
    String path = context.rule().option("preset", "");
    return context
        .document()
        .preset()
        .text(path)
        .<Outcome>map(text -> new Found(new Text(text), "operator " + path, path))
        .orElse(Outcome.NOTHING);
  }

  /**
   * A directory's column by another legacy field. A key that a filled directory does not know is
   * refused: the next source would be a guess. An empty directory says nothing.
   */
  private static Outcome directory(FieldContext context, Optional<MarkingCode> code) {
    FieldRule rule = context.rule();
    String directory = rule.option("directory", "");
    String key = context.legacyText(rule.option("key", "")).trim();
    if (key.isEmpty() || context.document().directories().rows(directory).isEmpty()) {
      return Outcome.NOTHING;
    }
    String file = Directories.file(directory);
    Optional<String> value =
        context.document().directories().find(directory, key, rule.option("column", ""));
    if (value.isEmpty()) {
      return new Refused(
          context.problem(
              ProblemCode.NOT_IN_DIRECTORY,
              context.path() + "." + rule.option("key", ""),
              "value",
              key,
              "file",
              file));
    }
    return new Found(new Text(value.get()), file, file);
  }

  /** A column of products.csv by the code's GTIN. */
  private static Outcome products(FieldContext context, Optional<MarkingCode> code) {
    if (context.document().directories().rows(PRODUCTS).isEmpty()) {
      return Outcome.NOTHING;
    }
    if (code.isEmpty()) {
      return Outcome.PER_CODE;
    }
    return product(context, code.get(), context.rule().option("column", ""))
        .<Outcome>map(
            text ->
                new Found(new Text(text), Directories.file(PRODUCTS), Directories.file(PRODUCTS)))
        .orElse(Outcome.NOTHING);
  }

  /** Production date and the shelf life of the GTIN (6.9). */
  private static Outcome shelfLife(FieldContext context, Optional<MarkingCode> code) {
    if (context.document().directories().rows(PRODUCTS).isEmpty()) {
      return Outcome.NOTHING;
    }
    if (code.isEmpty()) {
      return Outcome.PER_CODE;
    }
    Optional<OffsetDateTime> production =
        context.document().dates().read(context.outText(context.rule().option("of", "")));
    Optional<String> days = product(context, code.get(), "shelf-life-days");
    Optional<String> months = product(context, code.get(), "shelf-life-months");
    if (production.isEmpty() || (days.isEmpty() && months.isEmpty())) {
      return Outcome.NOTHING;
    }
    String file = Directories.file(PRODUCTS);
    try {
      LocalDate end =
          production
              .get()
              .toLocalDate()
              .plusMonths(months.map(Long::parseLong).orElse(0L))
              .plusDays(days.map(Long::parseLong).orElse(0L));
      return new Found(new Text(end.toString()), file, file);
    } catch (NumberFormatException | java.time.DateTimeException exception) {
      return new Refused(
          context.problem(
              ProblemCode.FIELD_MALFORMED,
              file,
              "value",
              days.orElse("") + " " + months.orElse(""),
              "expected",
              "shelf-life-days, shelf-life-months"));
    }
  }

  /** Whether a series number is needed, where products.csv says so for the GTIN (6.10). */
  private static Outcome seriesRule(FieldContext context, Optional<MarkingCode> code) {
    if (context.document().directories().rows(PRODUCTS).isEmpty()) {
      return Outcome.NOTHING;
    }
    if (code.isEmpty()) {
      return Outcome.PER_CODE;
    }
    return switch (product(context, code.get(), "series").orElse("")) {
      case "required" -> new Missing();
      case "none" -> new NotNeeded();
      default -> Outcome.NOTHING;
    };
  }

  private static Optional<String> product(FieldContext context, MarkingCode code, String column) {
    return code.gtin()
        .flatMap(gtin -> context.document().directories().find(PRODUCTS, gtin, column));
  }
}
