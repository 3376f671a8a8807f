package io.markbridge.procedure;

import io.markbridge.mapping.MappingRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Old names of new fields, by the mapping tables: {@code aggregationUnits[0].codes[2]}, which the
 * operator names, is {@code aggregationUnits[0].sntins[2]} in the document that a legacy system
 * wrote (G6).
 */
public final class LegacyFields {
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,9})]");

  private final Map<String, Map<String, String>> byKind = new HashMap<>();

  /**
   * @param rows of all mapping tables
   */
  public LegacyFields(List<MappingRow> rows) {
    for (MappingRow row : rows) {
      if (!row.legacy().isEmpty() && !row.target().isEmpty()) {
        byKind
            .computeIfAbsent(row.kind(), kind -> new HashMap<>())
            .merge(row.target(), row.legacy(), (first, next) -> better(row, first, next));
      }
    }
  }

  /**
   * Where a field has several old names: a rename of the operator's own table tells the real one;
   * the others (X rows) are names that are taken too.
   */
  private static String better(MappingRow row, String first, String next) {
    return first.equals(row.target()) && !row.id().startsWith("X") ? next : first;
  }

  /**
   * The old path.
   *
   * @param path as the operator wrote it, with or without indexes
   * @return the same path where no row renames it
   */
  public String legacy(String kind, String path) {
    Map<String, String> names = byKind.getOrDefault(kind, Map.of());
    int end = path.length();
    // The longest part that a row knows; what is behind stays as it is.
    while (end > 0) {
      String part = path.substring(0, end);
      String name = names.get(INDEX.matcher(part).replaceAll("[*]"));
      if (name != null) {
        return indexed(name, part) + path.substring(end);
      }
      end = Math.max(part.lastIndexOf('.'), part.lastIndexOf('['));
    }
    return path;
  }

  /** The array alone, where the index is not one of the legacy document. */
  static String withoutIndexes(String path) {
    int bracket = path.indexOf('[');
    return bracket < 0 ? path : path.substring(0, bracket);
  }

  /** The indexes of the path, one after the other, where the name has {@code [*]}. */
  private static String indexed(String name, String path) {
    Matcher index = INDEX.matcher(path);
    return Pattern.compile("\\[\\*]")
        .matcher(name)
        .replaceAll(brackets -> index.find() ? index.group() : "");
  }
}
