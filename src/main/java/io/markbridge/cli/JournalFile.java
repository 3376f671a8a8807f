package io.markbridge.cli;

import io.markbridge.journal.Dialect;
import io.markbridge.journal.PostgresqlSource;
import io.markbridge.journal.SqliteFile;
import io.markbridge.settings.Settings;
import io.markbridge.step.JournalPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The journal before the first connection of the bridge. On SQLite: its folder, its one owner, and
 * what must be set before the first table. On PostgreSQL: whether it can be reached.
 */
final class JournalFile {
  /** Held for the life of the process. */
  private static FileChannel lock;

  private JournalFile() {}

  static void prepare() throws IOException {
    Settings settings = new Settings(ConfigProvider.getConfig());
    Files.createDirectories(JournalPath.folder(settings));
    if (Dialect.of(settings.journalUrl()) == Dialect.POSTGRESQL) {
      reach(settings);
      return;
    }
    Path file = JournalPath.file(settings);
    lock =
        FileChannel.open(
            file.resolveSibling(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      throw new IOException(
          "opening the journal "
              + file
              + ": another bridge runs on it; stop that one, or set markbridge.journal.url");
    }
    SqliteFile.create(file);
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
