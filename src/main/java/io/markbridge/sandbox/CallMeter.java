package io.markbridge.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts calls and keeps the limit of section Limits: no sliding minute of one credential holds
 * more than so many calls. A refused call does not count against the limit, but it does count for
 * the recorded maximum, which is what a test of a client's own limiter wants to see.
 */
final class CallMeter {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_PATHS = 1000;

  /** Two hours with a call in every second. */
  private static final int MOST_SECONDS = 7200;

  private static final class Window {
    final ArrayDeque<Instant> arrived = new ArrayDeque<>();
    final ArrayDeque<Instant> served = new ArrayDeque<>();
    final NavigableMap<Long, Integer> bySecond = new TreeMap<>();
    int most;

    void count(Instant now) {
      bySecond.merge(now.getEpochSecond(), 1, Integer::sum);
      if (bySecond.size() > MOST_SECONDS) {
        bySecond.pollFirstEntry();
      }
    }

    void forget(Instant now) {
      forget(arrived, now);
      forget(served, now);
    }

    private static void forget(ArrayDeque<Instant> times, Instant now) {
      while (!times.isEmpty() && !times.peekFirst().plus(MINUTE).isAfter(now)) {
        times.removeFirst();
      }
    }
  }

  private final Switches switches;
  private final Map<String, Window> windows = new HashMap<>();
  private final Map<String, Long> byCall = new TreeMap<>();
  private final Map<String, Long> byPath = new TreeMap<>();
  private long refused;

  CallMeter(Switches switches) {
    this.switches = switches;
  }

  /**
   * Counts one call.
   *
   * @param credential whose call, such as {@code login:demo}
   * @return how long until the limit lets a call through again; zero where this one may pass
   */
  synchronized Duration arrive(Route route, String credential, Instant now) {
    byCall.merge(route.name(), 1L, Long::sum);
    byPath.merge(route.method() + " " + route.template(), 1L, Long::sum);
    boolean byKind = switches.is(SwitchName.LIMIT_SCOPE, "kind");
    String name = byKind ? credential + " " + route.method() : credential;
    Window window = windows.computeIfAbsent(name, key -> new Window());
    window.forget(now);
    window.arrived.addLast(now);
    window.count(now);
    window.most = Math.max(window.most, window.arrived.size());
    int limit = switches.number(SwitchName.LIMIT);
    if (limit > 0 && window.served.size() >= limit) {
      refused++;
      return Duration.between(now, window.served.peekFirst().plus(MINUTE));
    }
    window.served.addLast(now);
    return Duration.ZERO;
  }

  /** Counts a call of a path that the new API lacks, such as one of the legacy API. */
  synchronized void unknown(String method, String path) {
    String name = "unknown " + method + " " + path;
    if (byPath.size() < MOST_PATHS || byPath.containsKey(name)) {
      byPath.merge(name, 1L, Long::sum);
    }
  }

  synchronized Map<String, Long> byCall() {
    return new LinkedHashMap<>(byCall);
  }

  synchronized Map<String, Long> byPath() {
    return new LinkedHashMap<>(byPath);
  }

  /** The most calls that any sliding minute held, by credential (and method). */
  synchronized Map<String, Integer> mostPerMinute() {
    Map<String, Integer> most = new TreeMap<>();
    windows.forEach((name, window) -> most.put(name, window.most));
    return most;
  }

  /**
   * The calls of each second that had some, by credential (and method) and second since 1970; the
   * newest two hours.
   */
  synchronized Map<String, NavigableMap<Long, Integer>> perSecond() {
    Map<String, NavigableMap<Long, Integer>> all = new TreeMap<>();
    windows.forEach((name, window) -> all.put(name, new TreeMap<>(window.bySecond)));
    return all;
  }

  /** How many calls got 429 from the limit. */
  synchronized long refused() {
    return refused;
  }
}
