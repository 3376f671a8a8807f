package io.markbridge.health;

import io.markbridge.step.Troubles.Trouble;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Times and troubles in the data of a check. */
final class Told {
  private Told() {}

  static String time(Optional<Instant> time) {
    return time.map(one -> one.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never");
  }

  static void trouble(HealthCheckResponseBuilder told, Trouble trouble) {
    told.withData("trouble", trouble.reason())
        .withData("trouble since", time(Optional.of(trouble.since())))
        .withData("times met", trouble.times());
  }
}
