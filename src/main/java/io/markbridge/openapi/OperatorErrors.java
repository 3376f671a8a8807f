package io.markbridge.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.document.OperatorError;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the errors in an operator's answer, in every shape that was seen: {@code globalErrors} and
 * {@code fieldErrors} of objects or strings, arrays and single objects of {@code {code, context}}
 * or {@code {errorId, context}}, {@code rejectionReason}, HTML, nothing at all, half a JSON.
 */
public final class OperatorErrors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAXIMUM_BODY = 1024 * 1024;
  private static final int MAXIMUM_ERRORS = 100;
  private static final int MAXIMUM_TEXT = 2000;
  private static final String INACTIVE_TOKEN = "inactive-token";
  private static final List<String> LISTS = List.of("globalErrors", "fieldErrors", "errors");
  private static final List<String> CODES = List.of("code", "errorCode", "errorId");
  private static final List<String> TEXTS =
      List.of(
          "error",
          "message",
          "errorText",
          "errorMessage",
          "fieldError",
          "description",
          "error_description",
          "detail",
          "rejectionReason",
          "rejectReason",
          "_cause");
  private static final List<String> PARAMETERS =
      List.of("fieldName", "parameter", "field", "propertyName");
  private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([\\w.:-]{1,40})");
  private static final Pattern TAG = Pattern.compile("<[^<>]{0,2000}>");

  private OperatorErrors() {}

  /**
   * Reads an answer; never throws.
   *
   * @param status HTTP status
   * @param contentType of the answer, or null
   * @param body of the answer, or null
   * @return code and text as they came. At least one where the status is 300 or more (no redirect
   *     is followed); empty for an answer below that tells no error
   */
  public static List<OperatorError> read(int status, String contentType, byte[] body) {
    byte[] bytes = body == null ? new byte[0] : body;
    List<OperatorError> errors = new ArrayList<>();
    if (bytes.length <= MAXIMUM_BODY) {
      try {
        collect(JSON.readTree(bytes), errors, 0);
      } catch (IOException notJson) {
        // HTML, plain text, or half of a JSON: told as text below.
      }
    }
    if (errors.isEmpty() && status >= 300) {
      String words = words(contentType, bytes);
      errors.add(
          OperatorError.of("", "HTTP " + status + (words.isEmpty() ? "" : ": " + words), ""));
    }
    return List.copyOf(errors);
  }

  /**
   * Whether the operator says that the token is no longer good, which it does with other statuses
   * than 401 too.
   */
  public static boolean inactiveToken(List<OperatorError> errors) {
    return errors.stream()
        .anyMatch(
            error ->
                error.code().contains(INACTIVE_TOKEN) || error.text().contains(INACTIVE_TOKEN));
  }

  private static void collect(JsonNode node, List<OperatorError> errors, int depth) {
    if (node == null || depth > 4 || errors.size() >= MAXIMUM_ERRORS) {
      return;
    }
    if (node.isTextual()) {
      if (depth > 0 && !node.asText().isBlank()) {
        errors.add(OperatorError.of("", bounded(node.asText()), ""));
      }
      return;
    }
    if (node.isArray()) {
      node.forEach(item -> collect(item, errors, depth + 1));
      return;
    }
    if (!node.isObject()) {
      return;
    }
    int before = errors.size();
    for (String list : LISTS) {
      if (node.path(list).isContainerNode() || node.path(list).isTextual()) {
        collect(node.path(list), errors, depth + 1);
      }
    }
    if (errors.size() == before) {
      single(node, errors);
    }
  }

  private static void single(JsonNode node, List<OperatorError> errors) {
    JsonNode context = node.path("context");
    String code = first(node, CODES);
    Set<String> texts = new LinkedHashSet<>();
    for (String name : TEXTS) {
      add(texts, node.path(name));
      add(texts, context.path(name));
    }
    String parameter = first(node, PARAMETERS);
    parameter = parameter.isEmpty() ? first(context, PARAMETERS) : parameter;
    if (texts.isEmpty() && parameter.isEmpty() && !context.isEmpty()) {
      texts.add(context.toString());
    }
    if (texts.isEmpty() && context.isTextual()) {
      add(texts, context);
    }
    if (code.isEmpty() && texts.isEmpty()) {
      return;
    }
    errors.add(
        OperatorError.of(bounded(code), bounded(String.join("; ", texts)), bounded(parameter)));
  }

  private static void add(Set<String> texts, JsonNode value) {
    if (value.isTextual() && !value.asText().isBlank()) {
      texts.add(value.asText());
    }
  }

  private static String first(JsonNode node, List<String> names) {
    for (String name : names) {
      JsonNode value = node.path(name);
      if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
        return value.asText();
      }
    }
    return "";
  }

  /** The text of an answer that is no JSON, without tags and control characters. */
  private static String words(String contentType, byte[] bytes) {
    int length = Math.min(bytes.length, 8 * MAXIMUM_TEXT);
    String text = new String(bytes, 0, length, charset(contentType));
    String plain = text.stripLeading().startsWith("<") ? TAG.matcher(text).replaceAll(" ") : text;
    return bounded(plain.replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
  }

  private static Charset charset(String contentType) {
    Matcher matcher = CHARSET.matcher(contentType == null ? "" : contentType);
    try {
      return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }

  private static String bounded(String text) {
    return text.length() <= MAXIMUM_TEXT ? text : text.substring(0, MAXIMUM_TEXT - 1) + "…";
  }
}
