package io.markbridge.process;

import io.markbridge.step.StartBridge;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.awaitility.Awaitility;

/** Starts the routes in this JVM, where no main method did: once, whichever test comes first. */
final class BridgeHere {
  private BridgeHere() {}

  static void start() throws IOException {
    if (CDI.current().select(CamelContext.class).get().isStarted()) {
      return;
    }
    CDI.current().select(StartBridge.class).get().resume();
    CDI.current().select(CamelRuntime.class).get().start();
  }

  /** The folders of the running bridge. */
  static FileDrop files() {
    return new FileDrop(
        StandInOperator.folder(),
        (what, patience, condition) ->
            Awaitility.await(what)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(20))
                .until(condition::getAsBoolean));
  }
}
