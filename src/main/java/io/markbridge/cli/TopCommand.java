package io.markbridge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code markbridge}: without a command it means {@code run}. */
@Command(
    name = "markbridge",
    mixinStandardHelpOptions = true,
    description =
        "Takes legacy SUZ / IZKM documents, gets each accepted by OPEN API once, answers in the legacy shape.",
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      SandboxCommand.class,
      OrdersCommand.class,
      DocumentsCommand.class,
      DocumentCommand.class,
      ListCommand.class,
      ShowCommand.class,
      StatusCommand.class
    })
public final class TopCommand implements Callable<Integer> {
  /** The process is stopped by somebody else: it must not exit by itself. */
  public static final int KEEPS_RUNNING = -1;

  public static CommandLine commandLine() {
    return new CommandLine(new TopCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() {
    return new RunCommand().call();
  }
}
