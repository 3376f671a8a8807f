package io.markbridge.legacy;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the query of a legacy request. */
final class LegacyQuery {
  private static final int MAXIMUM_PARAMETERS = 50;
  private static final int MAXIMUM_VALUE = 4096;

  private LegacyQuery() {}

  /**
   * Splits and decodes {@code a=1&b=2}; {@code +} is a space. A parameter given twice with one
   * value counts once.
   */
  static Map<String, String> read(String query) throws DocumentRejectedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), "query");
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), name);
      String earlier = parameters.putIfAbsent(name, value);
      if (earlier != null && !earlier.equals(value)) {
        throw new DocumentRejectedException(
            Problem.of(ProblemCode.DUPLICATE_KEY, "$." + printable(name), ""));
      }
      if (parameters.size() > MAXIMUM_PARAMETERS) {
        throw malformed("query", "more parameters", "at most " + MAXIMUM_PARAMETERS);
      }
    }
    return parameters;
  }

  /**
   * Percent-decodes as a form does.
   *
   * @param name what it is, for the problem
   */
  static String decode(String text, String name) throws DocumentRejectedException {
    ByteBuffer bytes = ByteBuffer.allocate(text.getBytes(StandardCharsets.UTF_8).length);
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '+') {
        bytes.put((byte) ' ');
      } else if (character == '%') {
        int high = index + 2 < text.length() ? Character.digit(text.charAt(index + 1), 16) : -1;
        int low = index + 2 < text.length() ? Character.digit(text.charAt(index + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw malformed(name, text, "percent-encoding");
        }
        bytes.put((byte) (high * 16 + low));
        index += 2;
      } else if (Character.isHighSurrogate(character) && index + 1 < text.length()) {
        bytes.put(text.substring(index, index + 2).getBytes(StandardCharsets.UTF_8));
        index++;
      } else {
        bytes.put(Character.toString(character).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
      if (decoded.length() > MAXIMUM_VALUE) {
        throw malformed(name, text, "at most " + MAXIMUM_VALUE + " characters");
      }
      return decoded;
    } catch (CharacterCodingException notUtf8) {
      throw malformed(name, text, "percent-encoded UTF-8");
    }
  }

  private static DocumentRejectedException malformed(String name, String value, String expected) {
    return new DocumentRejectedException(
        Problem.of(
            ProblemCode.FIELD_MALFORMED,
            "$." + printable(name),
            "",
            "value",
            printable(value),
            "expected",
            expected));
  }

  /** Short, and without control characters: it goes into replies and logs. */
  static String printable(String text) {
    String visible = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\u2028\u2029]", "?");
    return visible.length() > 100 ? visible.substring(0, 100) + "…" : visible;
  }
}
