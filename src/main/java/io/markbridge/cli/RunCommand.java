package io.markbridge.cli;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;

/** {@code run}: the bridge, until it is stopped. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the bridge until it is stopped (default).")
public final class RunCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    AtomicInteger status = new AtomicInteger();
    try {
      JournalFile.prepare();
    } catch (java.io.IOException failure) {
      System.err.println(failure.getMessage());
      return 1;
    }
    Quarkus.run(BridgeApplication.class, (code, failure) -> status.set(failure == null ? code : 1));
    return status.get();
  }
}
