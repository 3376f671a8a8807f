package io.markbridge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses the routes, once: an external folder wins as a whole (design decision 13). */
public final class RoutesFolder {
  private static final String PATTERN = "camel.main.routes-include-pattern";
  private static final String PACKAGED = "classpath:routes/";

  /** By name: a pattern makes Camel unpack the whole jar, twice, to find them. */
  static final List<String> NAMES =
      List.of(
          "call-operator.yaml",
          "collect-files.yaml",
          "collect-outbox.yaml",
          "collect-sftp.yaml",
          "find-out-doubts.yaml",
          "keep-journal.yaml",
          "measure.yaml",
          "plan-submissions.yaml",
          "replicas.yaml",
          "reply-files.yaml",
          "reply-outbox.yaml",
          "reply-sftp.yaml",
          "send-submissions.yaml",
          "track-submissions.yaml",
          "troubles.yaml",
          "watch-sftp.yaml");

  private RoutesFolder() {}

  /**
   * Looks whether a folder can replace the packaged routes: without one of them, an upgrade's new
   * one say, the bridge would run and leave something undone in silence.
   *
   * @throws IOException when a file is missing; it names all of them
   */
  public static void check(Path external) throws IOException {
    check(external, NAMES);
  }

  private static void check(Path external, List<String> needed) throws IOException {
    List<String> missing =
        needed.stream().filter(name -> Files.notExists(external.resolve(name))).toList();
    if (!missing.isEmpty()) {
      throw new IOException(
          external.toAbsolutePath()
              + " has no "
              + String.join(", ", missing)
              + ": the folder replaces the packaged routes as a whole, and each file is needed. Copy"
              + " what is missing from the routes/ of this version, or remove the folder to use the"
              + " packaged ones");
    }
  }

  /**
   * All routes.
   *
   * @param workingDirectory in which {@code routes/} may lie
   * @throws IOException when the external folder lacks some
   */
  static void chooseAll(Path workingDirectory) throws IOException {
    choose(workingDirectory, "*.yaml", NAMES);
  }

  /**
   * The one file that a command needs.
   *
   * @throws IOException when the external folder does not have it
   */
  static void chooseOnly(String file) throws IOException {
    choose(Path.of(""), file, List.of(file));
  }

  private static void choose(Path workingDirectory, String file, List<String> packaged)
      throws IOException {
    Path external = workingDirectory.resolve("routes");
    if (!Files.isDirectory(external)) {
      System.setProperty(
          PATTERN, packaged.stream().map(PACKAGED::concat).collect(Collectors.joining(",")));
      return;
    }
    try (Stream<Path> entries = Files.list(external)) {
      if (entries.noneMatch(entry -> entry.toString().endsWith(".yaml"))) {
        throw new IOException(
            "reading the routes in "
                + external.toAbsolutePath()
                + ": there are none; put the routes there, or remove the folder to use the packaged ones");
      }
    }
    check(external, packaged);
    System.setProperty(PATTERN, "file:routes/" + file);
  }
}
