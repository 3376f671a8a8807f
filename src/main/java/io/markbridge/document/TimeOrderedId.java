package io.markbridge.document;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Makes UUIDs of version 7 that grow within this process, also when the clock stands still or goes
 * back.
 */
public final class TimeOrderedId {
  private static final int COUNTER_LIMIT = 1 << 12;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private long lastMillisecond;
  private int counter;

  public TimeOrderedId(Clock clock) {
    this.clock = clock;
  }

  /**
   * Where the ids of a time begin.
   *
   * @param millisecond since 1970
   * @return no id that was made before is greater, and none that is made later is less
   */
  public static String first(long millisecond) {
    return new UUID(millisecond << 16 | 7L << 12, 1L << 63).toString();
  }

  /** The next id, in lower case with hyphens. */
  public synchronized String next() {
    long now = Math.max(clock.millis(), lastMillisecond);
    counter = now == lastMillisecond ? counter + 1 : 0;
    if (counter == COUNTER_LIMIT) {
      now++;
      counter = 0;
    }
    lastMillisecond = now;
    long high = now << 16 | 7L << 12 | counter;
    long low = random.nextLong() >>> 2 | 1L << 63;
    return new UUID(high, low).toString();
  }
}
