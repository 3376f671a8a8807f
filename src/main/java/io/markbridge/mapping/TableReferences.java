package io.markbridge.mapping;

import io.markbridge.operator.OperatorPreset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether everything that mapping tables name is there: the operator's call, lists of its preset,
 * directories and their columns. A document would be refused for it, or a value left out.
 */
public final class TableReferences {
  private final OperatorPreset preset;
  private final Map<String, Set<String>> columns;
  private final List<WrongRow> wrong = new ArrayList<>();

  private TableReferences(OperatorPreset preset, Map<String, Set<String>> columns) {
    this.preset = preset;
    this.columns = columns;
  }

  /**
   * What is named and is not there.
   *
   * @param columns of each directory
   */
  public static List<WrongRow> wrong(
      MappingTables tables, OperatorPreset preset, Map<String, Set<String>> columns) {
    TableReferences references = new TableReferences(preset, columns);
    tables.all().forEach(references::check);
    return references.wrong.stream().distinct().toList();
  }

  private void check(MappingTable table) {
    String file = "config/mappings/" + table.kind() + ".yaml";
    if (!preset.calls().containsKey(table.call())) {
      wrong.add(
          new WrongRow(
              file,
              "operator " + preset.name() + " has no call \"" + table.call() + "\"",
              "write one of its calls in call, or add it to the preset"));
      return;
    }
    OperatorPreset own = preset.ofCall(table.call());
    if (!table.entriesPerPart().isEmpty()) {
      text(own, file, "entries-per-part", table.entriesPerPart());
    }
    table.entryLimits().values().forEach(path -> text(own, file, "entry-limits", path));
    check(own, file, table.document());
  }

  private void check(OperatorPreset own, String file, MappingLevel level) {
    for (FieldRule rule : level.rules()) {
      String place = file + ", row " + rule.row() + " (" + rule.name() + ")";
      for (String list : List.of("table", "by-table")) {
        String path = rule.option(list, "");
        if (!path.isEmpty() && own.table(path).isEmpty()) {
          absent(own, place, list, path);
        }
      }
      String value = rule.option("preset", "");
      if (!value.isEmpty()) {
        text(own, place, "preset", value);
      }
      directory(place, rule);
      if (rule.level() != null) {
        check(own, file, rule.level());
      }
    }
  }

  private void text(OperatorPreset own, String place, String option, String path) {
    if (own.text(path).isEmpty()) {
      absent(own, place, option, path);
    }
  }

  private void absent(OperatorPreset own, String place, String option, String path) {
    wrong.add(
        new WrongRow(
            place,
            option + " names " + path + ", and operator " + own.name() + " has no such",
            "correct it, or add " + path + " to config/operators/" + own.name() + ".yaml"));
  }

  private void directory(String place, FieldRule rule) {
    String directory = rule.option("directory", "");
    if (directory.isEmpty()) {
      return;
    }
    Set<String> has = columns.get(directory);
    if (has == null) {
      wrong.add(
          new WrongRow(
              place,
              "there is no directory " + directory,
              "write one of " + String.join(", ", columns.keySet().stream().sorted().toList())));
    } else if (!has.contains(rule.option("column", ""))) {
      wrong.add(
          new WrongRow(
              place,
              Directories.file(directory) + " has no column \"" + rule.option("column", "") + "\"",
              "write one of " + String.join(", ", has)));
    }
  }
}
