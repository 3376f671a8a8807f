package io.markbridge.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One call of the new API, as the preset describes it.
 *
 * @param method HTTP method
 * @param path with {@code {placeholders}}
 * @param family which credential goes with it: {@code api}, {@code public}, {@code none}
 * @param limit name of the bucket it draws from
 * @param effect whether sending it twice does something twice
 * @param repeatableWith a query parameter with which repeating it does nothing twice all the same;
 *     empty where there is none
 * @param answers the field of its answer that holds the operator's id of what it made; empty where
 *     it makes nothing
 * @param trackedBy the call that tells how far that is; it takes the id under the same name
 * @param lookedUpBy the call that tells what became of it when its answer was lost; empty where
 *     there is none
 * @param documentType its documents' type in the operator's search
 * @param codesTell which field of its codes' state changes when it has arrived
 * @param body {@code json}, or {@code base64-document} where the body is wrapped (7.1)
 * @param operator name of the preset that it belongs to
 * @param maximumBody most bytes of a body; more is refused before anything is sent
 */
public record OperatorCall(
    String name,
    String method,
    String path,
    String family,
    String limit,
    boolean effect,
    String repeatableWith,
    String answers,
    String trackedBy,
    String body,
    String lookedUpBy,
    String documentType,
    String codesTell,
    String operator,
    long maximumBody) {
  private static final Pattern PLACE = Pattern.compile("\\{([^}]+)}");

  static OperatorCall read(String operator, String name, JsonNode node) {
    return new OperatorCall(
        name,
        node.path("method").asText("GET"),
        node.path("path").asText(),
        node.path("family").asText("api"),
        node.path("limit").asText("poll"),
        node.path("effect").asBoolean(false),
        node.path("repeatable-with").asText(""),
        node.path("answers").asText(""),
        node.path("tracked-by").asText(""),
        node.path("body").asText("json"),
        node.path("looked-up-by").asText(""),
        node.path("document-type").asText(""),
        node.path("codes-tell").asText(""),
        operator,
        node.path("maximum-body").asLong(Long.MAX_VALUE));
  }

  /**
   * Whether its path has a place for a value of this name; otherwise the value goes into the query.
   */
  public boolean hasPlaceFor(String name) {
    return path.contains("{" + name + "}");
  }

  /** Of some values those whose names have a place in the path. */
  public Map<String, String> inPath(Map<String, String> values) {
    Map<String, String> own = new LinkedHashMap<>();
    PLACE
        .matcher(path)
        .results()
        .map(place -> place.group(1))
        .filter(values::containsKey)
        .forEach(name -> own.put(name, values.get(name)));
    return own;
  }

  /** Whether sending it once more, with this query, does something once more. */
  public boolean hasEffect(Map<String, String> query) {
    return effect && (repeatableWith.isEmpty() || !query.containsKey(repeatableWith));
  }

  /**
   * The path with its placeholders filled; values are ids of the operator and are percent-encoded
   * here.
   */
  public String path(Map<String, String> values) {
    String filled = path;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("{" + value.getKey() + "}", Percent.encode(value.getValue()));
    }
    return filled;
  }
}
