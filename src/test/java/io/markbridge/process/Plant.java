package io.markbridge.process;

import io.markbridge.Patience;
import io.markbridge.sandbox.Sandbox;
import java.nio.file.Path;

/** What a test sees of a plant. */
record Plant(Path folder, Sandbox sandbox) {
  FileDrop files() {
    return files(() -> {});
  }

  /**
   * Where time passes that nobody wants to wait for.
   *
   * @param meanwhile done now and then, as long as something is waited for
   */
  FileDrop files(Runnable meanwhile) {
    return new FileDrop(
        folder,
        (what, patience, condition) ->
            Patience.await(what)
                .atMost(patience)
                .until(
                    () -> {
                      meanwhile.run();
                      return condition.getAsBoolean();
                    }));
  }
}
