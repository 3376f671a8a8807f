package io.markbridge.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells which order issued a code, without keeping the codes. */
final class IssuedCodes {
  /** A code that an order gave out, and its whole form. */
  record Issued(SubOrder subOrder, String full) {}

  private record Place(SubOrder subOrder, int index) {}

  private static final class OfGtin {
    final TreeMap<Long, SubOrder> bySequence = new TreeMap<>();
    final Map<String, Place> selfMade = new HashMap<>();
    long next;
  }

  private final Map<String, OfGtin> gtins = new HashMap<>();

  /** Where the running numbers of a new sub-order begin. */
  long nextSequence(String gtin) {
    return gtins.computeIfAbsent(gtin, key -> new OfGtin()).next;
  }

  /** Whether a serial of a GTIN was ordered before. */
  boolean isTaken(String gtin, String serial) {
    OfGtin known = gtins.get(gtin);
    return known != null && known.selfMade.containsKey(serial);
  }

  void add(SubOrder subOrder, OrderRequest.Product product) {
    OfGtin known = gtins.computeIfAbsent(product.gtin(), key -> new OfGtin());
    if (product.serialNumbers().isEmpty()) {
      known.bySequence.put(subOrder.baseSequence(), subOrder);
      known.next = subOrder.baseSequence() + subOrder.quantity();
      return;
    }
    for (int index = 0; index < product.serialNumbers().size(); index++) {
      known.selfMade.put(product.serialNumbers().get(index), new Place(subOrder, index));
    }
  }

  /** The order of a code, where one gave it out; a tail that is there must be the right one. */
  Optional<Issued> find(String code, CodeShape shape) {
    for (CodeShape.Reading reading : shape.readings()) {
      Place place = place(reading);
      if (place == null || place.index() >= place.subOrder().passed()) {
        continue;
      }
      String full = place.subOrder().code(place.index());
      boolean same =
          shape.full() ? full.equals(code) : CodeShape.of(full).identity().equals(shape.identity());
      if (same) {
        return Optional.of(new Issued(place.subOrder(), full));
      }
    }
    return Optional.empty();
  }

  private Place place(CodeShape.Reading reading) {
    OfGtin known = gtins.get(reading.gtin());
    if (known == null) {
      return null;
    }
    Place selfMade = known.selfMade.get(reading.serial());
    if (selfMade != null) {
      return selfMade;
    }
    long sequence = CodeMint.sequence(reading.serial());
    Map.Entry<Long, SubOrder> entry = sequence < 0 ? null : known.bySequence.floorEntry(sequence);
    if (entry == null || sequence - entry.getKey() >= entry.getValue().quantity()) {
      return null;
    }
    return new Place(entry.getValue(), (int) (sequence - entry.getKey()));
  }
}
