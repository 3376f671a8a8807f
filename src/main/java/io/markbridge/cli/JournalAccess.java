package io.markbridge.cli;

import io.markbridge.journal.Database;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalException;
import io.markbridge.journal.JournalSchema;
import io.markbridge.journal.PostgresqlSource;
import io.markbridge.journal.SqliteTrouble;
import io.markbridge.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Opens the journal for commands that run without Quarkus, beside a running bridge or without one.
 * Never makes or migrates it (design decision 12).
 */
public final class JournalAccess {
  private static final String SQLITE = "jdbc:sqlite:";

  private static final int BUSY_MILLISECONDS = 30_000;

  private final Workplace workplace;
  private final Settings settings;
  private final Dialect dialect;
  private final Optional<Path> file;

  public JournalAccess(Workplace workplace, Settings settings) {
    this.workplace = workplace;
    this.settings = settings;
    this.dialect = Dialect.of(settings.journalUrl());
    this.file =
        dialect == Dialect.SQLITE
            ? Optional.of(file(workplace, settings.journalUrl()))
            : Optional.empty();
  }

  /** The journal's file; empty where it is in PostgreSQL. */
  public Optional<Path> file() {
    return file;
  }

  /** Where the journal is, for people: a file, or an address without its secrets. */
  public String place() {
    return file.map(Path::toString).orElseGet(() -> PostgresqlSource.shown(settings.journalUrl()));
  }

  /**
   * Whether the bridge has ever made its tables there; also where rights hide it.
   *
   * @throws CommandFailedException when PostgreSQL cannot be asked
   */
  public boolean exists() {
    if (file.isPresent()) {
      return !Files.notExists(file.get());
    }
    DataSource source = postgresql(true);
    return JournalSchema.begun(new Database(source, source, dialect));
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
    if (!exists()) {
      throw failure("there is none; start `run` once, or set markbridge.journal.url", null);
    }
    Journal journal = new Journal(database(readOnly), workplace.clock());
    int schema = schema(journal.database());
    refuseNewer(schema);
    if (schema < JournalSchema.VERSION) {
      throw failure(
          "an older version of the program wrote it (schema "
              + schema
              + ", this one needs "
              + JournalSchema.VERSION
              + "); start `run` once, it brings the journal up to date",
          null);
    }
    return journal;
  }

  /**
   * For the start of the bridge, which migrates older ones: a newer journal may say things that
   * this program would misread.
   *
   * @throws CommandFailedException when a newer version of the program wrote it
   */
  public void refuseNewer() {
    if (!exists()) {
      return;
    }
    Database database = database(true);
    if (JournalSchema.begun(database)) {
      refuseNewer(schema(database));
    }
  }

  /**
   * The schema of a journal that an older version of the program wrote, which the start of the
   * bridge brings up to date; empty where it is this version's.
   *
   * @throws CommandFailedException when it is no journal, or a newer version's
   */
  public OptionalInt olderSchema() {
    int schema = schema(database(true));
    refuseNewer(schema);
    return schema < JournalSchema.VERSION ? OptionalInt.of(schema) : OptionalInt.empty();
  }

  private void refuseNewer(int schema) {
    if (schema > JournalSchema.VERSION) {
      throw failure(
          "a newer version of the program wrote it (schema "
              + schema
              + ", this one knows "
              + JournalSchema.VERSION
              + "); use that version",
          null);
    }
  }

  private Database database(boolean readOnly) {
    DataSource source = dialect == Dialect.SQLITE ? sqlite(readOnly) : postgresql(readOnly);
    return new Database(source, source, dialect);
  }

  private DataSource sqlite(boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLISECONDS);
    config.enforceForeignKeys(true);
    config.setReadOnly(readOnly);
    if (!readOnly) {
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    }
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(SQLITE + file.orElseThrow());
    return source;
  }

  private DataSource postgresql(boolean readOnly) {
    try {
      DataSource source =
          PostgresqlSource.of(
              settings.journalUrl(),
              settings.journalUsername(),
              settings.journalPassword(),
              readOnly);
      PostgresqlSource.connect(source);
      return source;
    } catch (SQLException | RuntimeException unreachable) {
      throw failure(
          Causes.told(unreachable)
              + "; see that PostgreSQL runs there, and check markbridge.journal.url, username and password",
          unreachable);
    }
  }

  private int schema(Database database) {
    try {
      return JournalSchema.version(database);
    } catch (JournalException | NumberFormatException unreadable) {
      Throwable cause = unreadable.getCause();
      Optional<SqliteTrouble> trouble =
          SqliteTrouble.of(cause).filter(one -> one != SqliteTrouble.DAMAGED);
      if (file.isPresent() && trouble.isPresent()) {
        throw failure(
            JournalObstacle.told(file.get(), trouble.get(), Causes.told(cause)), unreadable);
      }
      throw failure(
          "it is no journal of this program ("
              + Causes.told(unreadable)
              + "); check markbridge.journal.url",
          unreadable);
    }
  }

  private CommandFailedException failure(String why, Throwable cause) {
    return new CommandFailedException("opening the journal " + place() + ": " + why, cause);
  }

  private static Path file(Workplace workplace, String url) {
    String name = url.substring(SQLITE.length());
    int parameters = name.indexOf('?');
    return workplace.resolve(Path.of(parameters < 0 ? name : name.substring(0, parameters)));
  }
}
