package io.markbridge.health;

import io.markbridge.step.Troubles.Trouble;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Times and troubles in the data of a check. */
final class Told {
  private Told() {}

  static String time(Optional<Instant> time) {
    return time.map(one -> one.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never");
  }

  /** The first of them, and that there are others. */
  static void troubles(HealthCheckResponseBuilder told, List<Trouble> troubles) {
    troubles.stream().findFirst().ifPresent(one -> trouble(told, one));
    if (troubles.size() > 1) {
      told.withData(
          "further troubles",
          troubles.stream()
              .skip(1)
              .map(one -> one.subject() + ": " + one.reason())
              .collect(Collectors.joining("; ")));
    }
  }

  static void trouble(HealthCheckResponseBuilder told, Trouble trouble) {
    told.withData("trouble", trouble.reason())
        .withData("trouble since", time(Optional.of(trouble.since())))
        .withData("times met", trouble.times());
  }
}
