package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads scalar fields and says, as the operator would, which one is wrong. */
final class Fields {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private Fields() {}

  /** The value at the parser, of a field that is known. */
  static JsonNode scalar(JsonParser parser, String name, Set<String> known)
      throws RefusedException, IOException {
    if (!known.contains(name)) {
      String why = LegacyNames.ALL.contains(name) ? "legacy field" : "unknown field";
      throw RefusedException.invalid(name, why);
    }
    if (!parser.currentToken().isScalarValue()) {
      throw RefusedException.invalid(name, "not a scalar");
    }
    return parser.readValueAsTree();
  }

  static String text(Map<String, JsonNode> fields, String name) throws RefusedException {
    JsonNode node = required(fields, name);
    if (!node.isTextual() || node.textValue().isEmpty()) {
      throw RefusedException.invalid(name, "not a string with characters");
    }
    return node.textValue();
  }

  static long whole(Map<String, JsonNode> fields, String name) throws RefusedException {
    JsonNode node = required(fields, name);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw RefusedException.invalid(name, "not an integer");
    }
    return node.longValue();
  }

  static String oneOf(Map<String, JsonNode> fields, String name, Set<String> allowed)
      throws RefusedException {
    String value = text(fields, name);
    if (!allowed.contains(value)) {
      throw RefusedException.invalid(name, "not one of the allowed values");
    }
    return value;
  }

  static boolean optionalBoolean(Map<String, JsonNode> fields, String name)
      throws RefusedException {
    JsonNode node = fields.get(name);
    if (node != null && !node.isBoolean()) {
      throw RefusedException.invalid(name, "not a boolean");
    }
    return node != null && node.booleanValue();
  }

  /** Whether a text is an ISO 3166 alpha-2 code. */
  static boolean isCountry(String code) {
    return COUNTRIES.contains(code);
  }

  private static JsonNode required(Map<String, JsonNode> fields, String name)
      throws RefusedException {
    JsonNode node = fields.get(name);
    if (node == null || node.isNull()) {
      throw RefusedException.invalid(name, "required");
    }
    return node;
  }
}
