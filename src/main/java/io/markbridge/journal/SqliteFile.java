package io.markbridge.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A journal's file before its first table, and whether it is whole. */
public final class SqliteFile {
  private static final Set<Integer> RIGHTS =
      Set.of(
          SQLiteErrorCode.SQLITE_PERM.code,
          SQLiteErrorCode.SQLITE_READONLY.code,
          SQLiteErrorCode.SQLITE_CANTOPEN.code,
          SQLiteErrorCode.SQLITE_AUTH.code);

  /** An extended result code has the one that it is a case of in its low byte. */
  private static final int PRIMARY = 0xff;

  private SqliteFile() {}

  /** Whether a file may not be opened or written: that says nothing of what it holds. */
  public static boolean lacksRights(Throwable failure) {
    return failure instanceof SQLiteException refused
        && RIGHTS.contains(refused.getResultCode().code & PRIMARY);
  }

  /**
   * Makes the file where there is none, so that removed payloads can give their room back; an
   * existing one stays as it is.
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
      throw new IOException("making the journal " + file + ": " + failure.getMessage(), failure);
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
   * @throws DamagedJournalException what is wrong with it
   * @throws AccessDeniedException when this process may not open it
   * @throws IOException when it cannot be read
   */
  public static void check(Path file, long thorough) throws IOException {
    boolean logged = holdsSomething(file.resolveSibling(file.getFileName() + "-wal"));
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=30000");
        Statement statement = connection.createStatement()) {
      if (Files.size(file) <= thorough) {
        String found = first(statement, "PRAGMA quick_check(1)");
        if (!found.equals("ok")) {
          throw new DamagedJournalException(firstLine(found));
        }
      }
      long length =
          Long.parseLong(first(statement, "PRAGMA page_count"))
              * Long.parseLong(first(statement, "PRAGMA page_size"));
      // While there is a log, pages may be in it alone; without one, the end of the last page is
      // what the database itself does not miss.
      if (!logged && Files.size(file) < length) {
        throw new DamagedJournalException(
            "it has " + Files.size(file) + " bytes, and its pages need " + length);
      }
    } catch (SQLException unreadable) {
      if (lacksRights(unreadable)) {
        throw new AccessDeniedException(file.toString(), null, firstLine(unreadable.getMessage()));
      }
      throw new DamagedJournalException(firstLine(unreadable.getMessage()));
    }
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
