package io.markbridge.process;

import io.markbridge.Patience;

/** The bridge of this JVM that talks to the {@link StandInOperator}. */
final class BridgeHere {
  private BridgeHere() {}

  /** Its folders. */
  static FileDrop files() {
    return new FileDrop(
        StandInOperator.folder(),
        (what, patience, condition) ->
            Patience.await(what).atMost(patience).until(condition::getAsBoolean));
  }
}
