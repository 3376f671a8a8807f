package io.markbridge.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.legacy.LegacyJson;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a legacy body once, from front to end: the items of one top-level array go to a listener
 * one by one, everything else is small and returned.
 */
final class LegacyReader {
  private static final JsonFactory JSON =
      LegacyJson.factory()
          // Names come from outside: no table of them may outlive the document.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** Takes the items of the streamed array, in order, counted from 0. */
  interface ItemListener {
    void item(long index, Value item) throws DocumentRejectedException, IOException;
  }

  private final Payload payload;
  private final Optional<Charset> charset;

  LegacyReader(Payload payload, Optional<Charset> charset) {
    this.payload = payload;
    this.charset = charset;
  }

  /**
   * @param stream name of the top-level array whose items go to the listener
   * @return the other fields; the streamed array stands as an empty one where it was present
   * @throws DocumentRejectedException when reading cannot go on
   */
  Map<String, Value> read(
      String stream, ValueReader.Limits limits, Problems problems, ItemListener listener)
      throws DocumentRejectedException, IOException {
    try (Reader reader = LegacyText.open(payload, charset);
        JsonParser parser = JSON.createParser(reader)) {
      return guarded(
          parser, problems, () -> readObject(parser, stream, limits, problems, listener));
    }
  }

  private static void startObject(JsonParser parser, Problems problems)
      throws DocumentRejectedException, IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw notJson("empty", parser.currentLocation(), problems);
    }
    if (first != JsonToken.START_OBJECT) {
      throw notJson("no-object", parser.currentLocation(), problems);
    }
  }

  /** Reading that ends with the document's problem, whatever is wrong with its bytes. */
  private interface Reading<T> {
    T read() throws DocumentRejectedException, IOException;
  }

  private static <T> T guarded(JsonParser parser, Problems problems, Reading<T> reading)
      throws DocumentRejectedException, IOException {
    try {
      return reading.read();
    } catch (CharacterCodingException exception) {
      throw notJson("encoding", parser.currentLocation(), problems);
    } catch (JsonEOFException exception) {
      throw notJson("truncated", exception.getLocation(), problems);
    } catch (StreamConstraintsException exception) {
      String reason = exception.getMessage().contains("nesting") ? "too-deep" : "too-long";
      throw notJson(reason, parser.currentLocation(), problems);
    } catch (JsonParseException exception) {
      throw notJson("syntax", exception.getLocation(), problems);
    }
  }

  private static Map<String, Value> readObject(
      JsonParser parser,
      String stream,
      ValueReader.Limits limits,
      Problems problems,
      ItemListener listener)
      throws DocumentRejectedException, IOException {
    startObject(parser, problems);
    ValueReader values = new ValueReader(parser, limits, problems);
    ValueReader.Budget budget = values.budget();
    Map<String, Value> header = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (!budget.take(name.length() + 100L)) {
        throw notJson("too-long", parser.currentLocation(), problems);
      }
      if (!names.add(name)) {
        problems.add(Problem.of(ProblemCode.DUPLICATE_KEY, "$." + name, ""));
      }
      if (name.equals(stream) && parser.currentToken() == JsonToken.START_ARRAY) {
        header.put(name, new Value.Items(List.of()));
        long index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          Value item = values.read("$." + stream, index, values.budget());
          if (item == null) {
            values.nullItem("$." + stream + "[" + index + "]");
          } else {
            listener.item(index, item);
          }
          index++;
        }
      } else {
        Value value = values.read("$." + name, -1, budget);
        if (value != null) {
          header.putIfAbsent(name, value);
        }
      }
    }
    if (parser.nextToken() != null) {
      throw notJson("trailing", parser.currentLocation(), problems);
    }
    return header;
  }

  private static DocumentRejectedException notJson(
      String reason, JsonLocation location, Problems problems) {
    problems.add(
        Problem.of(
            ProblemCode.NOT_JSON,
            "",
            "",
            "reason",
            reason,
            "line",
            String.valueOf(location == null ? 0 : location.getLineNr()),
            "column",
            String.valueOf(location == null ? 0 : location.getColumnNr())));
    return problems.rejection();
  }
}
