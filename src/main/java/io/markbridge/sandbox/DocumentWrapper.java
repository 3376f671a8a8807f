package io.markbridge.sandbox;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Unpacks {@code {"documentBody":"<base64>","signature":"…"}} (section 7) into a file. */
final class DocumentWrapper {
  private static final JsonFactory JSON =
      new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private DocumentWrapper() {}

  /**
   * Decodes as a stream: neither the base64 nor the document is ever whole in memory.
   *
   * @return SHA-256 of the decoded document, in hexadecimal
   */
  static String unpack(Spill body, Path target) throws RefusedException, IOException {
    MessageDigest digest = ContentHash.sha256();
    boolean found = false;
    try (InputStream input = body.open();
        JsonParser parser = JSON.createParser(input)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw RefusedException.invalid("body", "not a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        boolean known = name.equals("documentBody") || name.equals("signature");
        if (!known || token != JsonToken.VALUE_STRING) {
          throw RefusedException.invalid(name, known ? "not a string" : "unknown field");
        }
        if (name.equals("documentBody")) {
          decode(parser, body, target, digest);
          found = true;
        }
      }
      if (parser.nextToken() != null) {
        throw RefusedException.invalid("body", "more than one JSON value");
      }
    } catch (JsonProcessingException exception) {
      throw RefusedException.invalid("documentBody", "not read: " + exception.getOriginalMessage());
    }
    if (!found) {
      throw RefusedException.invalid("documentBody", "required");
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void decode(JsonParser parser, Spill body, Path target, MessageDigest digest)
      throws RefusedException, IOException {
    long begin = parser.currentTokenLocation().getByteOffset() + 1;
    long bytes;
    try (OutputStream file =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(target)), digest)) {
      bytes = parser.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS, file);
    } catch (IllegalArgumentException exception) {
      throw RefusedException.invalid("documentBody", "not base64: " + exception.getMessage());
    }
    long end = parser.currentLocation().getByteOffset() - 1;
    // Jackson skips white space in base64; standard base64 in a document has none.
    if (end - begin != (bytes + 2) / 3 * 4 && hasSpace(body, begin, end)) {
      throw RefusedException.invalid("documentBody", "white space in base64");
    }
  }

  private static boolean hasSpace(Spill body, long begin, long end) throws IOException {
    try (InputStream input = body.open()) {
      input.skipNBytes(begin);
      boolean escaped = false;
      for (long at = begin; at < end; at++) {
        int value = input.read();
        if (value <= ' ' || (escaped && "nrtbf".indexOf(value) >= 0)) {
          return true;
        }
        escaped = value == '\\' && !escaped;
      }
      return false;
    }
  }
}
