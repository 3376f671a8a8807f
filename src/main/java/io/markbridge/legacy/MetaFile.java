package io.markbridge.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.markbridge.document.Payload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A side file {@code <name>.meta.json}: a flat object of new field names and values that an old
 * document could not say (design decision 9). Null means: not said.
 *
 * @param values by new field name, as text
 * @param problems what is wrong with the file, in its order; the values are then not to be used
 */
public record MetaFile(Map<String, String> values, List<Problem> problems) {
  private static final JsonFactory JSON = new JsonFactory();

  /** A larger one is not read at all. */
  public static final int MAXIMUM_BYTES = 64 * 1024;

  private static final int MAXIMUM_FIELDS = 100;
  private static final int MAXIMUM_NAME = 100;
  private static final int MAXIMUM_VALUE = 1000;

  public MetaFile {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    problems = List.copyOf(problems);
  }

  /**
   * Reads a side file; whatever is wrong with it is in the answer.
   *
   * @throws IOException when the payload cannot be read: nothing is said about the file
   */
  public static MetaFile read(Payload file) throws IOException {
    if (file.size() > MAXIMUM_BYTES) {
      return tooLarge(file.size());
    }
    try (InputStream input = file.open();
        JsonParser parser = JSON.createParser(input)) {
      return read(parser);
    } catch (JsonProcessingException | CharConversionException notJson) {
      return broken(JsonTrouble.of(notJson));
    }
  }

  /** One that is too large to be read. */
  public static MetaFile tooLarge(long bytes) {
    return broken(
        Problem.of(
            ProblemCode.OVER_LIMIT,
            "",
            "",
            "count",
            Long.toString(bytes),
            "limit",
            Integer.toString(MAXIMUM_BYTES)));
  }

  private static MetaFile read(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      return broken(JsonTrouble.because(first == null ? "empty" : "no-object"));
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String path = "$." + LegacyQuery.printable(name);
      JsonToken token = parser.nextToken();
      if (seen.size() >= MAXIMUM_FIELDS) {
        problems.add(
            Problem.of(
                ProblemCode.OVER_LIMIT,
                path,
                "",
                "count",
                Integer.toString(seen.size() + 1),
                "limit",
                Integer.toString(MAXIMUM_FIELDS)));
        return new MetaFile(values, problems);
      }
      if (!seen.add(name)) {
        problems.add(Problem.of(ProblemCode.DUPLICATE_KEY, path, ""));
      }
      if (name.isBlank() || name.length() > MAXIMUM_NAME) {
        problems.add(malformed(path, LegacyQuery.printable(name), "a name of 1 to 100 characters"));
      }
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      if (token != null && token.isStructStart()) {
        problems.add(malformed(path, token.asString(), "text, number, true or false"));
        parser.skipChildren();
        continue;
      }
      String value = parser.getText();
      if (value.length() > MAXIMUM_VALUE || value.chars().anyMatch(Character::isISOControl)) {
        problems.add(
            malformed(
                path,
                LegacyQuery.printable(value),
                "at most 1000 characters, no control characters"));
        continue;
      }
      values.put(name, value);
    }
    if (parser.nextToken() != null) {
      problems.add(
          Problem.of(
              ProblemCode.NOT_JSON,
              "",
              "",
              "reason",
              "trailing",
              "line",
              Integer.toString(parser.currentTokenLocation().getLineNr()),
              "column",
              Integer.toString(parser.currentTokenLocation().getColumnNr())));
    }
    return new MetaFile(values, problems);
  }

  private static Problem malformed(String path, String value, String expected) {
    return Problem.of(ProblemCode.FIELD_MALFORMED, path, "", "value", value, "expected", expected);
  }

  private static MetaFile broken(Problem problem) {
    return new MetaFile(Map.of(), List.of(problem));
  }
}
