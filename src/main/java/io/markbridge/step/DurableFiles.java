package io.markbridge.step;

import io.markbridge.crash.CrashPoint;
import io.markbridge.crash.CrashSwitch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** File operations that are still true after a power cut. */
final class DurableFiles {
  private DurableFiles() {}

  /** Writes a file whole or not at all: under a temporary name, to the disk, then renamed. */
  static void write(Path target, byte[] content) throws IOException {
    prepare(target, content);
    publish(target);
  }

  /** The first half of writing: the file is whole and on the disk, under its temporary name. */
  static void prepare(Path target, byte[] content) throws IOException {
    Files.createDirectories(target.getParent());
    try (FileChannel channel =
        FileChannel.open(
            temporary(target),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    CrashSwitch.reached(CrashPoint.REPLY_NOT_RENAMED, target);
  }

  /** The second half: it gets its name. */
  static void publish(Path target) throws IOException {
    move(temporary(target), target);
    CrashSwitch.reached(CrashPoint.REPLY_RENAMED, target);
  }

  static Path temporary(Path target) {
    return target.resolveSibling(target.getFileName() + ".tmp");
  }

  /** Moves a file, also to another file system. */
  static void move(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException otherFileSystem) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Brings a folder's entries to the disk, where the system can do that for folders. */
  static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notForFolders) {
      // Windows has no such thing; there the file system's own journal has to do.
      return;
    }
  }
}
