package io.markbridge.cli;

import io.markbridge.mapping.PartSink;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Bodies in files of a folder of their own, deleted with it. */
final class PartFolder implements PartSink, Closeable {
  private final Path directory;

  PartFolder(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  @Override
  public OutputStream open(int part) throws IOException {
    return Files.newOutputStream(file(part));
  }

  InputStream read(int part) throws IOException {
    return Files.newInputStream(file(part));
  }

  private Path file(int part) {
    return directory.resolve("part-" + part);
  }

  @Override
  public void close() throws IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.walk(directory)) {
      paths = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
