package io.markbridge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Chooses the routes, once: an external folder wins as a whole (design decision 13). */
final class RoutesFolder {
  private static final String PATTERN = "camel.main.routes-include-pattern";
  private static final String PACKAGED = "classpath:routes/";

  private RoutesFolder() {}

  /**
   * @param file {@code *.yaml}, or the one file that a command needs
   * @throws IOException when the external folder has no routes
   */
  static void choose(String file) throws IOException {
    Path external = Path.of("routes");
    if (!Files.isDirectory(external)) {
      System.setProperty(PATTERN, PACKAGED + file);
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
