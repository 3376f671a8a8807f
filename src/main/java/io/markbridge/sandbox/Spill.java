package io.markbridge.sandbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes on their way in or out: in memory while they are few, in a temporary file beyond that, so
 * that a document of any size costs little heap. Closing deletes the file.
 */
final class Spill extends OutputStream {
  private static final int IN_MEMORY = 256 * 1024;

  private final Path folder;
  private ByteArrayOutputStream memory = new ByteArrayOutputStream(512);
  private OutputStream fileOutput;
  private Path file;
  private long size;

  Spill(Path folder) {
    this.folder = folder;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (fileOutput == null && size + length > IN_MEMORY) {
      file = Files.createTempFile(folder, "body-", ".tmp");
      fileOutput = Files.newOutputStream(file);
      memory.writeTo(fileOutput);
      memory = null;
    }
    if (fileOutput == null) {
      memory.write(bytes, offset, length);
    } else {
      fileOutput.write(bytes, offset, length);
    }
    size += length;
  }

  long size() {
    return size;
  }

  /** No more bytes come. */
  void finish() throws IOException {
    if (fileOutput != null) {
      fileOutput.close();
    }
  }

  InputStream open() throws IOException {
    if (file == null) {
      return new ByteArrayInputStream(memory.toByteArray());
    }
    return new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
  }

  /** The file, or null while all is in memory. */
  Path file() {
    return file;
  }

  /** The bytes, only for what is known to be small. */
  byte[] bytes() throws IOException {
    try (InputStream input = open()) {
      return input.readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    finish();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
