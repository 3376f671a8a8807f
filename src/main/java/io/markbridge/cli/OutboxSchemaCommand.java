package io.markbridge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outbox-schema}: a ready table for the legacy system, as SQL. */
@Command(
    name = "outbox-schema",
    mixinStandardHelpOptions = true,
    description =
        "Prints the tables of an outbox as SQL, with grants for a user who may do no more than the bridge needs.")
public final class OutboxSchemaCommand implements Callable<Integer> {
  static final List<String> DATABASES =
      List.of("postgresql", "mariadb", "mysql", "sqlite", "mssql", "oracle");

  private final Workplace workplace;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DATABASE",
      description = "postgresql, mariadb, mysql, sqlite, mssql or oracle (the last two never run).")
  private String database;

  public OutboxSchemaCommand() {
    this(Workplace.here());
  }

  OutboxSchemaCommand(Workplace workplace) {
    this.workplace = workplace;
  }

  @Override
  public Integer call() {
    return Console.run(spec, this::tell);
  }

  private int tell(Console console) {
    if (!DATABASES.contains(database)) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "no such database; there are " + String.join(", ", DATABASES));
    }
    String folder = database.equals("mysql") ? "mariadb" : database;
    try (InputStream schema = workplace.files().open("config/sql/" + folder + "/schema.sql")) {
      console.say(new String(schema.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return Console.DONE;
  }
}
