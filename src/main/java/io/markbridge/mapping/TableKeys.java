package io.markbridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.settings.NearestName;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may stand in a mapping table: a key that nothing reads would be left out in silence. */
final class TableKeys {
  private static final Set<String> OWN_KEYS =
      Set.of("row", "from", "to", "type", "sources", "required", "remember", "because", "targets");

  /** What types and sources ask a row for. */
  private static final Set<String> OPTIONS =
      Set.of(
          "agree",
          "allowed",
          "backslash",
          "by",
          "by-table",
          "characters",
          "column",
          "count",
          "directory",
          "form",
          "forms",
          "future",
          "goods",
          "in",
          "key",
          "least",
          "longest",
          "of",
          "one-field",
          "otherwise",
          "past",
          "preset",
          "setting",
          "table",
          "tail",
          "unreadable");

  private static final Set<String> TABLE_KEYS =
      Set.of(
          "kind",
          "call",
          "stream",
          "wrapper",
          "order-number",
          "unknown",
          "entries-per-part",
          "entry-limits",
          "checks",
          "states-nothing",
          "targets",
          "fields");
  private static final Set<String> ROW_KEYS =
      Stream.concat(OWN_KEYS.stream(), OPTIONS.stream()).collect(Collectors.toUnmodifiableSet());

  private TableKeys() {}

  /** Whether types and sources read it, and not the table itself. */
  static boolean isOption(String key) {
    return !OWN_KEYS.contains(key);
  }

  /**
   * @throws IllegalArgumentException when the table has another key
   */
  static void refuseUnknownOfTable(JsonNode root) {
    refuseUnknown("the table", root, TABLE_KEYS);
  }

  /**
   * @throws IllegalArgumentException when the row has another key
   */
  static void refuseUnknownOfRow(String shown, JsonNode row) {
    refuseUnknown(shown, row, ROW_KEYS);
  }

  private static void refuseUnknown(String where, JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw new IllegalArgumentException(
                    where
                        + ": nothing reads \""
                        + key
                        + "\"; did you mean \""
                        + NearestName.to(key, known).orElseThrow()
                        + "\"?");
              }
            });
  }
}
