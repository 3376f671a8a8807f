package io.markbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.journal.JournalException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command says: results on standard output, everything else on standard error. Colours on a
 * terminal only.
 */
public final class Console {
  /** Exit status: done. */
  public static final int DONE = 0;

  /** Exit status: not done; standard error tells why. */
  public static final int FAILED = 1;

  /** Exit status: the command was given wrongly. */
  public static final int USED_WRONGLY = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter output;
  private final PrintWriter errors;
  private final Ansi ansi;

  private Console(PrintWriter output, PrintWriter errors, Ansi ansi) {
    this.output = output;
    this.errors = errors;
    this.ansi = ansi;
  }

  /** The console of a command. */
  static Console of(CommandSpec command) {
    return new Console(
        command.commandLine().getOut(),
        command.commandLine().getErr(),
        command.commandLine().getColorScheme().ansi());
  }

  /** The work of a command; gives the exit status. */
  @FunctionalInterface
  public interface Work {
    int run(Console console);
  }

  /** Runs a command's work; what it cannot do is told in one line, without a stack trace. */
  public static int run(CommandSpec command, Work work) {
    Console console = of(command);
    try {
      return work.run(console);
    } catch (CommandFailedException | JournalException | UncheckedIOException failure) {
      console.warn(Causes.told(failure));
      return FAILED;
    } finally {
      console.flush();
    }
  }

  void flush() {
    output.flush();
    errors.flush();
  }

  public void say(String line) {
    output.println(line);
  }

  /** For standard error. */
  public void warn(String line) {
    errors.println(Printable.line(line));
  }

  public void table(Table table) {
    table.lines(this).forEach(output::println);
  }

  /** One JSON value for machines. */
  public void json(JsonNode value) {
    try {
      output.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("writing a JSON tree", failure);
    }
  }

  /** A text in a tone, on a terminal. */
  public String toned(Tone tone, String text) {
    if (tone == Tone.PLAIN || !ansi.enabled()) {
      return text;
    }
    return tone.on() + text + tone.off();
  }
}
