package io.markbridge.step;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that a bridge needs while it plans a large document; a killed process leaves its own. */
final class TemporaryFiles {
  /** Nothing is planned for so long. */
  private static final Duration OLD = Duration.ofDays(1);

  private TemporaryFiles() {}

  /** Removes what is so old that nobody can be at it any more. */
  static void removeOld(Path folder, Instant now) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    FileTime before = FileTime.from(now.minus(OLD));
    List<Path> old = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.getLastModifiedTime(entry).compareTo(before) < 0) {
          old.add(entry);
        }
      }
    }
    for (Path entry : old) {
      try (Stream<Path> below = Files.walk(entry)) {
        for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
