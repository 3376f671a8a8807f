package io.markbridge.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what happened to each field; a field inside arrays is told once. */
final class Notes {
  /** Sources name orders, of which a report can have many. */
  private static final int MOST = 500;

  private record Key(String row, String from, String to, String action, String source) {}

  private final Map<Key, long[]> counts = new LinkedHashMap<>();

  void add(String row, String from, String to, String action, String source, long count) {
    Key key = new Key(row, from, to, action, source);
    long[] known = counts.get(key);
    if (known != null) {
      known[0] += count;
    } else if (counts.size() < MOST) {
      counts.put(key, new long[] {count});
    }
  }

  List<FieldNote> list() {
    List<FieldNote> notes = new ArrayList<>();
    counts.forEach(
        (key, count) ->
            notes.add(
                new FieldNote(
                    key.row(), key.from(), key.to(), key.action(), key.source(), count[0])));
    return List.copyOf(notes);
  }
}
