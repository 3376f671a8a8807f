package io.markbridge.procedure.doubt;

import io.markbridge.document.Submission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the steps of one search hand on to each other. It travels with their requests, so that a
 * search goes on after a restart.
 *
 * @param began milliseconds: when the first page was asked for
 * @param ahead milliseconds: how far our clock is ahead of the operator's
 * @param candidates ids at the operator that may be what is looked for
 * @param unreadable those of them that do not tell yet what they hold
 */
record Trail(Optional<Long> began, long ahead, List<String> candidates, Set<String> unreadable) {
  private static final String BEGAN = "began";
  private static final String AHEAD = "ahead";
  private static final String CANDIDATES = "candidates";
  private static final String UNREADABLE = "unreadable";
  private static final String BETWEEN = "\n";

  static Trail begin(long ahead) {
    return new Trail(Optional.empty(), ahead, List.of(), Set.of());
  }

  static Trail of(Submission step) {
    Map<String, String> values = step.pathValues();
    return new Trail(
        Optional.ofNullable(values.get(BEGAN)).map(Long::valueOf).or(step::sentAt),
        Long.parseLong(values.getOrDefault(AHEAD, "0")),
        list(values.get(CANDIDATES)),
        new LinkedHashSet<>(list(values.get(UNREADABLE))));
  }

  private static List<String> list(String joined) {
    return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(BETWEEN));
  }

  Trail withCandidates(List<String> more) {
    Set<String> all = new LinkedHashSet<>(candidates);
    all.addAll(more);
    return new Trail(began, ahead, new ArrayList<>(all), unreadable);
  }

  Trail withUnreadable(String id) {
    Set<String> all = new LinkedHashSet<>(unreadable);
    all.add(id);
    return new Trail(began, ahead, candidates, all);
  }

  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    began.ifPresent(time -> values.put(BEGAN, Long.toString(time)));
    values.put(AHEAD, Long.toString(ahead));
    values.put(CANDIDATES, String.join(BETWEEN, candidates));
    values.put(UNREADABLE, String.join(BETWEEN, unreadable));
    return values;
  }
}
