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

/** One field of a body's outermost object, read without the rest. */
public final class BodyField {
  private static final JsonFactory JSON = LegacyJson.factory().build();

  private BodyField() {}

  /**
   * A text or a number as it is written; empty where there is none. A body that is no JSON says
   * nothing: the mapping tells why.
   *
   * @throws IOException when the payload cannot be read
   */
  public static Optional<String> read(Payload body, Optional<Charset> charset, String name)
      throws IOException {
    try (InputStream input = body.open();
        JsonParser parser =
            charset.isPresent()
                ? JSON.createParser(new InputStreamReader(input, charset.get()))
                : JSON.createParser(input)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(name);
        JsonToken value = parser.nextToken();
        if (wanted && (value == JsonToken.VALUE_STRING || value.isNumeric())) {
          return Optional.of(parser.getText().strip());
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JsonProcessingException | CharConversionException notJson) {
      return Optional.empty();
    }
  }
}
