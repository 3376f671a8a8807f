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
import java.util.Set;
import java.util.TreeSet;

/**
 * One operator: its host, calls, credentials, limits and codes, read from {@code
 * config/operators/<name>.yaml}; with the operators that work beside it, each for document kinds of
 * its own. A call belongs to one operator, and so do its limit and its family of paths: whoever
 * holds a call asks {@link #of} for what goes with it.
 */
public final class OperatorPreset {
  private static final String BESIDE = "config/beside.yaml";

  private final JsonNode root;
  private final Map<String, OperatorCall> calls = new LinkedHashMap<>();
  private final Map<String, OperatorPreset> operators = new LinkedHashMap<>();

  private OperatorPreset(JsonNode root) {
    this.root = root;
    operators.put(name(), this);
    root.path("calls")
        .properties()
        .forEach(
            entry ->
                calls.put(
                    entry.getKey(), OperatorCall.read(name(), entry.getKey(), entry.getValue())));
  }

  /**
   * Reads a preset, and those beside it.
   *
   * @param name such as {@code uz}
   * @throws IOException when there is no such file, or it is no YAML
   * @throws IllegalArgumentException when two operators name a call or a limit alike
   */
  public static OperatorPreset load(SiteFiles files, String name) throws IOException {
    OperatorPreset preset = new OperatorPreset(yaml(files, "config/operators/" + name + ".yaml"));
    for (String other : beside(files)) {
      if (!other.equals(name)) {
        preset.add(new OperatorPreset(yaml(files, "config/operators/" + other + ".yaml")));
      }
    }
    return preset;
  }

  /**
   * The names of the operators that work beside the one of the site.
   *
   * @throws IOException when the list is no YAML
   */
  public static List<String> beside(SiteFiles files) throws IOException {
    List<String> names = new ArrayList<>();
    yaml(files, BESIDE).path("operators").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static JsonNode yaml(SiteFiles files, String name) throws IOException {
    try (InputStream input = files.open(name)) {
      return new YAMLMapper().readTree(input);
    }
  }

  private void add(OperatorPreset other) {
    for (OperatorPreset known : operators.values()) {
      Set<String> twice = new TreeSet<>(known.table("limits").keySet());
      twice.retainAll(other.table("limits").keySet());
      Set<String> calledAlike = new TreeSet<>(known.calls.keySet());
      calledAlike.retainAll(other.calls.keySet());
      twice.addAll(calledAlike);
      if (!twice.isEmpty()) {
        throw new IllegalArgumentException(
            "operator presets " + known.name() + " and " + other.name() + " both name " + twice);
      }
    }
    operators.put(other.name(), other);
    calls.putAll(other.calls);
  }

  /** This operator and those beside it. */
  public List<OperatorPreset> all() {
    return List.copyOf(operators.values());
  }

  /** The operator of a call. */
  public OperatorPreset of(OperatorCall call) {
    return operators.getOrDefault(call.operator(), this);
  }

  /** The operator of the call of this name; this one where there is none. */
  public OperatorPreset ofCall(String name) {
    return calls.containsKey(name) ? of(calls.get(name)) : this;
  }

  /** The operator that has a limit of this name; this one where none has. */
  public OperatorPreset ofLimit(String name) {
    return operators.values().stream()
        .filter(one -> one.table("limits").containsKey(name))
        .findFirst()
        .orElse(this);
  }

  /** The operator of this name; this one where it is empty or unknown. */
  public OperatorPreset named(String name) {
    return operators.getOrDefault(name, this);
  }

  public String name() {
    return text("name").orElseThrow();
  }

  /** The setting by which a site replaces the host. */
  public String urlSetting() {
    return text("url-setting").orElse("openapi.url");
  }

  /** Host of production; a site replaces it with the setting {@link #urlSetting}. */
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

  /** All calls by name, also of the operators beside. */
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
