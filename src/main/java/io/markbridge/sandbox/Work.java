package io.markbridge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.Stream;

/** What every part of the sandbox shares: switches, clock, and a folder that dies with it. */
record Work(Switches switches, Clock clock, Path folder) {

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

  void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException exception) {
      throw new UncheckedIOException("deleting the sandbox's files failed", exception);
    }
  }
}
