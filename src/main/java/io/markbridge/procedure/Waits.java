package io.markbridge.procedure;

import io.markbridge.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait, and how often to try: each time twice as long, up to a longest. Waiting is a
 * time in the journal, never a blocked thread.
 *
 * @param mostAttempts how many failures, while the operator was reachable, are borne before a
 *     person has to look
 * @param random from 0 to 1: spreads retries, so that what failed together does not come back
 *     together
 */
public record Waits(
    Clock clock,
    Duration firstRetry,
    Duration longestRetry,
    Duration firstQuestion,
    Duration longestQuestion,
    int mostAttempts,
    DoubleSupplier random) {
  private static final double SPREAD = 0.2;

  public static Waits of(Settings settings, Clock clock, DoubleSupplier random) {
    return new Waits(
        clock,
        settings.duration("retry.first", Duration.ofSeconds(1)),
        settings.duration("retry.longest", Duration.ofMinutes(5)),
        settings.duration("track.first", Duration.ofSeconds(1)),
        settings.duration("track.longest", Duration.ofMinutes(1)),
        (int) settings.number("retry.most-attempts", 40),
        random);
  }

  public long now() {
    return clock.millis();
  }

  /** When to try again after so many attempts. */
  public long retryAt(long attempts) {
    return retryAt(attempts, longestRetry);
  }

  /**
   * When to ask again for something that others wait for, after so many failures: an outage has its
   * own rest, and a question harms nobody.
   */
  public long askAfterFailureAt(long failures) {
    return retryAt(failures, longestQuestion);
  }

  private long retryAt(long attempts, Duration longest) {
    long wait = doubled(firstRetry, longest, attempts);
    return clock.millis() + wait + Math.round(wait * SPREAD * random.getAsDouble());
  }

  /** When to ask again after so many questions. */
  public long askAgainAt(int questions) {
    return clock.millis() + doubled(firstQuestion, longestQuestion, questions);
  }

  private static long doubled(Duration first, Duration longest, long times) {
    int doublings = (int) Math.min(20, Math.max(0, times - 1));
    return Math.min(longest.toMillis(), first.toMillis() << doublings);
  }
}
