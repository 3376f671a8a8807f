package io.markbridge.process;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged program, started with the flags and the cache of classes of its launcher: tests
 * start it hundreds of times, each in a third of the processor time that {@code java -jar} takes.
 * The cache is made once for each build.
 */
final class PackagedProgram {
  private static final Path PROGRAM = Path.of("target", "quarkus-app").toAbsolutePath();
  private static final Path CACHE = Path.of("target", "tests.jsa").toAbsolutePath();

  private static final Path DEMO = CACHE.resolveSibling("demo.txt");

  /** Of packaging/bin/markbridge: what limits memory and shortens starts. */
  private static final List<String> FLAGS =
      List.of(
          "-Xmx64m",
          "-XX:+UseSerialGC",
          "-XX:NewRatio=4",
          "-XX:MetaspaceSize=96m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:MaxDirectMemorySize=64m",
          "-Dfile.encoding=UTF-8",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED",
          "-Dio.netty.noUnsafe=true",
          "-Dorg.sqlite.lib.path="
              + PROGRAM
                  .resolve("lib/sqlite")
                  .resolve(System.getProperty("os.name"))
                  .resolve(arch()));

  private static List<String> start;

  private PackagedProgram() {}

  /**
   * How to start it.
   *
   * @param flags of the JVM; they come after those of the launcher
   * @param arguments of the program
   */
  static ProcessBuilder process(List<String> flags, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(start());
    command.addAll(flags);
    command.add("io.markbridge.Markbridge");
    command.addAll(arguments);
    return withoutSettings(command);
  }

  /** What the demo told on its standard output when it was run for the cache. */
  static Path demo() throws IOException {
    start();
    return DEMO;
  }

  /** Settings of whoever runs the tests must not reach the program. */
  private static ProcessBuilder withoutSettings(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("(?i)(MARKBRIDGE|QUARKUS)_.*"));
    return builder;
  }

  /** As uname says it; where there is no such folder, the library is unpacked. */
  private static String arch() {
    String arch = System.getProperty("os.arch");
    return arch.equals("amd64") ? "x86_64" : arch;
  }

  private static synchronized List<String> start() throws IOException {
    if (start == null) {
      List<Path> jars = jars();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(FLAGS);
      command.add("-cp");
      command.add(String.join(File.pathSeparator, jars.stream().map(Path::toString).toList()));
      makeCache(command, jars);
      if (Files.exists(CACHE)) {
        // A JVM that cannot use it starts without, and says so only to who asks.
        command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
        command.add("-XX:SharedArchiveFile=" + CACHE);
        command.addAll(
            List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0"));
      }
      start = command;
    }
    return start;
  }

  /** In the order of the launcher. */
  private static List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String folder : List.of("quarkus", "app", "lib/boot", "lib/main")) {
      try (Stream<Path> files = Files.list(PROGRAM.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      }
    }
    return jars;
  }

  /** Other JVMs with tests wait for the one that makes it. */
  private static void makeCache(List<String> command, List<Path> jars) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                CACHE.resolveSibling("tests.jsa.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !isNewerThan(jars)) {
        Path training = Files.createTempDirectory(CACHE.getParent(), "training");
        Path made = training.resolve("made.jsa");
        List<String> demo = new ArrayList<>(command);
        demo.addAll(
            List.of(
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Xmx256m",
                "-XX:ArchiveClassesAtExit=" + made,
                "io.markbridge.Markbridge",
                "demo"));
        ProcessBuilder builder = withoutSettings(demo).directory(training.toFile());
        // With HTTP, as `run` has it: what the demo does not load is not in the cache.
        builder.environment().put("QUARKUS_HTTP_HOST_ENABLED", "true");
        builder.environment().put("MARKBRIDGE_HTTP_PORT", "0");
        Path told = training.resolve("demo.log");
        Process process =
            builder.redirectError(told.toFile()).redirectOutput(DEMO.toFile()).start();
        if (process.waitFor(4, TimeUnit.MINUTES) && Files.exists(made)) {
          Files.move(made, CACHE, StandardCopyOption.REPLACE_EXISTING);
        } else {
          process.destroyForcibly();
          System.out.println("no cache of classes, starts are slower: " + Files.readString(told));
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private static boolean isNewerThan(List<Path> jars) {
    return Files.exists(CACHE)
        && Files.exists(DEMO)
        && jars.stream()
            .allMatch(jar -> jar.toFile().lastModified() <= CACHE.toFile().lastModified());
  }
}
