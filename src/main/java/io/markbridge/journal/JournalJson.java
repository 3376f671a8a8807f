package io.markbridge.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The small values that the journal keeps as JSON text. */
final class JournalJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JournalJson() {}

  static String map(Map<String, String> map) {
    ObjectNode node = JSON.createObjectNode();
    map.forEach(node::put);
    return node.toString();
  }

  static Map<String, String> map(String text) {
    Map<String, String> map = new LinkedHashMap<>();
    tree(text).properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }

  static String problems(List<Problem> problems) {
    ArrayNode array = JSON.createArrayNode();
    for (Problem problem : problems) {
      ObjectNode node = array.addObject();
      node.put("code", problem.code().name()).put("path", problem.path()).put("row", problem.row());
      ObjectNode arguments = node.putObject("arguments");
      problem.arguments().forEach(arguments::put);
    }
    return array.toString();
  }

  static List<Problem> problems(String text) {
    List<Problem> problems = new ArrayList<>();
    if (text == null) {
      return problems;
    }
    for (JsonNode node : tree(text)) {
      problems.add(
          new Problem(
              ProblemCode.valueOf(node.path("code").asText()),
              node.path("path").asText(),
              node.path("row").asText(),
              map(node.path("arguments").toString())));
    }
    return problems;
  }

  static String errors(List<OperatorError> errors) {
    ArrayNode array = JSON.createArrayNode();
    for (OperatorError error : errors) {
      array
          .addObject()
          .put("code", error.code())
          .put("text", error.text())
          .put("parameter", error.parameter());
    }
    return array.toString();
  }

  static List<OperatorError> errors(String text) {
    List<OperatorError> errors = new ArrayList<>();
    if (text == null) {
      return errors;
    }
    for (JsonNode node : tree(text)) {
      errors.add(
          OperatorError.of(
              node.path("code").asText(),
              node.path("text").asText(),
              node.path("parameter").asText()));
    }
    return errors;
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException("reading what the journal wrote itself", unreadable);
    }
  }
}
