package io.markbridge.cli;

import io.markbridge.journal.Dialect;
import io.markbridge.journal.PostgresqlSource;
import io.markbridge.journal.SqliteFile;
import io.markbridge.journal.UnusableJournalException;
import io.markbridge.settings.Settings;
import io.markbridge.step.JournalPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The journal before the first connection of the bridge. On SQLite: its folder, its one owner,
 * whether it is whole, and what must be set before the first table. On PostgreSQL: whether it can
 * be reached.
 */
public final class JournalFile {
  /** Up to here reading every page takes a moment at most. */
  private static final long CHECKED_AT_START = 200L * 1024 * 1024;

  private static final String MARK = "a journal was made here on ";
  private static final int MOST_MARK = 200;

  /** Held for the life of the process. */
  private static FileChannel lock;

  private JournalFile() {}

  static void prepare(Settings settings) throws IOException {
    Files.createDirectories(JournalPath.folder(settings));
    if (Dialect.of(settings.journalUrl()) == Dialect.POSTGRESQL) {
      reach(settings);
    } else {
      lock = prepare(JournalPath.file(settings));
    }
  }

  /**
   * Makes the file where there never was one.
   *
   * @return what holds it for this process
   * @throws IOException when another process has it, when this one may not use it, when it is
   *     damaged, or when it is gone: a bridge that began anew would send again what the lost
   *     journal knew as sent
   */
  static FileChannel prepare(Path file) throws IOException {
    try {
      return hold(file);
    } catch (FileSystemException refused) {
      throw unusable(file, JournalObstacle.told(file, refused), refused);
    } catch (UnusableJournalException refused) {
      throw unusable(file, refused);
    }
  }

  private static FileChannel hold(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(
            beside, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new IOException(
            "opening the journal "
                + file
                + ": another bridge runs on it; stop that one, or set markbridge.journal.url");
      }
      String mark = read(channel);
      if (SqliteFile.holdsSomething(file)) {
        check(file, CHECKED_AT_START);
      } else if (mark.startsWith(MARK)) {
        throw new IOException(
            "opening the journal "
                + file
                + ": it is "
                + (Files.exists(file) ? "empty" : "missing")
                + ", and "
                + mark.strip()
                + "; restore it from a backup, or remove "
                + beside
                + " to begin anew without all that it knew");
      } else {
        SqliteFile.create(file);
      }
      if (!mark.startsWith(MARK)) {
        write(channel, beside, MARK + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n");
      }
      return channel;
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /**
   * Whether the file is whole.
   *
   * @param thorough up to how many bytes every page is read
   * @throws IOException with what to do
   */
  public static void check(Path file, long thorough) throws IOException {
    try {
      if (!Files.isWritable(file)) {
        // SQLite would open it for reading, and the first commit would fail.
        throw new AccessDeniedException(file.toString());
      }
      SqliteFile.check(file, thorough);
    } catch (FileSystemException refused) {
      throw unusable(file, JournalObstacle.told(file, refused), refused);
    } catch (UnusableJournalException refused) {
      throw unusable(file, refused);
    }
  }

  private static IOException unusable(Path file, UnusableJournalException refused) {
    return unusable(
        file, JournalObstacle.told(file, refused.trouble(), refused.getMessage()), refused);
  }

  private static IOException unusable(Path file, String told, IOException refused) {
    return new IOException("opening the journal " + file + ": " + told, refused);
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MOST_MARK);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }

  private static void write(FileChannel channel, Path file, String text) throws IOException {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      channel.force(true);
    } catch (IOException failure) {
      // A channel does not know the name of its file.
      throw new FileSystemException(file.toString(), null, failure.getMessage());
    }
  }

  /** Quarkus would tell it with a stack trace. */
  private static void reach(Settings settings) throws IOException {
    try {
      PostgresqlSource.connect(
          PostgresqlSource.of(
              settings.journalUrl(),
              settings.journalUsername(),
              settings.journalPassword(),
              false));
    } catch (SQLException | RuntimeException failure) {
      throw new IOException(
          "opening the journal "
              + PostgresqlSource.shown(settings.journalUrl())
              + ": "
              + Causes.told(failure)
              + "; see that PostgreSQL runs there, and check markbridge.journal.url, username and password",
          failure);
    }
  }
}
