package io.markbridge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code run}: the bridge, until it is stopped. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the bridge until it is stopped (default).")
public final class RunCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    return RunningBridge.run();
  }
}
