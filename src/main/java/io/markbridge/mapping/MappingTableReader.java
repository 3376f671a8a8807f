package io.markbridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles a mapping table from its YAML, and refuses what it does not know. */
final class MappingTableReader {
  private static final List<String> PAYLOAD = List.of("given", "payload");

  /** A side file says one value for a document, never the same for each of its entries. */
  private static final List<String> PAYLOAD_OF_ENTRY = List.of("payload");

  private final List<JsonNode> rows = new ArrayList<>();
  private final String stream;
  private final String streamTo;

  private MappingTableReader(String stream, String streamTo) {
    this.stream = stream;
    this.streamTo = streamTo;
  }

  /** The table of a kind, or one for each of its targets, the usual one first. */
  static List<MappingTable> read(JsonNode root) {
    TableKeys.refuseUnknownOfTable(root);
    if (root.path("targets").isEmpty()) {
      return List.of(read(root, root, MappingTable.Target.ONLY));
    }
    List<MappingTable> tables = new ArrayList<>();
    root.path("targets")
        .properties()
        .forEach(
            entry ->
                tables.add(
                    read(
                        root,
                        entry.getValue(),
                        new MappingTable.Target(
                            entry.getKey(), List.copyOf(texts(entry.getValue().path("models")))))));
    return tables;
  }

  private static MappingTable read(JsonNode root, JsonNode own, MappingTable.Target target) {
    String stream = required(root, "stream");
    MappingTableReader reader = new MappingTableReader(stream, own.path("stream-to").asText(""));
    for (JsonNode row : root.path("fields")) {
      Set<String> targets = texts(row.path("targets"));
      if (targets.isEmpty() || targets.contains(target.name())) {
        reader.rows.add(row);
      }
    }
    MappingTable table =
        new MappingTable(
            required(root, "kind"),
            required(own, "call"),
            stream,
            root.path("wrapper").asText(""),
            root.path("order-number").asText(""),
            root.path("unknown").asText("drop"),
            root.path("entries-per-part").asText(""),
            map(root.path("entry-limits")),
            List.copyOf(texts(root.path("checks"))),
            silence(root.path("states-nothing")),
            target,
            reader.level("", ""));
    table.checks().forEach(DocumentCheck::named);
    table.streamRule();
    return table;
  }

  private MappingLevel level(String prefix, String newPrefix) {
    List<FieldRule> rules = new ArrayList<>();
    for (JsonNode row : rows) {
      List<String> from = paths(row.path("from"));
      String to = to(row);
      String anchor = from.isEmpty() ? to : from.get(0);
      String own = from.isEmpty() ? newPrefix : prefix;
      if (anchor.isEmpty()) {
        throw new IllegalArgumentException("row " + row + " has neither from nor to");
      }
      if (parent(anchor).equals(own)) {
        rules.add(told(row, from, to, prefix, newPrefix));
      }
    }
    return MappingLevel.of(rules);
  }

  /** A rule; what is wrong with it is told with its row. */
  private FieldRule told(
      JsonNode row, List<String> from, String to, String prefix, String newPrefix) {
    try {
      return rule(row, from, to, prefix, newPrefix);
    } catch (IllegalArgumentException wrong) {
      String message = wrong.getMessage();
      throw message.startsWith("row ")
          ? wrong
          : new IllegalArgumentException(shown(row) + ": " + message, wrong);
    }
  }

  /** Which row of a file: its number is that of the change table, which several share. */
  private static String shown(JsonNode row) {
    String from = String.join(", ", paths(row.path("from")));
    String to = row.path("to").asText("");
    return "row "
        + row.path("row").asText("without a number")
        + " ("
        + from
        + (from.isEmpty() || to.isEmpty() ? "" : " -> ")
        + to
        + ")";
  }

  /** The new path; entries may stand deeper than in the old document. */
  private String to(JsonNode row) {
    String to = row.path("to").asText("");
    boolean entries = to.equals(stream) || to.startsWith(stream + "[].");
    return streamTo.isEmpty() || !entries ? to : streamTo + to.substring(stream.length());
  }

  private FieldRule rule(
      JsonNode row, List<String> from, String to, String prefix, String newPrefix) {
    TableKeys.refuseUnknownOfRow(shown(row), row);
    String type = row.path("type").asText("");
    List<String> names = from.stream().map(path -> path.substring(prefix.length())).toList();
    String name = to.isEmpty() ? "" : to.substring(newPrefix.length());
    boolean entries = from.contains(stream);
    if (!to.isEmpty() && !entries && !parent(to).equals(newPrefix)) {
      throw new IllegalArgumentException("row for " + to + " leaves its array");
    }
    List<String> sources = List.copyOf(texts(row.path("sources")));
    FieldRule rule =
        new FieldRule(
            required(row, "row"),
            prefix,
            newPrefix,
            names,
            name,
            type,
            sources.isEmpty() ? (prefix.isEmpty() ? PAYLOAD : PAYLOAD_OF_ENTRY) : sources,
            row.path("required").asText(""),
            row.path("remember").asText(""),
            options(row),
            row.path("because").asText(""),
            type.equals("objects") ? level(from.get(0) + "[].", to + "[].") : null,
            FieldRule.shown(prefix, names, newPrefix, name));
    rule.sources().forEach(ValueSource::named);
    if (!type.isEmpty()) {
      FieldType.named(type);
    }
    return rule;
  }

  private static String parent(String path) {
    int end = path.lastIndexOf("[].");
    return end < 0 ? "" : path.substring(0, end + 3);
  }

  private static List<String> paths(JsonNode node) {
    return node.isTextual() ? List.of(node.asText()) : List.copyOf(texts(node));
  }

  private static Map<String, String> options(JsonNode row) {
    Map<String, String> options = new LinkedHashMap<>();
    row.properties()
        .forEach(
            entry -> {
              if (TableKeys.isOption(entry.getKey())) {
                JsonNode value = entry.getValue();
                options.put(
                    entry.getKey(),
                    value.isArray() ? String.join(", ", texts(value)) : value.asText());
              }
            });
    return Map.copyOf(options);
  }

  private static Optional<MappingTable.Silence> silence(JsonNode node) {
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new MappingTable.Silence(
            required(node, "field"),
            new HashSet<>(texts(node.path("never"))),
            new HashSet<>(texts(node.path("either"))),
            required(node, "setting")));
  }

  private static String required(JsonNode node, String key) {
    if (!node.path(key).isValueNode()) {
      throw new IllegalArgumentException("\"" + key + "\" is missing in " + node);
    }
    return node.path(key).asText();
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new LinkedHashSet<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static Map<String, String> map(JsonNode node) {
    Map<String, String> map = new LinkedHashMap<>();
    node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return Map.copyOf(map);
  }
}
