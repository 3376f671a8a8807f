package io.markbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The marketplace's orders; guarded by itself. */
final class MarketBooks {
  /** An item of an order, and what was sent for its units. */
  static final class Item {
    long count;
    List<JsonNode> instances = List.of();
    Instant given = Instant.MAX;

    Item(long count) {
      this.count = count;
    }
  }

  /** An order. */
  static final class MarketOrder {
    final Map<String, Item> items = new LinkedHashMap<>();
    final List<String> puts = new ArrayList<>();
    int removed;
  }

  private final Map<String, MarketOrder> orders = new LinkedHashMap<>();

  synchronized Optional<MarketOrder> find(String campaign, String order) {
    return Optional.ofNullable(orders.get(campaign + "/" + order));
  }

  synchronized MarketOrder make(String campaign, String order) {
    return orders.computeIfAbsent(campaign + "/" + order, key -> new MarketOrder());
  }

  synchronized int size() {
    return orders.size();
  }
}
