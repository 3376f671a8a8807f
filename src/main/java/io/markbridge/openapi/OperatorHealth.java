package io.markbridge.openapi;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether the operator's host answers: a circuit breaker, so that an outage costs one probe now and
 * then and not every request that waits (design decision 6); and when it was last seen to work, so
 * that no outage counts towards giving up.
 */
public final class OperatorHealth {
  /** So many failures one after the other, with no answer between them, are an outage. */
  private static final int CONSECUTIVE = 5;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** How many requests may leave now. */
  public enum Room {
    NONE,
    /** One, to see whether the operator answers again. */
    PROBE,
    ALL
  }

  /** Told when an outage begins and when it is over. */
  public interface Listener {
    void outage();

    /**
     * @param lasted since it was noticed
     */
    void over(Duration lasted);
  }

  private final Clock clock;
  private final CircuitBreaker breaker;
  private volatile Instant probeAt = Instant.MIN;
  private volatile boolean probeOut;
  private volatile Instant outageSince = Instant.MIN;
  private volatile Instant answeredAt;
  private volatile long workedAt;

  /**
   * @param host for messages
   */
  public OperatorHealth(String host, Clock clock, Listener listener) {
    this.clock = clock;
    IntervalFunction doubled = IntervalFunction.ofExponentialBackoff(FIRST_WAIT, 2, LONGEST_WAIT);
    this.breaker =
        CircuitBreaker.of(
            host,
            CircuitBreakerConfig.custom()
                .clock(clock)
                .currentTimestampFunction(now -> now.millis() * 1_000_000, TimeUnit.NANOSECONDS)
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(CONSECUTIVE)
                .minimumNumberOfCalls(CONSECUTIVE)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(
                    opened -> {
                      // Asked once each time it opens: the breaker itself does not tell.
                      long wait = doubled.apply(opened);
                      probeAt = clock.instant().plusMillis(wait);
                      return wait;
                    })
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> {
              // Between one probe and the next nothing is new.
              if (event.getStateTransition() == CircuitBreaker.StateTransition.CLOSED_TO_OPEN) {
                outageSince = clock.instant();
                listener.outage();
              }
              if (event.getStateTransition()
                  == CircuitBreaker.StateTransition.HALF_OPEN_TO_CLOSED) {
                listener.over(Duration.between(outageSince, clock.instant()));
              }
            });
  }

  /** How many may be claimed now; the permission itself is asked for when a request leaves. */
  public Room room() {
    return switch (breaker.getState()) {
      case CLOSED, DISABLED, METRICS_ONLY -> Room.ALL;
      case OPEN, FORCED_OPEN, HALF_OPEN ->
          probeOut || clock.instant().isBefore(probeAt) ? Room.NONE : Room.PROBE;
    };
  }

  /** A probe is claimed: the next one not before this one had time to leave. */
  public void probing() {
    probeAt = clock.instant().plus(FIRST_WAIT);
  }

  /** Asks whether a request may leave. Where it may, {@link #told} follows for certain. */
  public boolean mayLeave() {
    if (!breaker.tryAcquirePermission()) {
      return false;
    }
    probeOut = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    return true;
  }

  /** How long a request waits that may not leave. */
  public Duration untilProbe() {
    Duration wait = Duration.between(clock.instant(), probeAt);
    return wait.compareTo(FIRST_WAIT) < 0 ? FIRST_WAIT : wait;
  }

  /** What came back for a request that was allowed to leave. */
  public void told(OperatorAnswer answer, Optional<Consequence> follows) {
    probeOut = false;
    if (answer.status() > 0) {
      answeredAt = clock.instant();
    }
    if (FailureRules.showsThatItWorks(answer)) {
      workedAt = Math.max(workedAt, clock.millis());
    }
    if (follows.filter(Consequence::tellsOutage).isPresent()) {
      breaker.onError(0, TimeUnit.NANOSECONDS, new OutageException());
    } else if (answer.status() == 0) {
      // Nothing left, so nothing is known.
      breaker.releasePermission();
    } else {
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }
  }

  /** Milliseconds: when the operator last gave an answer that only a working one gives; or 0. */
  public long workedAt() {
    return workedAt;
  }

  /** Since when the operator does not answer; empty where it does, as far as anyone knows. */
  public Optional<Instant> outageSince() {
    return breaker.getState() == CircuitBreaker.State.CLOSED
        ? Optional.empty()
        : Optional.of(outageSince);
  }

  /** When any answer last came, whatever it said; empty where none has come yet. */
  public Optional<Instant> answeredAt() {
    return Optional.ofNullable(answeredAt);
  }

  /** The breaker counts exceptions; nobody throws this one. */
  private static final class OutageException extends Exception {
    private static final long serialVersionUID = 1L;

    private OutageException() {
      super("no answer", null, false, false);
    }
  }
}
