package io.markbridge.cli;

import io.markbridge.journal.Database;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalException;
import io.markbridge.journal.PostgresqlSource;
import io.markbridge.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
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
  static final int SCHEMA = 3;

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
   * Whether the bridge has ever made its tables there.
   *
   * @throws CommandFailedException when PostgreSQL cannot be asked
   */
  public boolean exists() {
    if (file.isPresent()) {
      return Files.isRegularFile(file.get());
    }
    DataSource source = postgresql(true);
    return new Database(source, source, dialect)
        .read(
            "looking for the journal",
            transaction ->
                transaction.count(
                        "select count(*) from information_schema.tables where table_name = 'flyway_schema_history'"
                            + " and table_schema = current_schema()")
                    > 0);
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
    int schema = schema(journal);
    refuseNewer(schema);
    if (schema < SCHEMA) {
      throw failure(
          "an older version of the program wrote it (schema "
              + schema
              + ", this one needs "
              + SCHEMA
              + "); start `run` once, it brings the journal up to date",
          null);
    }
    return journal;
  }

  /**
   * For the start of the bridge, which migrates older ones: a newer journal may say things that
   * this program would misread.
   *
   * @return whether it is this version's: nothing is to be migrated
   * @throws CommandFailedException when a newer version of the program wrote it
   */
  public boolean refuseNewer() {
    if (!exists()) {
      return false;
    }
    Journal journal = new Journal(database(true), workplace.clock());
    String tables =
        dialect == Dialect.SQLITE
            ? "select count(*) from sqlite_master where name = 'flyway_schema_history'"
            : "select 1";
    boolean begun =
        journal.database().read("looking for the journal", reading -> reading.count(tables)) > 0;
    int schema = begun ? schema(journal) : 0;
    refuseNewer(schema);
    return schema == SCHEMA;
  }

  private void refuseNewer(int schema) {
    if (schema > SCHEMA) {
      throw failure(
          "a newer version of the program wrote it (schema "
              + schema
              + ", this one knows "
              + SCHEMA
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

  private int schema(Journal journal) {
    try {
      Optional<String> version =
          journal
              .database()
              .read(
                  "reading the version of the journal",
                  transaction ->
                      transaction.first(
                          "select version from flyway_schema_history where success and version is not null"
                              + " order by installed_rank desc limit 1",
                          row -> row.getString(1)));
      return version.map(text -> Integer.parseInt(text.split("\\.")[0])).orElse(0);
    } catch (JournalException | NumberFormatException unreadable) {
      if (unreadable.getCause() instanceof SQLiteException refused
          && refused.getResultCode() == SQLiteErrorCode.SQLITE_BUSY) {
        throw failure("another process holds it; try again", unreadable);
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
