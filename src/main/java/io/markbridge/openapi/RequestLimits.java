package io.markbridge.openapi;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The operator's limits, one bucket for each account and kind of call, shared by all sources and
 * all replicas (design decision 6). Burst and refill together stay within the limit of any sliding
 * minute.
 */
public final class RequestLimits {
  /**
   * @param perMinute 0 for no limit
   * @param burst how many may go at once; more where the limit is large
   * @param atStart how many may go at once at the very first, when nobody knows what was sent
   *     before
   */
  public record Limit(long perMinute, long burst, long atStart) {}

  private static final Logger LOG = Logger.getLogger(RequestLimits.class);

  private final Function<String, Limit> limits;
  private final Buckets where;
  private final Pauses pauses;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private volatile String unreachable;

  /** The limits of one process alone. */
  public RequestLimits(Function<String, Limit> limits, Clock clock) {
    this(limits, Buckets.inMemory(() -> clock.millis() * 1_000_000), new OwnPauses(clock));
  }

  public RequestLimits(Function<String, Limit> limits, Buckets where, Pauses pauses) {
    this.limits = limits;
    this.where = where;
    this.pauses = pauses;
  }

  /**
   * Takes up to {@code most} permissions.
   *
   * @return how many there were; none where the buckets cannot be reached
   */
  public int take(String account, String name, int most) {
    if (most <= 0) {
      return 0;
    }
    Limit limit = limits.apply(name);
    try {
      if (pausedUntil(account, name).isPresent()) {
        return 0;
      }
      if (limit.perMinute() == 0) {
        return most;
      }
      int granted = (int) bucket(account, name, limit).tryConsumeAsMuchAsPossible(most);
      unreachable = null;
      return granted;
    } catch (RuntimeException failure) {
      LOG.debugf("limit %s of account %s grants nothing: %s", name, account, failure);
      unreachable = failure.toString();
      return 0;
    }
  }

  /** Gives back permissions that were not used. */
  public void giveBack(String account, String name, int unused) {
    Bucket bucket = buckets.get(key(account, name));
    if (bucket == null || unused <= 0) {
      return;
    }
    try {
      bucket.addTokens(unused);
    } catch (RuntimeException failure) {
      // Then they count as used.
      LOG.debugf("limit %s of account %s got nothing back: %s", name, account, failure);
    }
  }

  /** The operator said that it is too much: nobody calls before then. The latest pause counts. */
  public void pause(String account, String name, Instant until) {
    pauses.pause(key(account, name), until, "the operator said that it is too much");
  }

  /** Until when nobody calls; empty where the limit is open. */
  public Optional<Instant> pausedUntil(String account, String name) {
    return pauses.find(key(account, name)).map(Pauses.Pause::until);
  }

  /** Why the shared limits could not be asked the last time; empty where they could. */
  public Optional<String> unreachable() {
    return Optional.ofNullable(unreachable);
  }

  private static String key(String account, String name) {
    return "limit " + name + " of " + account;
  }

  private Bucket bucket(String account, String name, Limit limit) {
    return buckets.computeIfAbsent(
        key(account, name),
        // Where a site changes the limit, the new one begins as if nothing were known.
        key -> where.of(key + ", " + limit.perMinute() + " a minute", configuration(limit)));
  }

  /**
   * Whatever a site sets: burst and refill stay within the limit, and so does the start. A large
   * limit leaves a little of it unused, since requests arrive later than they are granted, some
   * more than others.
   */
  static BucketConfiguration configuration(Limit limit) {
    long least = Math.max(1, Math.min(limit.burst(), limit.perMinute() / 2));
    long burst = Math.max(least, limit.perMinute() * 3 / 200);
    long refill = limit.perMinute() - Math.max(burst, limit.perMinute() / 50);
    return BucketConfiguration.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(Math.max(1, refill), Duration.ofMinutes(1))
                .initialTokens(Math.min(limit.atStart(), burst))
                .build())
        .build();
  }
}
