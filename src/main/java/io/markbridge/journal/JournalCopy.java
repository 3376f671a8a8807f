package io.markbridge.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Copies a journal in an SQLite file while a bridge works on it. */
public final class JournalCopy {
  private JournalCopy() {}

  /**
   * Makes a copy that is whole, checked and on the disk before it has its name; the copy, and only
   * the copy, knows that it is one. Only its owner can read it: it holds what the journal holds.
   *
   * @param target a file that is not there yet
   * @throws FileAlreadyExistsException when it is there
   * @throws IOException when it cannot be written
   */
  public static void make(Journal journal, Path target) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path folder = target.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporary = folder.resolve("." + target.getFileName() + "." + journal.owner() + ".tmp");
    try {
      // Before the copy: what it may lack happened after this moment.
      long madeAt = journal.now();
      makeForOwner(temporary);
      journal
          .database()
          .read(
              "copying the journal",
              transaction -> {
                transaction.execute("vacuum into '" + quoted(temporary) + "'");
                return null;
              });
      mark(temporary, madeAt);
      SqliteFile.check(temporary, Long.MAX_VALUE);
      force(temporary);
      // Fails where somebody else made the file meanwhile.
      Files.move(temporary, target);
      force(folder);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** SQLite takes an empty file for one that is not there, and leaves its rights. */
  private static void makeForOwner(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  private static void mark(Path copy, long madeAt) throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        PreparedStatement statement =
            connection.prepareStatement("insert into copies (made_at) values (?)")) {
      statement.setLong(1, madeAt);
      statement.executeUpdate();
    } catch (SQLException failure) {
      throw new IOException("marking the copy " + copy + ": " + failure.getMessage(), failure);
    }
  }

  private static void force(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    try (FileChannel channel =
        FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException failure) {
      // Windows cannot do that for folders; there the file system's own journal has to do.
      if (!folder) {
        throw failure;
      }
    }
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "''");
  }
}
