package io.markbridge.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One document kind, read from {@code config/mappings/<kind>.yaml}.
 *
 * @param kind name of the kind
 * @param call call of the operator preset
 * @param stream the top-level array whose entries pass one by one
 * @param wrapper an object whose fields count as the document's own, or empty
 * @param orderNumber new field that holds the order's number, or empty
 * @param unknown {@code drop} or {@code reject}; a site's {@code unknown-fields} wins
 * @param entriesPerPart preset path of the most entries in one request, or empty
 * @param entryLimits most entries of arrays inside an entry: name to preset path
 * @param checks names of {@link DocumentCheck}s
 * @param silence when a document states nothing
 * @param target which of several tables of one kind it is
 * @param document rows of the document
 */
record MappingTable(
    String kind,
    String call,
    String stream,
    String wrapper,
    String orderNumber,
    String unknown,
    String entriesPerPart,
    Map<String, String> entryLimits,
    List<String> checks,
    Optional<Silence> silence,
    Target target,
    MappingLevel document) {

  /**
   * One of several things that a document of a kind can become.
   *
   * @param name as a side file, a setting and {@code --target} say it; empty where there is one
   * @param models values of the setting {@code model} for which it is the usual one
   */
  record Target(String name, List<String> models) {
    static final Target ONLY = new Target("", List.of());
  }

  /**
   * Documents that are answered and not sent (6.1).
   *
   * @param field legacy field that tells
   * @param never values that state nothing
   * @param either values of which a site chooses one
   * @param setting the site's setting that chooses
   */
  record Silence(String field, Set<String> never, Set<String> either, String setting) {}

  /** Legacy field that says on which line it happened, which tells the place (6.2, 7.3). */
  static final String LINE = "productionLineId";

  /** Names that a side file can say. */
  Set<String> givenNames() {
    Set<String> names = new HashSet<>();
    names.add(LINE);
    if (!target.name().isEmpty()) {
      names.add(Targets.NAME);
    }
    silence.ifPresent(told -> names.add(told.field()));
    for (FieldRule rule : document.rules()) {
      if (!rule.drops() && rule.sources().contains("given") && !rule.from().contains(stream)) {
        names.add(rule.name());
      }
    }
    return names;
  }

  /** All rows, in the table's order. */
  List<MappingRow> rows() {
    List<MappingRow> rows = new ArrayList<>();
    collect(document, rows);
    return List.copyOf(rows);
  }

  /** The row that treats the streamed array. */
  FieldRule streamRule() {
    return document.rules().stream()
        .filter(rule -> rule.from().contains(stream))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("mapping " + kind + " has no row for its stream"));
  }

  private void collect(MappingLevel level, List<MappingRow> rows) {
    for (FieldRule rule : level.rules()) {
      for (String from : rule.from().isEmpty() ? List.of("") : rule.from()) {
        rows.add(
            new MappingRow(
                rule.row(),
                kind,
                from.isEmpty() ? "" : rule.legacyPath(from),
                rule.newPath(),
                what(rule, from),
                rule.because()));
      }
      if (rule.level() != null) {
        collect(rule.level(), rows);
      }
    }
  }

  private static String what(FieldRule rule, String from) {
    if (rule.drops()) {
      return rule.type().isEmpty() ? "dropped" : "checked, dropped";
    }
    if (rule.to().isEmpty()) {
      return "remembered as " + rule.remember();
    }
    if (from.isEmpty()) {
      return rule.required().isEmpty() ? "new" : "new, required";
    }
    return from.equals(rule.name()) ? "kept" : "renamed";
  }
}
