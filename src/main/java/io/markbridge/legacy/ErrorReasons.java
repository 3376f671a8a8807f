package io.markbridge.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the legacy {@code errorReason} from what the operator found in a document (8.4, 11.1). */
public final class ErrorReasons {
  /** What an old system's column is likely to hold. */
  public static final int MAXIMUM = 2000;

  private ErrorReasons() {}

  /**
   * One text of all errors of a document: {@code codes[3]: invalid-status (code=…)}, separated by
   * {@code "; "}; what does not fit is counted: {@code "… (+12)"}.
   *
   * @param documentErrors {@code documentErrors} of all pages: {@code {propertyName, index,
   *     errorCode, errorTags}}
   * @param codeResults per-code results of all pages: {@code {code, state, errorCode}}; those that
   *     succeeded are left out
   * @param maximum characters, at least 100: {@link #MAXIMUM} as a rule
   * @return empty where there is nothing to tell
   */
  public static String of(
      Iterable<JsonNode> documentErrors, Iterable<JsonNode> codeResults, int maximum) {
    Joined joined = new Joined(maximum);
    documentErrors.forEach(error -> joined.add(documentError(error)));
    codeResults.forEach(result -> joined.add(codeResult(result)));
    return joined.text();
  }

  /** Reasons side by side, as many as fit; the others are counted. */
  private static final class Joined {
    /** Room for the count. */
    private static final int ROOM = 28;

    private final StringBuilder text = new StringBuilder();
    private final int maximum;
    private long left;

    Joined(int maximum) {
      this.maximum = maximum - ROOM;
    }

    void add(String reason) {
      if (reason.isEmpty()) {
        return;
      }
      if (text.isEmpty()) {
        text.append(bounded(reason, maximum));
        return;
      }
      if (left > 0 || text.length() + reason.length() + 2 > maximum) {
        left++;
        return;
      }
      text.append("; ").append(reason);
    }

    String text() {
      return left == 0 ? text.toString() : text + "; … (+" + left + ")";
    }
  }

  private static String documentError(JsonNode error) {
    String place = place(error);
    String code = text(error, "errorCode");
    String reason = place.isEmpty() || code.isEmpty() ? place + code : place + ": " + code;
    return (reason + tags(error)).strip();
  }

  /**
   * Place and tags of one error of a document, for where its code stands beside: {@code codes[3]
   * (code=…)}.
   */
  public static String withoutCode(JsonNode error) {
    return bounded((place(error) + tags(error)).strip(), MAXIMUM);
  }

  /** Some operators write the index into the property's name and tell it beside as well. */
  private static String place(JsonNode error) {
    String property = text(error, "propertyName");
    String index = text(error, "index");
    return property + (index.isEmpty() || property.endsWith("]") ? "" : "[" + index + "]");
  }

  private static String tags(JsonNode error) {
    List<String> tags = new ArrayList<>();
    for (Map.Entry<String, JsonNode> tag : error.path("errorTags").properties()) {
      String value =
          tag.getValue().isValueNode() ? tag.getValue().asText() : tag.getValue().toString();
      tags.add(tag.getKey() + "=" + value);
    }
    return tags.isEmpty() ? "" : " (" + String.join(", ", tags) + ")";
  }

  private static String codeResult(JsonNode result) {
    String state = text(result, "state");
    String code = text(result, "errorCode");
    if (state.equals("SUCCESS") || (state.isEmpty() && code.isEmpty())) {
      return "";
    }
    return text(result, "code") + ": " + (code.isEmpty() ? state : code);
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isNull() ? "" : value.asText("");
  }

  /** The text, cut between characters where it is longer. */
  static String bounded(String text, int maximum) {
    if (text.length() <= maximum) {
      return text;
    }
    int end = maximum - 1;
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
