package io.markbridge.procedure.doubt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Reads the content of a report or document as one number a field, without holding it: the order of
 * keys and of entries makes no difference, nor how a point in time is written, nor a crypto tail.
 */
final class DocumentContent {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String WRAPPED = "documentBody";
  private static final int SHORTEST_DATE_TIME = "2026-01-01T00:00Z".length();
  private static final int LONGEST_DATE_TIME = 40;

  private final UnaryOperator<String> withoutTail;
  private final MessageDigest digest;

  /**
   * @param withoutTail a code without its crypto tail; gives back as it is what is no code
   */
  DocumentContent(UnaryOperator<String> withoutTail) {
    this.withoutTail = withoutTail;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException exception) {
      throw new IllegalStateException("every Java has SHA-256", exception);
    }
  }

  /**
   * The content of a body, decoded or wrapped as base64.
   *
   * @throws IOException when it is no JSON object
   */
  Content read(InputStream body) throws IOException {
    StringBuilder subject = new StringBuilder();
    Map<String, String> others = new TreeMap<>();
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (name.equals(WRAPPED) && token == JsonToken.VALUE_STRING) {
          return read(new ByteArrayInputStream(parser.getBinaryValue()));
        }
        if (token == JsonToken.START_ARRAY) {
          // Codes or units: there is one list in each kind of document.
          subject.append(name).append(' ').append(value(parser).toString(16)).append(' ');
        } else if (token != JsonToken.VALUE_NULL) {
          others.put(name, value(parser).toString(16));
        }
      }
    }
    return new Content(subject.toString(), others);
  }

  private BigInteger value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_ARRAY -> array(parser);
      case START_OBJECT -> object(parser);
      default -> hash(scalar(parser));
    };
  }

  /** The sum of its entries: the same in any order. */
  private BigInteger array(JsonParser parser) throws IOException {
    BigInteger sum = BigInteger.ZERO;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      sum =
          sum.add(
              parser.currentToken() == JsonToken.VALUE_STRING
                  ? hash(withoutTail.apply(parser.getText()))
                  : value(parser));
    }
    return hash("array " + sum.toString(16));
  }

  private BigInteger object(JsonParser parser) throws IOException {
    Map<String, BigInteger> fields = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        fields.put(name, value(parser));
      }
    }
    return hash("object " + fields);
  }

  private static String scalar(JsonParser parser) throws IOException {
    String text = parser.getText();
    if (text.length() < SHORTEST_DATE_TIME
        || text.length() > LONGEST_DATE_TIME
        || text.charAt(10) != 'T') {
      return text;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toString();
    } catch (DateTimeException notATime) {
      return text;
    }
  }

  private BigInteger hash(String text) {
    return new BigInteger(1, digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
