package io.markbridge;

import org.junit.jupiter.api.Assumptions;

/** What tests need of the machine beside Java and Maven. */
public final class OnThisMachine {
  private OnThisMachine() {}

  /**
   * Without it a test is skipped; on the integration server, where {@code .ci/run} has brought it,
   * the test fails.
   */
  public static void needed(boolean there, String what) {
    if (!there && System.getenv("CI") != null) {
      throw new AssertionError(what + " is needed, and .ci/run has not brought it");
    }
    Assumptions.assumeTrue(there, what + " is not on this machine");
  }
}
