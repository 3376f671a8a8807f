package io.markbridge.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The legacy API, read from {@code config/legacy/<name>.yaml}: its calls, how a body tells which
 * call it is, the old words for new states, and the old queries as new ones.
 */
public final class LegacyApi {
  private final JsonNode root;
  private final Map<String, LegacyCall> calls;

  private LegacyApi(JsonNode root) {
    this.root = root;
    Map<String, LegacyCall> read = new LinkedHashMap<>();
    root.path("calls")
        .properties()
        .forEach(entry -> read.put(entry.getKey(), call(entry.getKey(), entry.getValue())));
    this.calls = Collections.unmodifiableMap(read);
  }

  /**
   * Reads a legacy API.
   *
   * @param name such as {@code suz}
   * @throws IOException when there is no such file, or it is no YAML
   * @throws IllegalArgumentException when the file names something that does not exist
   */
  public static LegacyApi load(SiteFiles files, String name) throws IOException {
    String file = "config/legacy/" + name + ".yaml";
    try (InputStream input = files.open(file)) {
      return new LegacyApi(new YAMLMapper().readTree(input));
    } catch (IllegalArgumentException cause) {
      throw new IllegalArgumentException("reading " + file + ": " + cause.getMessage(), cause);
    }
  }

  /** Every call by its kind, in the file's order. */
  public Map<String, LegacyCall> calls() {
    return calls;
  }

  /** Names of all document kinds, as a folder below a group may name one. */
  public Set<String> kinds() {
    return calls.keySet();
  }

  /**
   * @throws IllegalArgumentException when there is no call of this kind
   */
  public LegacyCall call(String kind) {
    LegacyCall call = calls.get(kind);
    if (call == null) {
      throw new IllegalArgumentException("the legacy API has no call named " + kind);
    }
    return call;
  }

  /**
   * The call with this method and path.
   *
   * @param path after {@code /api/v2/<group>}, or after {@code /api/v2} for calls without a group;
   *     no query
   */
  public Optional<LegacyCall> match(String method, String path, boolean grouped) {
    return calls.values().stream()
        .filter(call -> call.grouped() == grouped)
        .filter(call -> call.method().equals(method) && call.paths().contains(path))
        .findFirst();
  }

  /**
   * The problem to answer a call with that the bridge knows and does not serve (change table X7).
   *
   * @param language {@code en} or {@code ru}
   */
  public Problem notServed(LegacyCall call, String language) {
    String instead = call.instead().getOrDefault(language, call.instead().getOrDefault("en", ""));
    return Problem.of(
        ProblemCode.CALL_NOT_SERVED,
        "",
        "X7",
        "call",
        call.method() + " " + call.paths().get(0),
        "instead",
        instead);
  }

  /** Answer of {@code GET /version}. */
  String apiVersion() {
    return root.path("api-version").asText();
  }

  /** Answer of {@code GET /version}. */
  String omsVersion() {
    return root.path("oms-version").asText();
  }

  /** What leads every path. */
  String prefix() {
    return root.path("prefix").asText("/api/v2");
  }

  /** A subtree of the file; missing where there is none. */
  JsonNode node(String name) {
    return root.path(name);
  }

  private static LegacyCall call(String kind, JsonNode node) {
    List<String> paths = new ArrayList<>();
    paths.add(node.path("path").asText());
    paths.addAll(texts(node.path("also")));
    Map<String, String> instead = new LinkedHashMap<>();
    node.path("instead")
        .properties()
        .forEach(entry -> instead.put(entry.getKey(), entry.getValue().asText()));
    return new LegacyCall(
        kind,
        node.path("method").asText("GET"),
        List.copyOf(paths),
        node.path("group").asBoolean(true),
        new LinkedHashSet<>(texts(node.path("required"))),
        new LinkedHashSet<>(texts(node.path("optional"))),
        LegacyCall.Body.valueOf(upper(node.path("body").asText("none"))),
        node.path("effect").asBoolean(false),
        LegacyCall.EqualContent.valueOf(upper(node.path("equal").asText("new"))),
        node.path("served").asBoolean(true),
        Map.copyOf(instead));
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
