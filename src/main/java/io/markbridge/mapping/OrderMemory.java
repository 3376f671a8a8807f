package io.markbridge.mapping;

import java.util.List;
import java.util.Optional;

/** What earlier orders told; the journal keeps it, {@code convert} has an empty one. */
public interface OrderMemory {

  /** The facts of the order with this number, one per GTIN. */
  List<OrderFacts> byProductionOrder(String account, String productGroup, String productionOrderId);

  /** The facts of the order that a code was fetched for. */
  Optional<OrderFacts> byCode(String account, String codeWithoutTail);

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
        public Optional<OrderFacts> byCode(String account, String codeWithoutTail) {
          return Optional.empty();
        }

        @Override
        public List<OrderFacts> byGtin(String account, String productGroup, String gtin) {
          return List.of();
        }
      };
}
