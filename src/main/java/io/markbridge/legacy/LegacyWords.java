package io.markbridge.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.operator.OperatorPreset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Old words for new states and back, from {@code words} of the legacy API and from the preset. */
public final class LegacyWords {
  private final Map<Table, Map<String, String>> tables = new LinkedHashMap<>();
  private final Set<String> countersTold;
  private final String unknown;

  /** The tables of words. */
  public enum Table {
    ORDER_STATUS,
    BUFFER_STATUS,
    UTILISATION_STATUS,
    DOCUMENT_STATUS;

    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Reads the tables; the preset's {@code legacy.partially-processed} wins over the table. */
  public LegacyWords(LegacyApi api, OperatorPreset preset) {
    JsonNode words = api.node("words");
    for (Table table : Table.values()) {
      Map<String, String> read = new LinkedHashMap<>();
      words
          .path(table.key())
          .properties()
          .forEach(entry -> read.put(entry.getKey(), entry.getValue().asText()));
      tables.put(table, read);
    }
    preset
        .text("legacy/partially-processed")
        .ifPresent(word -> tables.get(Table.DOCUMENT_STATUS).put("PARTIALLY_PROCESSED", word));
    countersTold = new HashSet<>(LegacyApi.texts(api.node("counters-told-in")));
    unknown = api.node("unknown-state").asText("PENDING");
  }

  /** The old word for the operator's; a word that is not in the table becomes the fallback. */
  public Word legacy(Table table, String operator) {
    String legacy = tables.get(table).get(operator);
    return legacy == null ? new Word(unknown, operator, false) : new Word(legacy, operator, true);
  }

  /** The operator's word for an old one, for filters. */
  public Optional<String> operator(Table table, String legacy) {
    return tables.get(table).entrySet().stream()
        .filter(entry -> entry.getValue().equals(legacy))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Every old word of a table: what a filter may say. */
  public Set<String> legacyWords(Table table) {
    return new LinkedHashSet<>(tables.get(table).values());
  }

  /** Whether buffers of an order in this new state have counters; -1 otherwise. */
  public boolean countersTold(String orderStatus) {
    return countersTold.contains(orderStatus);
  }
}
