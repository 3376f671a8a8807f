package io.markbridge.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a mapping table: what becomes of one field. Names are relative to the level of the row
 * (the document, or an entry of an array).
 *
 * @param row row of the change table
 * @param prefix legacy path of the level, such as {@code products[].}, or empty
 * @param newPrefix new path of the level
 * @param from legacy names, the first one present counts; empty where the field is new
 * @param to new name, dotted inside an object of its own; empty where nothing is sent; a leading
 *     {@code ?} makes it a query parameter
 * @param type name of a {@link FieldType}; empty where the value is not looked at
 * @param sources names of {@link ValueSource}s in the order they are asked
 * @param required empty, {@code true}, or a condition, see {@link Requirement}
 * @param remember name under which later reports find it, or empty
 * @param options what type and sources ask for, such as {@code table: mapping/cis-type}
 * @param because why, for a reader
 * @param level rows of the entries, where the field is an array of objects; otherwise null
 * @param shown legacy names and the new one ({@code ""}) as paths for people, put together once:
 *     there are millions of entries
 */
record FieldRule(
    String row,
    String prefix,
    String newPrefix,
    List<String> from,
    String to,
    String type,
    List<String> sources,
    String required,
    String remember,
    Map<String, String> options,
    String because,
    MappingLevel level,
    Map<String, String> shown) {

  private static final String NEW = "";

  /** Paths for people: {@code products[*].gtin}. */
  static Map<String, String> shown(String prefix, List<String> from, String newPrefix, String to) {
    Map<String, String> shown = new HashMap<>();
    from.forEach(name -> shown.put(name, (prefix + name).replace("[]", "[*]")));
    shown.put(NEW, to.isEmpty() ? "" : (newPrefix + to).replace("[]", "[*]"));
    return Map.copyOf(shown);
  }

  /** The row's new field without {@code ?}, or the remembered one, or the legacy one. */
  String name() {
    if (!to.isEmpty()) {
      return to.startsWith("?") ? to.substring(1) : to;
    }
    return remember.isEmpty() ? from.get(0) : remember;
  }

  /** Neither sent nor remembered. */
  boolean drops() {
    return to.isEmpty() && remember.isEmpty();
  }

  String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  /** Legacy path of a name for notes, such as {@code products[*].gtin}. */
  String legacyPath(String name) {
    String known = shown.get(name);
    return known == null ? prefix + name : known;
  }

  /** New path for notes, or empty. */
  String newPath() {
    return shown.get(NEW);
  }
}
