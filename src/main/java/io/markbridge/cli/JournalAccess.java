package io.markbridge.cli;

import io.markbridge.journal.Database;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalException;
import io.markbridge.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Opens the journal for commands that run without Quarkus, beside a running bridge or without one.
 * Never makes or migrates it (design decision 12).
 */
public final class JournalAccess {
  /** The newest migration below {@code db/migration}. */
  static final int SCHEMA = 2;

  private static final String SQLITE = "jdbc:sqlite:";
  private static final int BUSY_MILLISECONDS = 30_000;

  private final Workplace workplace;
  private final Path file;

  /**
   * @throws CommandFailedException when the journal is no file
   */
  public JournalAccess(Workplace workplace, Settings settings) {
    this.workplace = workplace;
    this.file = file(workplace, settings.journalUrl());
  }

  public Path file() {
    return file;
  }

  /**
   * The journal for reading.
   *
   * @throws CommandFailedException when there is none, it is no journal, or another version's
   */
  public Journal reading() {
    return open(true);
  }

  /** The journal for reading and writing; fails as {@link #reading} does. */
  public Journal writing() {
    return open(false);
  }

  private Journal open(boolean readOnly) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailedException(
          "opening the journal "
              + file
              + ": there is none; start `run` once, or set markbridge.journal.url");
    }
    Journal journal = new Journal(database(readOnly), workplace.clock());
    int schema = schema(journal);
    if (schema > SCHEMA) {
      throw new CommandFailedException(
          "opening the journal "
              + file
              + ": a newer version of the program wrote it (schema "
              + schema
              + ", this one knows "
              + SCHEMA
              + "); use that version");
    }
    if (schema < SCHEMA) {
      throw new CommandFailedException(
          "opening the journal "
              + file
              + ": an older version of the program wrote it (schema "
              + schema
              + ", this one needs "
              + SCHEMA
              + "); start `run` once, it brings the journal up to date");
    }
    return journal;
  }

  private Database database(boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLISECONDS);
    config.enforceForeignKeys(true);
    config.setReadOnly(readOnly);
    if (!readOnly) {
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    }
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(SQLITE + file);
    return new Database(source, source, Dialect.SQLITE);
  }

  private int schema(Journal journal) {
    try {
      Optional<String> version =
          journal
              .database()
              .read(
                  "reading the version of the journal",
                  transaction ->
                      transaction.first(
                          "select version from flyway_schema_history where success = 1 and version is not null"
                              + " order by installed_rank desc limit 1",
                          row -> row.getString(1)));
      return version.map(text -> Integer.parseInt(text.split("\\.")[0])).orElse(0);
    } catch (JournalException | NumberFormatException unreadable) {
      if (unreadable.getCause() instanceof SQLiteException refused
          && refused.getResultCode() == SQLiteErrorCode.SQLITE_BUSY) {
        throw new CommandFailedException(
            "opening the journal " + file + ": another process holds it; try again", unreadable);
      }
      throw new CommandFailedException(
          "opening the journal "
              + file
              + ": it is no journal of this program ("
              + Causes.told(unreadable)
              + "); check markbridge.journal.url",
          unreadable);
    }
  }

  private static Path file(Workplace workplace, String url) {
    if (!url.startsWith(SQLITE)) {
      throw new CommandFailedException(
          "opening the journal: this command reads journals in SQLite files, and markbridge.journal.url names another database");
    }
    String name = url.substring(SQLITE.length());
    int parameters = name.indexOf('?');
    return workplace.resolve(Path.of(parameters < 0 ? name : name.substring(0, parameters)));
  }
}
