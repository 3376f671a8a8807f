package io.markbridge.openapi;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.markbridge.operator.OperatorPreset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The operator's limits, one bucket for each account and kind of call, shared by all sources and
 * all replicas (design decision 6). Burst and refill together stay within the limit of any sliding
 * minute.
 */
public final class RequestLimits {
  /**
   * @param calls of a period; 0 for no limit
   * @param burst how many may go at once; more where the limit is large
   * @param atStart how many may go at once at the very first, when nobody knows what was sent
   *     before
   * @param told whether the operator tells with its answers how much is left
   * @param firm whether it holds also where the operator tells another one
   */
  public record Limit(
      long calls, Duration period, long burst, long atStart, boolean told, boolean firm) {
    private static final Map<String, Duration> PERIODS =
        Map.of(
            "per-second", Duration.ofSeconds(1),
            "per-minute", Duration.ofMinutes(1),
            "per-hour", Duration.ofHours(1));

    /** A limit of calls a minute, of which the operator tells nothing. */
    public Limit(long perMinute, long burst, long atStart) {
      this(perMinute, Duration.ofMinutes(1), burst, atStart, false, true);
    }

    /**
     * The limit of a preset.
     *
     * @param own what the site says instead, in calls of the same period
     */
    public static Limit of(OperatorPreset preset, String name, OptionalLong own) {
      String path = "limits/" + name + "/";
      String period =
          PERIODS.keySet().stream()
              .filter(one -> preset.text(path + one).isPresent())
              .findFirst()
              .orElse("per-minute");
      return new Limit(
          own.orElse(preset.number(path + period, 60)),
          PERIODS.get(period),
          preset.number(path + "burst", 5),
          preset.number(path + "at-start", 0),
          preset.text("hints/remaining").isPresent(),
          own.isPresent());
    }
  }

  /** What this process has used of one limit since its start. */
  public record Used(long requests, long pauses) {}

  private static final class Count {
    private final LongAdder requests = new LongAdder();
    private final LongAdder pauses = new LongAdder();
  }

  private static final Logger LOG = Logger.getLogger(RequestLimits.class);

  private final Function<String, Limit> limits;
  private final Buckets where;
  private final Pauses pauses;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final Map<String, Count> counts = new ConcurrentHashMap<>();
  private volatile String unreachable;
  private final Map<String, ToldLimit> told = new ConcurrentHashMap<>();

  /** The limits of one process alone. */
  public RequestLimits(Function<String, Limit> limits, Clock clock) {
    this(limits, Buckets.inMemory(() -> clock.millis() * 1_000_000), new OwnPauses(clock), clock);
  }

  public RequestLimits(Function<String, Limit> limits, Buckets where, Pauses pauses) {
    this(limits, where, pauses, Clock.systemUTC());
  }

  public RequestLimits(Function<String, Limit> limits, Buckets where, Pauses pauses, Clock clock) {
    this.limits = limits;
    this.where = where;
    this.pauses = pauses;
    this.clock = clock;
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
      int granted =
          limit.told() ? takeTold(account, name, limit, most) : take(account, name, limit, most);
      if (limit.calls() != 0) {
        unreachable = null;
      }
      count(account, name).requests.add(granted);
      return granted;
    } catch (RuntimeException failure) {
      LOG.debugf("limit %s of account %s grants nothing: %s", name, account, failure);
      unreachable = failure.toString();
      return 0;
    }
  }

  private int take(String account, String name, Limit limit, int most) {
    return limit.calls() == 0
        ? most
        : (int) bucket(account, name, limit).tryConsumeAsMuchAsPossible(most);
  }

  /**
   * What the operator tells counts instead of what its preset says, but not of what a site says.
   */
  private int takeTold(String account, String name, Limit limit, int most) {
    ToldLimit operators = told.computeIfAbsent(key(account, name), key -> new ToldLimit());
    boolean enough = operators.known() && !limit.firm();
    int granted = operators.take(most, clock.instant());
    int own = enough || granted == 0 ? granted : take(account, name, limit, granted);
    operators.giveBack(granted - own);
    return own;
  }

  /** A request of this limit came back, one way or the other. */
  public void answered(String account, String name, Optional<LimitHint> hint) {
    ToldLimit operators = told.get(key(account, name));
    if (operators != null) {
      operators.answered();
      hint.ifPresent(one -> operators.told(one, clock.instant()));
    }
  }

  /** Gives back permissions that were not used. */
  public void giveBack(String account, String name, int unused) {
    count(account, name).requests.add(-Math.max(0, unused));
    ToldLimit operators = told.get(key(account, name));
    if (operators != null) {
      operators.giveBack(unused);
    }
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
    count(account, name).pauses.increment();
    pauses.pause(key(account, name), until, "the operator said that it is too much");
  }

  /** Until when nobody calls; empty where the limit is open. */
  public Optional<Instant> pausedUntil(String account, String name) {
    return pauses.find(key(account, name)).map(Pauses.Pause::until);
  }

  /** The same as this process last saw it, without asking: for probes and scrapes. */
  public Optional<Instant> knownPausedUntil(String account, String name) {
    return pauses.known(key(account, name)).map(Pauses.Pause::until);
  }

  /** When this process last saw which limits are closed; empty where it has not yet. */
  public Optional<Instant> pausesKnownAt() {
    return pauses.knownAt();
  }

  /** Sees which limits are closed. */
  public void look() {
    pauses.look();
  }

  /** Requests a minute that a limit allows; 0 for no limit. */
  public double perMinute(String name) {
    Limit limit = limits.apply(name);
    return limit.calls() * 60_000.0 / limit.period().toMillis();
  }

  /** What this process has used of a limit, without what was given back. */
  public Used used(String account, String name) {
    Count count = count(account, name);
    return new Used(count.requests.sum(), count.pauses.sum());
  }

  private Count count(String account, String name) {
    return counts.computeIfAbsent(key(account, name), key -> new Count());
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
        key -> where.of(key + ", " + limit.calls() + a(limit.period()), configuration(limit)));
  }

  private static String a(Duration period) {
    return period.equals(Duration.ofMinutes(1)) ? " a minute" : " in " + period.toSeconds() + " s";
  }

  /**
   * Whatever a site sets: burst and refill stay within the limit, and so does the start. A large
   * limit leaves a little of it unused, since requests arrive later than they are granted, some
   * more than others.
   */
  static BucketConfiguration configuration(Limit limit) {
    long least = Math.max(1, Math.min(limit.burst(), limit.calls() / 2));
    long burst = Math.max(least, limit.calls() * 3 / 200);
    long refill = limit.calls() - Math.max(burst, limit.calls() / 50);
    return BucketConfiguration.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(Math.max(1, refill), limit.period())
                .initialTokens(Math.min(limit.atStart(), burst))
                .build())
        .build();
  }
}
