package io.markbridge.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is told where this process may not open a journal that is a file, as after a restore by
 * another user: its owner is to be changed, and no backup is needed.
 */
final class JournalRights {
  private JournalRights() {}

  /** In one line who has the file and what to do. */
  static String told(Path journal, String why) {
    return "this process"
        + Optional.ofNullable(System.getProperty("user.name"))
            .map(user -> ", of user " + user + ",")
            .orElse("")
        + " cannot open it for reading and writing ("
        + why
        + ")"
        + owner(suspect(journal)).map(one -> "; " + one).orElse("")
        + "; let the user of the service own the journal, the files beside it and their folder (chown), and"
        + " keep it: nothing says that it is damaged";
  }

  static String told(Path journal, AccessDeniedException denied) {
    String why = Optional.ofNullable(denied.getReason()).orElse("permission denied");
    boolean itself = journal.toString().equals(denied.getFile());
    return told(journal, itself ? why : denied.getFile() + ": " + why);
  }

  /** The first that this process may not use; the journal itself where none is seen. */
  private static Path suspect(Path journal) {
    Stream<Path> files =
        Stream.of("", "-wal", "-shm", ".lock")
            .map(ending -> journal.resolveSibling(journal.getFileName() + ending));
    return Stream.concat(Stream.of(journal.toAbsolutePath().getParent()), files)
        .filter(JournalRights::isClosed)
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
