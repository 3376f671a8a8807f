package io.markbridge.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Payload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells from a body's outermost keys which legacy call it is. Values are skipped, never kept, so a
 * report of a gigabyte needs no memory; reading stops as soon as a key settles the question.
 */
public final class BodyRecognition {
  private static final JsonFactory JSON = LegacyJson.factory().build();

  /** More keys than any legacy body has: a body with more is not read to its end. */
  private static final int MAXIMUM_KEYS = 10_000;

  private final Map<String, LegacyCall> settles = new LinkedHashMap<>();
  private final List<Rule> otherwise = new ArrayList<>();

  /** Objects whose keys count as the outermost ones, as the mapping takes them. */
  private final Set<String> wrappers = new HashSet<>();

  private record Rule(LegacyCall call, Set<String> keys) {}

  /** Takes the section {@code recognise} of the legacy API. */
  public BodyRecognition(LegacyApi api) {
    for (JsonNode section : api.nodes("recognise")) {
      section
          .path("settles")
          .properties()
          .forEach(entry -> settles.put(entry.getKey(), api.call(entry.getValue().asText())));
      wrappers.addAll(LegacyApi.texts(section.path("wrappers")));
      section
          .path("otherwise")
          .forEach(
              rule ->
                  otherwise.add(
                      new Rule(
                          api.call(rule.path("kind").asText()),
                          Set.copyOf(LegacyApi.texts(rule.path("keys"))))));
    }
  }

  /** Objects whose fields count as a body's own. */
  public Set<String> wrappers() {
    return Set.copyOf(wrappers);
  }

  /**
   * Reads as much of a body as it takes to tell which call it is. The rest is checked by the
   * mapping: a body that is recognised can still be broken.
   *
   * @param charset set only where a folder or column says so; otherwise UTF-8, or what a byte order
   *     mark or the first bytes tell (UTF-16, UTF-32)
   * @throws IOException when the payload cannot be read: nothing is said about the body
   */
  public Recognition recognise(Payload body, Optional<Charset> charset) throws IOException {
    try (InputStream input = body.open();
        JsonParser parser =
            charset.isPresent()
                ? JSON.createParser(new InputStreamReader(input, charset.get()))
                : JSON.createParser(input)) {
      return recognise(parser);
    } catch (JsonProcessingException | CharConversionException notJson) {
      return new Recognition.Unknown(JsonTrouble.of(notJson));
    }
  }

  private Recognition recognise(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return new Recognition.Unknown(JsonTrouble.because("empty"));
    }
    if (first != JsonToken.START_OBJECT) {
      return unknown();
    }
    Set<String> seen = new HashSet<>();
    Optional<LegacyCall> settled = settled(parser, seen);
    if (settled.isPresent()) {
      return new Recognition.Known(settled.get());
    }
    if (seen.size() > MAXIMUM_KEYS) {
      return unknown();
    }
    for (Rule rule : otherwise) {
      if (seen.containsAll(rule.keys())) {
        return new Recognition.Known(rule.call());
      }
    }
    return almost(seen).orElseGet(BodyRecognition::unknown);
  }

  /** A body that lacks only one of several keys of a call: that one is named. */
  private Optional<Recognition> almost(Set<String> seen) {
    for (Rule rule : otherwise) {
      List<String> missing = rule.keys().stream().filter(key -> !seen.contains(key)).toList();
      if (missing.size() == 1 && rule.keys().size() > 2) {
        return Optional.of(
            new Recognition.Unknown(
                Problem.of(
                    ProblemCode.FIELD_REQUIRED,
                    "$." + missing.get(0),
                    "",
                    "field",
                    missing.get(0),
                    "where",
                    "$." + missing.get(0) + "; a .http file: " + rule.call().paths().get(0))));
      }
    }
    return Optional.empty();
  }

  /**
   * Reads the keys of an object, and of the wrappers in it, until one of them settles the question.
   *
   * @param seen takes the others
   */
  private Optional<LegacyCall> settled(JsonParser parser, Set<String> seen) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME && seen.size() <= MAXIMUM_KEYS) {
      String key = parser.currentName();
      if (settles.containsKey(key)) {
        return Optional.of(settles.get(key));
      }
      seen.add(key);
      if (parser.nextToken() == JsonToken.START_OBJECT && wrappers.contains(key)) {
        Optional<LegacyCall> wrapped = settled(parser, seen);
        if (wrapped.isPresent()) {
          return wrapped;
        }
      } else {
        parser.skipChildren();
      }
    }
    return Optional.empty();
  }

  private static Recognition unknown() {
    return new Recognition.Unknown(Problem.of(ProblemCode.UNKNOWN_KIND, "", ""));
  }
}
