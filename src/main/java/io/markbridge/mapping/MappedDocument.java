package io.markbridge.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a legacy document became.
 *
 * @param parts requests in the order to send them; empty where the site's {@code report-on} says
 *     that this document states nothing (6.1): then it is answered and not sent
 * @param notes what happened to each field
 * @param remembered for orders: what later reports will need, one per GTIN
 * @param contentKey equal for two documents that say the same (kind, group, content without what
 *     the bridge adds by the clock); hex
 * @param orderNumber for orders: its own {@code poNumber} or {@code productionOrderId}; for reports
 *     the {@code productionOrderId}
 * @param usedOrders documents of orders that gave it values, as its notes name them; not those of
 *     codes that were fetched already
 */
public record MappedDocument(
    List<MappedPart> parts,
    List<FieldNote> notes,
    List<OrderFacts> remembered,
    String contentKey,
    Optional<String> orderNumber,
    Set<String> usedOrders) {

  /** One that got no values from orders. */
  public MappedDocument(
      List<MappedPart> parts,
      List<FieldNote> notes,
      List<OrderFacts> remembered,
      String contentKey,
      Optional<String> orderNumber) {
    this(parts, notes, remembered, contentKey, orderNumber, Set.of());
  }
}
