package io.markbridge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code memory}: what earlier orders told, which new reports must say again. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description =
        "Release type, country and business place of earlier orders, which new reports must say again.",
    subcommands = {MemoryImportCommand.class, MemoryListCommand.class})
public final class MemoryCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what: memory import FILE, or memory list");
  }
}
