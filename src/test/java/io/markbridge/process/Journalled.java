package io.markbridge.process;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a bridge's journal holds, read beside the running process.
 *
 * @param documents state by source path
 * @param inDoubt source paths of documents with a submission in doubt
 */
record Journalled(Map<String, String> documents, List<String> inDoubt) {
  static Journalled of(Path folder) throws SQLException {
    return of(url(folder));
  }

  private static String url(Path folder) {
    return "jdbc:sqlite:" + folder.resolve("data").resolve("markbridge.db");
  }

  /** A connection that waits for whoever writes just now, however slow the machine is. */
  static Connection connect(String jdbcUrl) throws SQLException {
    return DriverManager.getConnection(
        jdbcUrl.startsWith("jdbc:sqlite:") ? jdbcUrl + "?busy_timeout=60000" : jdbcUrl);
  }

  /** Source paths in the order in which their documents were planned. */
  static List<String> planned(Path folder) throws SQLException {
    try (Connection connection = connect(url(folder));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select source_path from documents join timeline on document_id = documents.id"
                    + " where event = 'planned' order by timeline.id")) {
      List<String> paths = new ArrayList<>();
      while (rows.next()) {
        paths.add(rows.getString(1));
      }
      return paths;
    }
  }

  static Journalled of(String jdbcUrl) throws SQLException {
    try (Connection connection = connect(jdbcUrl);
        Statement statement = connection.createStatement()) {
      Map<String, String> documents = new LinkedHashMap<>();
      try (ResultSet rows =
          statement.executeQuery("select id, source_path, state from documents")) {
        while (rows.next()) {
          if (documents.put(rows.getString(2), rows.getString(3)) != null) {
            throw new AssertionError(rows.getString(2) + " was accepted twice");
          }
        }
      }
      List<String> inDoubt = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "select distinct source_path from documents join submissions on document_id = documents.id"
                  + " where submissions.state = 'IN_DOUBT'")) {
        while (rows.next()) {
          inDoubt.add(rows.getString(1));
        }
      }
      return new Journalled(documents, inDoubt);
    }
  }
}
