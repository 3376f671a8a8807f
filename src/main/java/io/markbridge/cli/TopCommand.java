package io.markbridge.cli;

import io.markbridge.cli.check.CheckCommand;
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
      ListCommand.class,
      ShowCommand.class,
      StatusCommand.class,
      ReplayCommand.class,
      MemoryCommand.class,
      BackupCommand.class,
      CheckCommand.class,
      ConfigReferenceCommand.class,
      VersionCommand.class,
      OrdersCommand.class,
      DocumentsCommand.class,
      DocumentCommand.class,
      OutboxSchemaCommand.class
    })
public final class TopCommand implements Callable<Integer> {

  public static CommandLine commandLine() {
    return new CommandLine(new TopCommand())
        .addSubcommand(ConvertCommand.standard(TopCommand::convertSite))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static ConvertSite convertSite() {
    return ConvertSite.of(Workplace.here());
  }

  @Override
  public Integer call() {
    return new RunCommand().call();
  }
}
