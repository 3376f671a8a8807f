package io.markbridge.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.markbridge.document.Payload;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;

/** One field of a body's outermost object, read without the rest. */
public final class BodyField {
  private static final JsonFactory JSON = LegacyJson.factory().build();

  private BodyField() {}

  /**
   * A text or a number as it is written; empty where there is none. A body that is no JSON says
   * nothing: the mapping tells why.
   *
   * @param wrappers objects whose fields count as the body's own
   * @throws IOException when the payload cannot be read
   */
  public static Optional<String> read(
      Payload body, Optional<Charset> charset, String name, Set<String> wrappers)
      throws IOException {
    try (InputStream input = body.open();
        JsonParser parser =
            charset.isPresent()
                ? JSON.createParser(new InputStreamReader(input, charset.get()))
                : JSON.createParser(input)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? read(parser, name, wrappers)
          : Optional.empty();
    } catch (JsonProcessingException | CharConversionException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<String> read(JsonParser parser, String name, Set<String> wrappers)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals(name) && (value == JsonToken.VALUE_STRING || value.isNumeric())) {
        return Optional.of(parser.getText().strip());
      }
      if (value == JsonToken.START_OBJECT && wrappers.contains(key)) {
        Optional<String> wrapped = read(parser, name, wrappers);
        if (wrapped.isPresent()) {
          return wrapped;
        }
      } else {
        parser.skipChildren();
      }
    }
    return Optional.empty();
  }
}
