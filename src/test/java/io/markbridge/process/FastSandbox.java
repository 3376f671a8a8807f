package io.markbridge.process;

import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxOptions;

/** Sandboxes that lose no time: no limit, short delays. */
final class FastSandbox {
  private FastSandbox() {}

  static SandboxOptions options() {
    return SandboxOptions.defaults()
        .with("limit", "0")
        .with("order-delay", "20ms")
        .with("utilisation-delay", "20ms")
        .with("document-visible-after", "0ms")
        .with("document-delay", "20ms");
  }

  static Sandbox start() {
    return Sandbox.start(options());
  }

  /**
   * Takes reports of codes that no order issued; and gives a first pack again, since otherwise its
   * codes cannot be had where a kill meets its answer.
   */
  static Sandbox startForAnyCodes() {
    return Sandbox.start(
        options().with("unknown-codes", "accept").with("codes-without-pack", "first"));
  }
}
