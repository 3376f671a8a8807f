package io.markbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code version}: of the program, of Java, and which operators it knows. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Tells the version of the program and of Java, and the operator presets.")
public final class VersionCommand implements Callable<Integer> {
  /** The presets in the package; a package cannot be listed. */
  static final List<String> PACKAGED_OPERATORS = List.of("kz", "market", "uz");

  private final Workplace workplace;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "For machines: a JSON object.")
  private boolean json;

  public VersionCommand() {
    this(Workplace.here());
  }

  public VersionCommand(Workplace workplace) {
    this.workplace = workplace;
  }

  @Override
  public Integer call() {
    return Console.run(spec, this::tell);
  }

  private int tell(Console console) {
    String java =
        System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")";
    Set<String> operators = operators();
    if (json) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("version", ProgramVersion.get()).put("java", System.getProperty("java.version"));
      ArrayNode names = node.putArray("operators");
      operators.forEach(names::add);
      console.json(node);
      return Console.DONE;
    }
    console.say("markbridge " + ProgramVersion.get());
    console.say("Java " + java);
    console.say("operators: " + String.join(", ", operators));
    return Console.DONE;
  }

  private Set<String> operators() {
    Set<String> operators = new TreeSet<>(PACKAGED_OPERATORS);
    Path folder = workplace.workingDirectory().resolve("config/operators");
    if (!Files.isDirectory(folder)) {
      return operators;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.yaml")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        operators.add(name.substring(0, name.length() - ".yaml".length()));
      }
    } catch (IOException failure) {
      throw new CommandFailedException("listing " + folder + ": " + Causes.told(failure), failure);
    }
    return operators;
  }
}
