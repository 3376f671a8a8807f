package io.markbridge.process;

import io.markbridge.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** What a test sees of a plant. */
record Plant(Path folder, Sandbox sandbox) {
  FileDrop files() {
    return new FileDrop(
        folder,
        (what, patience, condition) ->
            Awaitility.await(what)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .atMost(patience)
                .until(condition::getAsBoolean));
  }
}
