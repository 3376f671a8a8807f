package io.markbridge.market;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.document.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
  record Code(String item, String field, String value) {
    Code with(UnaryOperator<String> change) {
      return new Code(item, field, change.apply(value));
    }
  }

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

  /** Whether the marketplace's list of codes tells all that this says of the instances. */
  boolean hasOnlyCodes() {
    return items.stream()
        .flatMap(item -> stream(item.path("instances")))
        .flatMap(instance -> instance.properties().stream())
        .allMatch(field -> CHECKED.contains(field.getKey()));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
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
