package io.markbridge.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operator: its host, calls, credentials, limits and codes, read from {@code
 * config/operators/<name>.yaml}.
 */
public final class OperatorPreset {
  private final JsonNode root;
  private final Map<String, OperatorCall> calls = new LinkedHashMap<>();

  private OperatorPreset(JsonNode root) {
    this.root = root;
    root.path("calls")
        .properties()
        .forEach(
            entry ->
                calls.put(entry.getKey(), OperatorCall.read(entry.getKey(), entry.getValue())));
  }

  /**
   * Reads a preset.
   *
   * @param name such as {@code uz}
   * @throws IOException when there is no such file, or it is no YAML
   */
  public static OperatorPreset load(SiteFiles files, String name) throws IOException {
    try (InputStream input = files.open("config/operators/" + name + ".yaml")) {
      return new OperatorPreset(new YAMLMapper().readTree(input));
    }
  }

  public String name() {
    return text("name").orElseThrow();
  }

  /** Host of production; a site replaces it with {@code markbridge.openapi.url}. */
  public URI url() {
    return URI.create(text("url").orElseThrow());
  }

  /** The plants' zone: a date in a legacy document is that local day. */
  public ZoneOffset zone() {
    return ZoneOffset.of(text("zone").orElse("+05:00"));
  }

  /**
   * @throws IllegalArgumentException when the preset has no such call
   */
  public OperatorCall call(String name) {
    OperatorCall call = calls.get(name);
    if (call == null) {
      throw new IllegalArgumentException(
          "operator preset " + name() + " has no call named " + name);
    }
    return call;
  }

  public Map<String, OperatorCall> calls() {
    return Map.copyOf(calls);
  }

  /** A scalar by its path, such as {@code mapping/date-format}. */
  public Optional<String> text(String path) {
    JsonNode node = node(path);
    return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
  }

  /** A whole number by its path, such as {@code maximum/codes-per-report}. */
  public long number(String path, long otherwise) {
    return text(path).map(Long::parseLong).orElse(otherwise);
  }

  /**
   * A map of scalars by its path, such as {@code mapping/release-type}; empty where there is none.
   */
  public Map<String, String> table(String path) {
    Map<String, String> table = new LinkedHashMap<>();
    node(path).properties().forEach(entry -> table.put(entry.getKey(), entry.getValue().asText()));
    return table;
  }

  /**
   * A list of scalars by its path, such as {@code mapping/series-required}; empty where there is
   * none.
   */
  public List<String> list(String path) {
    List<String> list = new ArrayList<>();
    node(path).forEach(item -> list.add(item.asText()));
    return list;
  }

  private JsonNode node(String path) {
    return root.at("/" + path);
  }
}
