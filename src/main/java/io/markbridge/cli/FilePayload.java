package io.markbridge.cli;

import io.markbridge.document.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A payload in a file. */
final class FilePayload implements Payload {
  private final Path file;
  private final long size;

  FilePayload(Path file) throws IOException {
    this.file = file;
    this.size = Files.size(file);
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public long size() {
    return size;
  }
}
