package io.markbridge.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An order as the marketplace tells it. */
final class MarketOrder {
  private MarketOrder() {}

  /**
   * Its items by id, in order.
   *
   * @throws IllegalArgumentException when the answer has no list of them: nothing can be said then
   */
  static Map<String, JsonNode> items(JsonNode answer) {
    JsonNode order = answer.has("order") ? answer.path("order") : answer.at("/result/order");
    Map<String, JsonNode> items = new LinkedHashMap<>();
    order.path("items").forEach(item -> items.put(item.path("id").asText(), item));
    // An order that says it has none has none: asking again would not end.
    if (items.isEmpty() && !order.path("items").isArray()) {
      throw new IllegalArgumentException("the answer names no items of the order");
    }
    return items;
  }
}
