package io.markbridge.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.operator.OperatorPreset;
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
 * call it is, the old words for new states, and the old queries as new ones. Beside it stand the
 * calls of the operators that work beside the site's own.
 */
public final class LegacyApi {
  private static final String DEFAULT_PREFIX = "/api/v2";

  private final JsonNode root;
  private final List<JsonNode> roots;
  private final Map<String, LegacyCall> calls;

  /**
   * @param roots the site's API, and those beside it
   */
  private LegacyApi(List<JsonNode> roots) {
    this.root = roots.get(0);
    this.roots = roots;
    Map<String, LegacyCall> read = new LinkedHashMap<>();
    for (JsonNode api : roots) {
      api.path("calls")
          .properties()
          .forEach(
              entry -> {
                if (read.put(entry.getKey(), call(api, entry.getKey(), entry.getValue())) != null) {
                  throw new IllegalArgumentException("two calls are named " + entry.getKey());
                }
              });
    }
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
    List<JsonNode> roots = new ArrayList<>();
    roots.add(read(files, name));
    for (String other : OperatorPreset.beside(files)) {
      if (!other.equals(name)) {
        roots.add(read(files, other));
      }
    }
    try {
      return new LegacyApi(roots);
    } catch (IllegalArgumentException cause) {
      throw new IllegalArgumentException(
          "reading config/legacy/" + name + ".yaml: " + cause.getMessage(), cause);
    }
  }

  private static JsonNode read(SiteFiles files, String name) throws IOException {
    try (InputStream input = files.open("config/legacy/" + name + ".yaml")) {
      return new YAMLMapper().readTree(input);
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

  /** A call and what its path says. */
  record Placed(LegacyCall call, Map<String, String> values) {}

  /**
   * The call whose whole path, with places for values, this is.
   *
   * @param path from its beginning, without query
   */
  Optional<Placed> place(String method, String path) {
    for (LegacyCall call : calls.values()) {
      if (!call.method().equals(method)) {
        continue;
      }
      for (String known : call.paths()) {
        Optional<Map<String, String>> values =
            known.contains("{") ? values(call.prefix() + known, path) : Optional.empty();
        if (values.isPresent()) {
          return Optional.of(new Placed(call, values.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Map<String, String>> values(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int index = 0; index < wanted.length; index++) {
      if (wanted[index].startsWith("{") && !given[index].isEmpty()) {
        values.put(wanted[index].substring(1, wanted[index].length() - 1), given[index]);
      } else if (!wanted[index].equals(given[index])) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** Of a document's parameters those that stood in the path of its call: they say what it is. */
  public Map<String, String> inPath(LegacyCall call, Map<String, String> parameters) {
    Map<String, String> own = new LinkedHashMap<>(parameters);
    own.keySet().removeIf(name -> !call.paths().get(0).contains("{" + name + "}"));
    return own;
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
    return root.path("prefix").asText(DEFAULT_PREFIX);
  }

  /** A subtree of the file; missing where there is none. */
  JsonNode node(String name) {
    return root.path(name);
  }

  /** A subtree of every API, the site's own first. */
  List<JsonNode> nodes(String name) {
    return roots.stream().map(api -> api.path(name)).toList();
  }

  private static LegacyCall call(JsonNode api, String kind, JsonNode node) {
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
        api.path("operator").asText(""),
        api.path("prefix").asText(DEFAULT_PREFIX),
        node.path("account-in").asText(""),
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
