package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launchers beside the packaged program, in a folder with a blank in its name. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bin/markbridge.cmd is not tried")
class LauncherIT {
  private static final Path PACKAGED = Path.of("target", "quarkus-app");

  @TempDir Path folder;
  private Path program;

  @BeforeEach
  void copy() throws IOException {
    program = folder.resolve("the program");
    try (Stream<Path> files = Files.walk(PACKAGED)) {
      for (Path file : files.sorted().toList()) {
        Path target = program.resolve(PACKAGED.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
          target.toFile().setExecutable(Files.isExecutable(file));
        }
      }
    }
  }

  @Test
  void runsCommandsAndSaysNothingElseWithCacheAndWithout() throws Exception {
    Told without = run("bin/markbridge", "version");
    assertThat(without.status).as(without.errors).isZero();
    assertThat(without.output).isNotBlank();
    assertThat(without.errors).isEmpty();

    // What the site's own bridge would do with them must not happen here.
    ProcessBuilder cache = process("bin/markbridge-cache", List.of());
    Path inbox = Files.createDirectories(folder.resolve("inbox of the site/beer"));
    Path waiting = Files.writeString(inbox.resolve("waits.json"), "{}");
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    cache.environment().put("MARKBRIDGE_FILES_INBOX", inbox.getParent().toString());
    cache.environment().put("MARKBRIDGE_OPENAPI_URL", "http://127.0.0.1:1");
    cache.environment().put("JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    Told made = run(cache);
    assertThat(made.status).as(made.errors).isZero();
    assertThat(waiting).exists();
    // Vert.x makes its folder again whoever removes it.
    assertThat(temporary).isDirectoryNotContaining(left -> !left.endsWith("vertx-cache"));
    assertThat(Files.list(program).map(Path::toString))
        .anyMatch(file -> file.endsWith("markbridge.jsa") || file.endsWith("markbridge.aot"));
    Told with = run("bin/markbridge", "version");
    assertThat(with.output).isEqualTo(without.output);
    assertThat(with.errors).isEmpty();
    assertThat(with.status).isZero();

    assertThat(run("bin/markbridge", "nonsense").status).isEqualTo(2);
  }

  @Test
  void isFoundThroughLinks() throws Exception {
    Path commands = Files.createDirectories(folder.resolve("commands/own"));
    Path whole =
        Files.createSymbolicLink(
            commands.resolve("markbridge"), program.resolve("bin/markbridge").toAbsolutePath());
    Path relative =
        Files.createSymbolicLink(folder.resolve("bridge"), Path.of("commands/own/markbridge"));
    // The folder of a link may be one itself.
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), commands);
    Files.createSymbolicLink(commands.resolve("near"), Path.of("../../the program/bin/markbridge"));
    for (Path link : List.of(whole, relative, linked.resolve("near"))) {
      Told told = run(link.toString(), "version");
      assertThat(told.errors).isEmpty();
      assertThat(told.status).isZero();
    }
  }

  @Test
  void theLogIsTheProgramsOwn() throws Exception {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        process("bin/markbridge", List.of("run"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("MARKBRIDGE_HTTP_PORT", "0");
    builder.environment().put("MARKBRIDGE_OPENAPI_URL", "http://127.0.0.1:1");
    Process bridge = builder.start();
    try {
      awaitRunning(bridge, log);
    } finally {
      bridge.destroy();
      assertThat(bridge.waitFor(5, TimeUnit.MINUTES)).isTrue();
    }
    // No other log manager's lines, which would know nothing of levels and documents.
    assertThat(Files.readString(log).lines())
        .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\d [0-9:.]{12} [A-Z]+ +\\[.*"))
        .anyMatch(line -> line.contains("INFO  [BridgeApplication] markbridge "));
  }

  /** Where temporary files must not be executed, it would not start; and a kill would leave it. */
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void unpacksNoLibrary() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    Path data = Files.createDirectories(folder.resolve("site/data"));
    ProcessBuilder builder = process("bin/markbridge", List.of("run"));
    builder.environment().put("JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    builder.environment().put("MARKBRIDGE_HTTP_PORT", "0");
    builder.environment().put("MARKBRIDGE_OPENAPI_URL", "http://127.0.0.1:1");
    Path log = folder.resolve("log");
    Process bridge = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      awaitRunning(bridge, log);
    } finally {
      bridge.destroyForcibly().waitFor();
    }
    assertThat(data.resolve("markbridge.db")).isNotEmptyFile();
    // Vert.x makes an empty folder when HTTP starts, after the journal.
    assertThat(temporary).isDirectoryNotContaining(left -> !left.endsWith("vertx-cache"));
    assertThat(FileDrop.below(temporary, "")).isEmpty();
  }

  /** Until it runs, or has failed to. */
  private static void awaitRunning(Process bridge, Path log) {
    Awaitility.await()
        .atMost(BridgeProcess.PATIENCE)
        .until(
            () ->
                !bridge.isAlive()
                    || Files.readString(log, StandardCharsets.ISO_8859_1).contains("runs: inbox"));
  }

  private record Told(int status, String output, String errors) {}

  private Told run(String script, String... arguments) throws IOException, InterruptedException {
    return run(process(script, List.of(arguments)));
  }

  private Told run(ProcessBuilder command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    Process process =
        command.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(command.command() + " does not end");
    }
    return new Told(process.exitValue(), Files.readString(output), Files.readString(errors));
  }

  private ProcessBuilder process(String script, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.resolve(script).toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(folder.resolve("site")).toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(?i)(MARKBRIDGE|QUARKUS)_.*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }
}
