package io.markbridge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses the routes, once: an external folder wins as a whole (design decision 13). */
final class RoutesFolder {
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
   * All routes.
   *
   * @throws IOException when the external folder has none
   */
  static void chooseAll() throws IOException {
    choose("*.yaml", NAMES);
  }

  /**
   * The one file that a command needs.
   *
   * @throws IOException when the external folder has no routes
   */
  static void chooseOnly(String file) throws IOException {
    choose(file, List.of(file));
  }

  private static void choose(String file, List<String> packaged) throws IOException {
    Path external = Path.of("routes");
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
    System.setProperty(PATTERN, "file:routes/" + file);
  }
}
