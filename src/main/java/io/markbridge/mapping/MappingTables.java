package io.markbridge.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The mapping tables of a site, by kind: those that {@code config/mappings/tables.yaml} lists. */
public final class MappingTables {
  private final Map<String, List<MappingTable>> tables = new LinkedHashMap<>();

  MappingTables(List<MappingTable> tables) {
    tables.forEach(
        table -> this.tables.computeIfAbsent(table.kind(), kind -> new ArrayList<>()).add(table));
  }

  /**
   * Reads and checks every table.
   *
   * @throws IOException when a file is missing or is no YAML
   * @throws IllegalArgumentException when a table names something that does not exist
   */
  public static MappingTables load(SiteFiles files) throws IOException {
    List<MappingTable> tables = new ArrayList<>();
    for (JsonNode name : yaml(files, "config/mappings/tables.yaml").path("tables")) {
      String file = "config/mappings/" + name.asText() + ".yaml";
      try {
        tables.addAll(MappingTableReader.read(yaml(files, file)));
      } catch (IllegalArgumentException exception) {
        throw new IllegalArgumentException(
            "reading " + file + ": " + exception.getMessage(), exception);
      }
    }
    return new MappingTables(tables);
  }

  private static JsonNode yaml(SiteFiles files, String name) throws IOException {
    try (InputStream input = files.open(name)) {
      return new YAMLMapper().readTree(input);
    } catch (JsonProcessingException unreadable) {
      throw new IOException(
          "reading "
              + name
              + ", line "
              + unreadable.getLocation().getLineNr()
              + ": "
              + unreadable.getOriginalMessage().lines().findFirst().orElse("it is no YAML"),
          unreadable);
    }
  }

  /** Kinds that have a table. */
  public Set<String> kinds() {
    return Set.copyOf(tables.keySet());
  }

  /** All rows of all tables, in order; each once. */
  public List<MappingRow> rows() {
    return tables.values().stream()
        .flatMap(List::stream)
        .flatMap(table -> table.rows().stream())
        .distinct()
        .toList();
  }

  /** Fields that a side file, a column or {@code --set} can say for a kind. */
  public Set<String> givenNames(String kind) {
    Set<String> names = new TreeSet<>();
    targets(kind).forEach(table -> names.addAll(table.givenNames()));
    return names;
  }

  /** All of them. */
  List<MappingTable> all() {
    return tables.values().stream().flatMap(List::stream).toList();
  }

  /** Columns of directories that some row asks for. */
  Set<String> directoryColumns() {
    Set<String> columns = new TreeSet<>();
    all().forEach(table -> columns(table.document(), columns));
    return columns;
  }

  private static void columns(MappingLevel level, Set<String> columns) {
    for (FieldRule rule : level.rules()) {
      columns.add(rule.option("column", ""));
      if (rule.level() != null) {
        columns(rule.level(), columns);
      }
    }
  }

  /** The table of a kind, or one for each of its targets, the usual one first; or none. */
  List<MappingTable> targets(String kind) {
    return tables.getOrDefault(kind, List.of());
  }
}
