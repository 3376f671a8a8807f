package io.markbridge.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

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
 * @param body {@code json}, or {@code base64-document} where the body is wrapped (7.1)
 */
public record OperatorCall(
    String name,
    String method,
    String path,
    String family,
    String limit,
    boolean effect,
    String repeatableWith,
    String body) {

  static OperatorCall read(String name, JsonNode node) {
    return new OperatorCall(
        name,
        node.path("method").asText("GET"),
        node.path("path").asText(),
        node.path("family").asText("api"),
        node.path("limit").asText("poll"),
        node.path("effect").asBoolean(false),
        node.path("repeatable-with").asText(""),
        node.path("body").asText("json"));
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
