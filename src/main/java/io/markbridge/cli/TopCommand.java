package io.markbridge.cli;

import io.markbridge.cli.check.CheckCommand;
import io.markbridge.mapping.ConfiguredDefaults;
import io.markbridge.settings.Settings;
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
    Workplace workplace = Workplace.here();
    Settings settings = workplace.settings();
    return new ConvertSite(
        workplace.files(),
        settings.operator(),
        new ConfiguredDefaults(settings),
        name -> settings.account(name).tin(),
        settings.language().getLanguage());
  }

  @Override
  public Integer call() {
    return new RunCommand().call();
  }
}
