package io.markbridge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.Stream;

/** What every part of the sandbox shares: switches, clock, and a folder that dies with it. */
record Work(Switches switches, Clock clock, Path folder) {
  private static final Logger LOGGER = System.getLogger(Work.class.getName());
  private static final int DELETE_ATTEMPTS = 10;

  static Work open(Switches switches, Clock clock) throws IOException {
    return new Work(switches, clock, Files.createTempDirectory("markbridge-sandbox-"));
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The file of a document's body. */
  Path bodyOf(String documentId) {
    return folder.resolve(documentId + ".json");
  }

  /** Deletes the folder; a worker at its last answer may add a file meanwhile, so tries again. */
  void delete() {
    for (int attempt = 1; Files.exists(folder); attempt++) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException exception) {
        if (attempt == DELETE_ATTEMPTS) {
          LOGGER.log(Level.WARNING, "deleting " + folder + " failed", exception);
          return;
        }
      }
    }
  }
}
