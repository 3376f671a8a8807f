package io.markbridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's change table, row by row: {@code config/change-table.yaml} for what the bridge
 * does, {@code config/mappings} for the fields. Everything that shows rows shows these.
 */
public final class ChangeTable {
  private static final String FILE = "config/change-table.yaml";

  /** Where a row takes effect. */
  public enum Where {
    /** A field of a body; {@code config/mappings} has it. */
    MAPPING,
    /** How a request looks otherwise. */
    CALL,
    /** What the legacy side gets. */
    ANSWER,
    /** A method that the old API never had. */
    COMMAND
  }

  /** A section of the table, in the table's order. */
  public record Section(String id, String english, String russian, List<Row> rows) {
    public String title(Locale language) {
      return language.getLanguage().equals("ru") ? russian : english;
    }
  }

  /**
   * One row.
   *
   * @param id such as {@code 7.8}
   * @param legacy field or call in old words; empty for mapped rows
   * @param target field or call in new words; empty for mapped rows
   * @param fields rows of the mapping tables with this id
   */
  public record Row(
      String id,
      Where where,
      String legacy,
      String target,
      String english,
      String russian,
      List<MappingRow> fields) {
    /** What the bridge does, in English or Russian. */
    public String sentence(Locale language) {
      return language.getLanguage().equals("ru") ? russian : english;
    }
  }

  private final List<Section> sections;
  private final Set<String> kept;

  private ChangeTable(List<Section> sections, Set<String> kept) {
    this.sections = List.copyOf(sections);
    this.kept = Set.copyOf(kept);
  }

  /**
   * Reads the table.
   *
   * @param fields rows of the mapping tables; a site may have fewer tables than ours
   * @throws IOException when the file is missing or is no YAML
   * @throws IllegalArgumentException when a row is incomplete or stands twice
   */
  public static ChangeTable load(SiteFiles files, List<MappingRow> fields) throws IOException {
    JsonNode root;
    try (InputStream input = files.open(FILE)) {
      root = new YAMLMapper().readTree(input);
    }
    List<Section> sections = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode section : root.path("sections")) {
      List<Row> rows = new ArrayList<>();
      for (JsonNode node : section.path("rows")) {
        Row row = row(node, fields);
        if (!seen.add(row.id())) {
          throw new IllegalArgumentException(FILE + ": row " + row.id() + " stands twice");
        }
        rows.add(row);
      }
      sections.add(
          new Section(
              text(section, "id"), text(section, "en"), text(section, "ru"), List.copyOf(rows)));
    }
    Set<String> kept = new HashSet<>();
    root.path("kept").forEach(id -> kept.add(id.asText()));
    return new ChangeTable(sections, kept);
  }

  private static Row row(JsonNode node, List<MappingRow> fields) {
    String id = text(node, "id");
    Where where = where(id, text(node, "where"));
    List<MappingRow> own = fields.stream().filter(field -> field.id().equals(id)).toList();
    boolean mapped = where == Where.MAPPING;
    if (mapped && (node.has("legacy") || node.has("new"))) {
      throw new IllegalArgumentException(
          FILE + ": the fields of row " + id + " stand in config/mappings");
    }
    return new Row(
        id,
        where,
        mapped ? "" : text(node, "legacy"),
        mapped ? "" : text(node, "new"),
        text(node, "en"),
        text(node, "ru"),
        own);
  }

  private static Where where(String id, String name) {
    try {
      return Where.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(FILE + ": row " + id + " is nowhere: " + name, unknown);
    }
  }

  private static String text(JsonNode node, String key) {
    String text = node.path(key).asText("");
    if (text.isBlank()) {
      throw new IllegalArgumentException(FILE + ": \"" + key + "\" is missing in " + node);
    }
    return text;
  }

  public List<Section> sections() {
    return sections;
  }

  /** All rows, in the table's order. */
  public List<Row> rows() {
    return sections.stream().flatMap(section -> section.rows().stream()).toList();
  }

  public Optional<Row> row(String id) {
    return rows().stream().filter(row -> row.id().equals(id)).findFirst();
  }

  /** Marks of fields that both versions have, which are no rows of the operator's table. */
  public Set<String> kept() {
    return kept;
  }
}
