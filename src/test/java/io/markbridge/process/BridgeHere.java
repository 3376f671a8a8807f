package io.markbridge.process;

import java.time.Duration;
import org.awaitility.Awaitility;

/** The bridge of this JVM that talks to the {@link StandInOperator}. */
final class BridgeHere {
  private BridgeHere() {}

  /** Its folders. */
  static FileDrop files() {
    return new FileDrop(
        StandInOperator.folder(),
        (what, patience, condition) ->
            Awaitility.await(what)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofMinutes(2))
                .until(condition::getAsBoolean));
  }
}
