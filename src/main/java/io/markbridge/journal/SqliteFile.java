package io.markbridge.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A journal's file before its first table. */
public final class SqliteFile {
  private SqliteFile() {}

  /**
   * Makes the file where there is none, so that removed payloads can give their room back; an
   * existing one stays as it is.
   */
  public static void create(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) > 0) {
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
}
