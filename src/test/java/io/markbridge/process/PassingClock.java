package io.markbridge.process;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time of the bridge in this JVM and of the sandbox of its plant: the machine's, but that a
 * test lets hours pass at once. What has to wait long does so, and no test does.
 */
@Alternative
@Priority(1)
@Singleton
class PassingClock extends Clock {
  private static final AtomicReference<Duration> PASSED = new AtomicReference<>(Duration.ZERO);

  static void pass(Duration time) {
    PASSED.updateAndGet(time::plus);
  }

  /** For the next bridge. */
  static void asTheMachine() {
    PASSED.set(Duration.ZERO);
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(PASSED.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
