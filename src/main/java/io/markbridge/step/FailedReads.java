package io.markbridge.step;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often the payloads of rows could not be read since the start. How often a row was claimed
 * tells nothing about that: its claim may have ended while it waited for room, or for others.
 */
final class FailedReads {
  private static final int MOST = 10_000;

  private final Map<String, Integer> times =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MOST;
        }
      };

  /** One more; gives how often by now. */
  synchronized int add(String row) {
    return times.merge(row, 1, Integer::sum);
  }

  /** It was read, or is given up. */
  synchronized void forget(String row) {
    times.remove(row);
  }
}
