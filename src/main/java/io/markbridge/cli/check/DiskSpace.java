package io.markbridge.cli.check;

import java.nio.file.Path;

/** Tells the bytes that can still be written below a folder. */
@FunctionalInterface
public interface DiskSpace {
  long usable(Path folder);

  /** Of this machine. */
  static DiskSpace real() {
    return folder -> folder.toFile().getUsableSpace();
  }
}
