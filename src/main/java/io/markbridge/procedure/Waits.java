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
  public long retryAt(int attempts) {
    long wait = doubled(firstRetry, longestRetry, attempts);
    return clock.millis() + wait + Math.round(wait * SPREAD * random.getAsDouble());
  }

  /** When to try again what nobody expects to work soon. */
  public long longestRetryAt() {
    return clock.millis() + longestRetry.toMillis();
  }

  /** When to ask again after so many questions. */
  public long askAgainAt(int questions) {
    return clock.millis() + doubled(firstQuestion, longestQuestion, questions);
  }

  private static long doubled(Duration first, Duration longest, int times) {
    int doublings = Math.min(20, Math.max(0, times - 1));
    return Math.min(longest.toMillis(), first.toMillis() << doublings);
  }
}
