package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP answer, complete before its first byte leaves.
 *
 * @param status HTTP status
 * @param contentType empty where there is no body
 * @param headers further headers
 * @param body the bytes; closed by whoever sends them
 */
record Answer(int status, String contentType, Map<String, String> headers, Spill body) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Writes one JSON value. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator generator) throws IOException;
  }

  static Answer json(Work work, Content content) {
    return json(work, 200, content);
  }

  static Answer json(Work work, int status, Content content) {
    Spill body = new Spill(work.folder());
    try {
      JsonGenerator generator = JSON.createGenerator(body);
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      content.write(generator);
      generator.close();
      body.finish();
    } catch (IOException exception) {
      throw new UncheckedIOException("writing an answer failed", exception);
    }
    return new Answer(status, "application/json;charset=UTF-8", Map.of(), body);
  }

  /** A short answer of fixed text. */
  static Answer text(int status, String contentType, String text) {
    Spill body = new Spill(null);
    try {
      body.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException exception) {
      throw new UncheckedIOException("writing an answer failed", exception);
    }
    return new Answer(status, text.isEmpty() ? "" : contentType, Map.of(), body);
  }

  Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, more, body);
  }
}
