package io.markbridge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code run}: the bridge, until it is stopped. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the bridge until it is stopped (default).")
public final class RunCommand implements Callable<Integer> {

  /**
   * Whether the arguments ask for this and nothing else: reading the command line with all its
   * commands takes a service's start longer than its journal.
   */
  public static boolean isMeant(String... arguments) {
    return arguments.length == 0 || (arguments.length == 1 && arguments[0].equals("run"));
  }

  @Override
  public Integer call() {
    return RunningBridge.run();
  }
}
