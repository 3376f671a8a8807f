package io.markbridge.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** A journal's file before its first table, and whether it is whole. */
public final class SqliteFile {
  /** A copy or a look with a tool is over by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private SqliteFile() {}

  /**
   * Makes the file where there is none, so that removed payloads can give their room back; an
   * existing one stays as it is.
   *
   * @throws UnusableJournalException when SQLite cannot make it
   */
  public static void create(Path file) throws IOException {
    if (holdsSomething(file)) {
      return;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      // Later it would need the whole file rewritten.
      statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
      statement.execute("VACUUM");
    } catch (SQLException failure) {
      throw unusable(file, failure);
    }
  }

  /** SQLite itself takes a file of one byte for an empty one. */
  public static boolean holdsSomething(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 1;
  }

  /**
   * Whether a file that holds something is a whole database, as far as can be told. What a
   * write-ahead log that was cut or removed held cannot: it looks like an end without warning.
   *
   * @param thorough up to how many bytes every page is read; of a larger file only its length is
   *     compared with the number of its pages
   * @throws UnusableJournalException what is wrong, with it or with what it lies on
   * @throws IOException when its size cannot be read
   */
  public static void check(Path file, long thorough) throws IOException {
    check(file, thorough, PATIENCE);
  }

  /** The same with how long another process may hold it. */
  static void check(Path file, long thorough, Duration patience) throws IOException {
    boolean logged = holdsSomething(file.resolveSibling(file.getFileName() + "-wal"));
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + file + "?busy_timeout=" + patience.toMillis());
        Statement statement = connection.createStatement()) {
      if (Files.size(file) <= thorough) {
        String found = first(statement, "PRAGMA quick_check(1)");
        if (!found.equals("ok")) {
          throw damaged(found);
        }
      }
      long length =
          Long.parseLong(first(statement, "PRAGMA page_count"))
              * Long.parseLong(first(statement, "PRAGMA page_size"));
      // While there is a log, pages may be in it alone; without one, the end of the last page is
      // what the database itself does not miss.
      if (!logged && Files.size(file) < length) {
        throw damaged("it has " + Files.size(file) + " bytes, and its pages need " + length);
      }
    } catch (SQLException unreadable) {
      throw unusable(file, unreadable);
    }
  }

  private static UnusableJournalException damaged(String found) {
    return new UnusableJournalException(SqliteTrouble.DAMAGED, firstLine(found), null);
  }

  private static IOException unusable(Path file, SQLException failure) {
    Optional<SqliteTrouble> trouble = SqliteTrouble.of(failure);
    if (trouble.isPresent()) {
      return new UnusableJournalException(trouble.get(), firstLine(failure.getMessage()), failure);
    }
    // As where its library may not be loaded: that says nothing of the file either.
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new IOException(
        "opening the journal " + file + ": SQLite itself does not work: " + cause.getMessage(),
        failure);
  }

  private static String first(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "nothing can be read";
    }
  }

  private static String firstLine(String text) {
    return text.lines().filter(line -> !line.startsWith("***")).findFirst().orElse(text);
  }
}
