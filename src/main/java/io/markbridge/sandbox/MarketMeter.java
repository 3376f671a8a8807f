package io.markbridge.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts the marketplace's calls: so many of one method and campaign in each period, which begins
 * on the clock, and so many of a campaign at once.
 */
final class MarketMeter {
  private static final int MOST_PERIODS = 10_000;

  /**
   * What every answer tells.
   *
   * @param passed whether this call was within the limit
   */
  record Count(boolean passed, int limit, int remaining, Instant until) {}

  private final Switches switches;
  private final Map<String, NavigableMap<Instant, Integer>> periods = new TreeMap<>();
  private final Map<String, Integer> atOnce = new HashMap<>();
  private final Map<String, Integer> mostAtOnce = new TreeMap<>();
  private final Map<String, Integer> refused = new TreeMap<>();

  MarketMeter(Switches switches) {
    this.switches = switches;
  }

  /** A request of a campaign has arrived; how many of it are there now. */
  synchronized int arrives(String campaign) {
    int now = atOnce.merge(campaign, 1, Integer::sum);
    mostAtOnce.merge(campaign, now, Math::max);
    return now;
  }

  /** Its answer is out. */
  synchronized void leaves(String campaign) {
    atOnce.merge(campaign, -1, Integer::sum);
  }

  synchronized Count count(String campaign, String call, Instant now) {
    int limit = switches.number(SwitchName.MARKET_LIMIT);
    Duration period = switches.duration(SwitchName.MARKET_PERIOD);
    long begin = now.toEpochMilli() / period.toMillis() * period.toMillis();
    NavigableMap<Instant, Integer> own =
        periods.computeIfAbsent(campaign + " " + call, key -> new TreeMap<>());
    Instant from = Instant.ofEpochMilli(begin);
    int used = own.getOrDefault(from, 0);
    boolean passed = limit == 0 || used < limit;
    if (passed) {
      own.put(from, ++used);
    } else {
      refused.merge(campaign + " " + call, 1, Integer::sum);
    }
    if (own.size() > MOST_PERIODS) {
      own.pollFirstEntry();
    }
    int told = limit == 0 ? Integer.MAX_VALUE : limit;
    return new Count(passed, told, Math.max(0, told - used), from.plus(period));
  }

  synchronized void refusedAtOnce(String campaign) {
    refused.merge(campaign + " at once", 1, Integer::sum);
  }

  /** Calls that passed, by the beginning of their period. */
  synchronized NavigableMap<Instant, Integer> periods(String campaign, String call) {
    return new TreeMap<>(periods.getOrDefault(campaign + " " + call, new TreeMap<>()));
  }

  /** How many got 420, by campaign and call. */
  synchronized Map<String, Integer> refused() {
    return new TreeMap<>(refused);
  }

  /** The most requests that were there at once, by campaign. */
  synchronized Map<String, Integer> mostAtOnce() {
    return new TreeMap<>(mostAtOnce);
  }
}
