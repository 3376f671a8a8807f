package io.markbridge.sandbox;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came twice; the first thousand are kept, all are counted. */
final class Duplicates {
  private static final int KEPT = 1000;

  private final List<Duplicate> kept = new ArrayList<>();
  private final Map<Duplicate.Kind, Long> counts = new EnumMap<>(Duplicate.Kind.class);

  void add(String type, String value, String firstId, String secondId) {
    add(Duplicate.Kind.valueOf(type), value, firstId, secondId);
  }

  void add(Duplicate.Kind kind, String value, String firstId, String secondId) {
    counts.merge(kind, 1L, Long::sum);
    if (kept.size() < KEPT) {
      kept.add(new Duplicate(kind, value, firstId, secondId));
    }
  }

  List<Duplicate> kept() {
    return List.copyOf(kept);
  }

  Map<Duplicate.Kind, Long> counts() {
    return new EnumMap<>(counts);
  }
}
