package io.markbridge.mapping;

import io.markbridge.mapping.ChangeTable.Row;
import io.markbridge.mapping.ChangeTable.Section;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The change table as Markdown: short for the README, with every field for the reference page. */
public final class ChangeTableText {
  /** Encloses the table in a README. */
  public static final String BEGIN = "<!-- change-table:begin -->";

  /** Encloses the table in a README. */
  public static final String END = "<!-- change-table:end -->";

  private static final String NONE = "—";

  private final ChangeTable table;

  public ChangeTableText(ChangeTable table) {
    this.table = table;
  }

  /**
   * The README with the table between its marks.
   *
   * @throws IllegalArgumentException when the marks are missing
   */
  public String intoReadme(String readme, Locale language) {
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the README lacks " + BEGIN + " and " + END);
    }
    return readme.substring(0, begin + BEGIN.length())
        + "\n"
        + readme(language)
        + readme.substring(end);
  }

  /** One line a row. */
  public String readme(Locale language) {
    StringBuilder text = new StringBuilder();
    text.append(
        language.getLanguage().equals("ru")
            ? "| Строка | Было | Стало | Что делает мост |\n"
            : "| Row | Old | New | What the bridge does |\n");
    text.append("|---|---|---|---|\n");
    for (Section section : table.sections()) {
      line(text, "**" + section.id() + "**", "**" + cell(section.title(language)) + "**", "", "");
      for (Row row : section.rows()) {
        line(text, row.id(), old(row), renewed(row), cell(row.sentence(language)));
      }
    }
    return text.toString();
  }

  /** The reference page: each section, its rows, and every field path of the mapping tables. */
  public String page() {
    StringBuilder text = new StringBuilder();
    text.append("# The change table\n\n")
        .append("Generated from `config/change-table.yaml` and `config/mappings/`; do not edit.\n")
        .append("`convert FILE --explain` tells these rows for one document.\n");
    for (Section section : table.sections()) {
      text.append("\n## ").append(section.id()).append(" ").append(section.english());
      text.append("\n\n| Row | Old | New | What the bridge does |\n|---|---|---|---|\n");
      for (Row row : section.rows()) {
        line(text, row.id(), old(row), renewed(row), cell(row.english()));
      }
      fields(text, section);
    }
    return text.toString();
  }

  private static void fields(StringBuilder text, Section section) {
    List<MappingRow> fields =
        section.rows().stream().flatMap(row -> row.fields().stream()).toList();
    if (fields.isEmpty()) {
      return;
    }
    text.append("\n| Row | Document | Old field | New field | What happens | Note |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (MappingRow field : fields) {
      line(
          text,
          field.id(),
          field.kind(),
          code(field.legacy()),
          code(field.target()),
          cell(field.what()),
          cell(field.because()));
    }
  }

  private static String old(Row row) {
    return row.where() == ChangeTable.Where.MAPPING
        ? names(row, MappingRow::legacy)
        : cell(row.legacy());
  }

  private static String renewed(Row row) {
    return row.where() == ChangeTable.Where.MAPPING
        ? names(row, MappingRow::target)
        : cell(row.target());
  }

  private static String names(Row row, Function<MappingRow, String> side) {
    String names =
        row.fields().stream()
            .map(side)
            .filter(name -> !name.isEmpty())
            .map(name -> name.substring(name.lastIndexOf("[*].") + (name.contains("[*].") ? 4 : 1)))
            .distinct()
            .map(ChangeTableText::code)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? NONE : names;
  }

  private static String code(String name) {
    return name.isEmpty() ? NONE : "`" + name.replace("|", "\\|") + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  private static void line(StringBuilder text, String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
