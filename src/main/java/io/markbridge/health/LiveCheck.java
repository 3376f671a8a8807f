package io.markbridge.health;

import io.markbridge.step.Replica;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Whether the process still does something by itself: a timer of its own ticks once a second. Only
 * what a restart heals: neither the operator nor the disk nor the database counts here, however
 * long it hangs.
 */
@Liveness
@ApplicationScoped
public class LiveCheck implements HealthCheck {
  /** A machine that swaps, or was stopped for a while, comes back by itself. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Replica replica;
  private final Clock clock;

  @Inject
  public LiveCheck(Replica replica, Clock clock) {
    this.replica = replica;
    this.clock = clock;
  }

  @Override
  public HealthCheckResponse call() {
    Instant ticked = replica.tickedAt();
    return HealthCheckResponse.named("heartbeat")
        .status(ticked.plus(PATIENCE).isAfter(clock.instant()))
        .withData("ticked", ticked.toString())
        .build();
  }
}
