package io.markbridge.cli;

import io.markbridge.journal.SqliteTrouble;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is told where a journal that is a file cannot be used: what it is, and what to do. Only a
 * damaged one is to be restored from a backup; for any other that would lose what happened since.
 */
final class JournalObstacle {
  private static final String WHOLE = "; keep it: nothing says that it is damaged";

  private JournalObstacle() {}

  /**
   * In one line what is the matter and what to do.
   *
   * @param why what SQLite or the system said
   */
  static String told(Path journal, SqliteTrouble trouble, String why) {
    return switch (trouble.on(isReadOnlyDisk(journal), usable(journal))) {
      case DAMAGED ->
          "it is damaged: "
              + why
              + "; keep it for whoever can read the rest, and restore it from a backup";
      case RIGHTS -> rights(journal, why);
      case READ_ONLY ->
          "its disk takes no writing ("
              + why
              + "); mount it for reading and writing, and see in the system's log whether the system made"
              + " it read-only because it fails"
              + WHOLE;
      case HELD ->
          "another process holds it ("
              + why
              + "), such as a database tool or a program that makes copies; end that one and try again"
              + WHOLE;
      case FULL -> "its disk is full (" + why + "); make room and try again" + WHOLE;
      case DISK ->
          "its disk or file system fails ("
              + why
              + "); look at the mount, the disk and the system's log, and try again when it works"
              + WHOLE;
    };
  }

  private static String rights(Path journal, String why) {
    return "this process"
        + Optional.ofNullable(System.getProperty("user.name"))
            .map(user -> ", of user " + user + ",")
            .orElse("")
        + " cannot open it for reading and writing ("
        + why
        + ")"
        + owner(suspect(journal)).map(one -> "; " + one).orElse("")
        + "; let the user of the service own the journal, the files beside it and their folder (chown)"
        + WHOLE;
  }

  static String told(Path journal, FileSystemException refused) {
    boolean denied = refused instanceof AccessDeniedException;
    String why =
        Optional.ofNullable(refused.getReason())
            .orElse(denied ? "permission denied" : refused.getClass().getSimpleName());
    boolean itself = journal.toString().equals(refused.getFile());
    return told(
        journal,
        denied ? SqliteTrouble.RIGHTS : SqliteTrouble.DISK,
        itself ? why : refused.getFile() + ": " + why);
  }

  /** The first that this process may not use; the journal itself where none is seen. */
  private static Path suspect(Path journal) {
    Stream<Path> files =
        Stream.of("", "-wal", "-shm", ".lock")
            .map(ending -> journal.resolveSibling(journal.getFileName() + ending));
    return Stream.concat(Stream.of(journal.toAbsolutePath().getParent()), files)
        .filter(JournalObstacle::isClosed)
        .findFirst()
        .orElse(journal);
  }

  private static boolean isClosed(Path file) {
    boolean open =
        Files.isReadable(file)
            && Files.isWritable(file)
            && (!Files.isDirectory(file) || Files.isExecutable(file));
    return !open && !Files.notExists(file);
  }

  private static boolean isReadOnlyDisk(Path journal) {
    try {
      return Files.getFileStore(existing(journal)).isReadOnly();
    } catch (IOException | UnsupportedOperationException untold) {
      return false;
    }
  }

  private static long usable(Path journal) {
    try {
      return Files.getFileStore(existing(journal)).getUsableSpace();
    } catch (IOException | UnsupportedOperationException untold) {
      return Long.MAX_VALUE;
    }
  }

  private static Path existing(Path journal) {
    return Files.exists(journal) ? journal : journal.toAbsolutePath().getParent();
  }

  /** Empty where the file system does not tell it. */
  private static Optional<String> owner(Path file) {
    try {
      PosixFileAttributes known = Files.readAttributes(file, PosixFileAttributes.class);
      return Optional.of(
          file
              + " belongs to "
              + known.owner().getName()
              + ":"
              + known.group().getName()
              + ", "
              + PosixFilePermissions.toString(known.permissions()));
    } catch (IOException | UnsupportedOperationException untold) {
      return Optional.empty();
    }
  }
}
