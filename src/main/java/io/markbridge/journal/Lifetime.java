package io.markbridge.journal;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long something surely lasts that was granted by the database, as this process can tell by
 * itself. It ends by both clocks: the one that never jumps may stand still while a machine is
 * suspended.
 */
final class Lifetime {
  private final LongSupplier nanos;
  private final Clock clock;
  private volatile Moment end;

  /** One moment by both clocks. */
  record Moment(long nanos, long millis) {
    private Moment plus(Duration more) {
      return new Moment(nanos + more.toNanos(), millis + more.toMillis());
    }
  }

  /**
   * @param began when it was asked for: the database counts from later on
   */
  Lifetime(LongSupplier nanos, Clock clock, Moment began, Duration lasts) {
    this.nanos = nanos;
    this.clock = clock;
    this.end = began.plus(lasts);
  }

  void renew(Moment began, Duration lasts) {
    end = began.plus(lasts);
  }

  boolean lasts(Duration atLeast) {
    Moment ends = end;
    return ends.nanos() - nanos.getAsLong() > atLeast.toNanos()
        && ends.millis() - clock.millis() > atLeast.toMillis();
  }
}
