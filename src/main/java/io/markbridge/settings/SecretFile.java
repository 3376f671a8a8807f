package io.markbridge.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one secret, such as a mounted Kubernetes secret. */
final class SecretFile {
  private SecretFile() {}

  static String read(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading the secret file " + file, unreadable);
    }
  }
}
