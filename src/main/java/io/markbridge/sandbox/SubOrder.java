package io.markbridge.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The codes of one GTIN of an order. Only counters are kept: a code is made from its index. */
final class SubOrder {
  /** Codes given out together: {@code first} to {@code first + quantity - 1}. */
  record Pack(String packId, int first, int quantity, Instant packDateTime) {}

  private final Order order;
  private final OrderRequest.Product product;
  private final long baseSequence;
  private final List<Pack> packs = new ArrayList<>();
  private int passed;
  private boolean closed;

  SubOrder(Order order, OrderRequest.Product product, long baseSequence) {
    this.order = order;
    this.product = product;
    this.baseSequence = baseSequence;
  }

  Order order() {
    return order;
  }

  String gtin() {
    return product.gtin();
  }

  String cisType() {
    return product.cisType();
  }

  int quantity() {
    return product.quantity();
  }

  int passed() {
    return passed;
  }

  int left() {
    return quantity() - passed;
  }

  List<Pack> packs() {
    return List.copyOf(packs);
  }

  Optional<Pack> lastPack() {
    return packs.isEmpty() ? Optional.empty() : Optional.of(packs.get(packs.size() - 1));
  }

  Pack take(int count, Instant now) {
    Pack pack = new Pack(UUID.randomUUID().toString(), passed, Math.min(count, left()), now);
    passed += pack.quantity();
    packs.add(pack);
    return pack;
  }

  void close() {
    closed = true;
  }

  /** PENDING, ACTIVE, EXHAUSTED, REJECTED, CLOSED. */
  String bufferStatus(Instant now) {
    if (closed) {
      return "CLOSED";
    }
    return switch (order.orderStatus(now)) {
      case "CREATED", "PENDING" -> "PENDING";
      case "REJECTED" -> "REJECTED";
      case "CLOSED" -> "CLOSED";
      default -> left() == 0 ? "EXHAUSTED" : "ACTIVE";
    };
  }

  /** The whole code at an index, with GS and crypto tail. */
  String code(int index) {
    return CodeMint.full(order.productGroup(), product.cisType(), gtin(), serial(index));
  }

  String serial(int index) {
    if (!product.serialNumbers().isEmpty()) {
      return product.serialNumbers().get(index);
    }
    int length = CodeMint.serialLength(order.productGroup());
    return CodeMint.serial(gtin(), baseSequence + index, length);
  }

  long baseSequence() {
    return baseSequence;
  }
}
