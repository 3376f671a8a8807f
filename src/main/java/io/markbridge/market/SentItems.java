package io.markbridge.market;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.document.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a body that was sent says of an order's items.
 *
 * @param items as they stand there, in boxes or not
 */
record SentItems(List<JsonNode> items) {
  /** Fields of an instance that the marketplace checks. */
  static final List<String> CHECKED = List.of("cis", "uin");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /**
   * A code that the marketplace checks.
   *
   * @param field {@code cis} or {@code uin}
   */
  record Code(String item, String field, String value) {}

  static SentItems read(Payload body) throws IOException {
    JsonNode root;
    try (InputStream input = body.open()) {
      root = JSON.readTree(input);
    }
    List<JsonNode> items = new ArrayList<>();
    root.path("items").forEach(items::add);
    root.path("boxes").forEach(box -> box.path("items").forEach(items::add));
    return new SentItems(items);
  }

  List<Code> codes() {
    List<Code> codes = new ArrayList<>();
    for (JsonNode item : items) {
      for (JsonNode instance : item.path("instances")) {
        for (String field : CHECKED) {
          if (instance.hasNonNull(field)) {
            codes.add(new Code(item.path("id").asText(), field, instance.path(field).asText()));
          }
        }
      }
    }
    return codes;
  }
}
