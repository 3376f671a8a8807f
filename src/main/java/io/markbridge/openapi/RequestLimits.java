package io.markbridge.openapi;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The operator's limits, one bucket for each account and kind of call, shared by all sources. Burst
 * and refill together stay within the limit of any sliding minute.
 */
public final class RequestLimits {
  /**
   * @param perMinute 0 for no limit
   * @param burst how many may go at once
   * @param atStart how many may go at once after a start, when nobody knows what was sent before
   */
  public record Limit(long perMinute, long burst, long atStart) {}

  private final Function<String, Limit> limits;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final Map<String, Instant> pauses = new ConcurrentHashMap<>();

  public RequestLimits(Function<String, Limit> limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** Takes up to {@code most} permissions; gives how many there were. */
  public int take(String account, String name, int most) {
    String key = account + "/" + name;
    if (most <= 0) {
      return 0;
    }
    if (pausedUntil(account, name).isPresent()) {
      return 0;
    }
    Limit limit = limits.apply(name);
    if (limit.perMinute() == 0) {
      return most;
    }
    return (int) bucket(key, limit).tryConsumeAsMuchAsPossible(most);
  }

  /** Gives back permissions that were not used. */
  public void giveBack(String account, String name, int unused) {
    Bucket bucket = buckets.get(account + "/" + name);
    if (bucket != null && unused > 0) {
      bucket.addTokens(unused);
    }
  }

  /** The operator said that it is too much: nobody calls before then. The latest pause counts. */
  public void pause(String account, String name, Instant until) {
    pauses.merge(
        account + "/" + name, until, (first, second) -> first.isAfter(second) ? first : second);
  }

  /** Until when nobody calls; empty where the limit is open. */
  public Optional<Instant> pausedUntil(String account, String name) {
    return Optional.ofNullable(pauses.get(account + "/" + name))
        .filter(until -> clock.instant().isBefore(until));
  }

  private Bucket bucket(String key, Limit limit) {
    // Whatever a site sets: burst and refill stay within the limit, and so does the start.
    long burst = Math.max(1, Math.min(limit.burst(), limit.perMinute() / 2));
    return buckets.computeIfAbsent(
        key,
        name ->
            Bucket.builder()
                .withCustomTimePrecision(new ClockMeter(clock))
                .addLimit(
                    Bandwidth.builder()
                        .capacity(burst)
                        .refillGreedy(Math.max(1, limit.perMinute() - burst), Duration.ofMinutes(1))
                        .initialTokens(Math.min(limit.atStart(), burst))
                        .build())
                .build());
  }

  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return clock.millis() * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
