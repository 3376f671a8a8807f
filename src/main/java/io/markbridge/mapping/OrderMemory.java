package io.markbridge.mapping;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What earlier orders told; the journal keeps it, {@code convert} has an empty one. */
public interface OrderMemory {

  /** The facts of the order with this number, one per GTIN. */
  List<OrderFacts> byProductionOrder(String account, String productGroup, String productionOrderId);

  /**
   * The facts of the orders that codes were fetched for; a code that passed nobody here has none.
   *
   * @param codesWithoutTail some hundred of them
   */
  Map<String, OrderFacts> byCodes(String account, Collection<String> codesWithoutTail);

  /** All orders of a GTIN. */
  List<OrderFacts> byGtin(String account, String productGroup, String gtin);

  /** Remembers nothing. */
  OrderMemory EMPTY =
      new OrderMemory() {
        @Override
        public List<OrderFacts> byProductionOrder(String account, String productGroup, String id) {
          return List.of();
        }

        @Override
        public Map<String, OrderFacts> byCodes(String account, Collection<String> codes) {
          return Map.of();
        }

        @Override
        public List<OrderFacts> byGtin(String account, String productGroup, String gtin) {
          return List.of();
        }
      };
}
