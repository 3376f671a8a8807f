package io.markbridge.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file that does not change meanwhile. */
public final class FilePayload implements Payload {
  private final Path file;
  private final long size;

  public FilePayload(Path file) throws IOException {
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
