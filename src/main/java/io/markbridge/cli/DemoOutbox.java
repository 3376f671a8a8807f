package io.markbridge.cli;

import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The demo's legacy system that writes rows instead of files: an outbox in a SQLite file. */
final class DemoOutbox {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ORDER = "/demo/water/order-bottles.json";

  private final String url;

  DemoOutbox(Path folder) {
    this.url = "jdbc:sqlite:" + folder.toAbsolutePath().resolve("outbox.db");
  }

  String url() {
    return url;
  }

  /** Makes the file with the tables that {@code outbox-schema sqlite} prints. */
  void create() throws IOException {
    try (InputStream schema = SiteFiles.here().open("config/sql/sqlite/schema.sql");
        Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
    } catch (SQLException failure) {
      throw new IOException("making the outbox of the demo: " + failure.getMessage(), failure);
    }
  }

  /**
   * Writes an order and a question about the bridge as rows.
   *
   * @return whether both were answered in time
   */
  boolean play() throws IOException {
    try (InputStream order = DemoOutbox.class.getResourceAsStream(ORDER);
        Connection connection = DriverManager.getConnection(url + "?busy_timeout=30000")) {
      // The same order is there as a file, of another quantity.
      String body =
          new String(order.readAllBytes(), StandardCharsets.UTF_8)
              .replace("\"quantity\": 8", "\"quantity\": 4");
      insert(connection, "PO-ROW-1", "water", body, null);
      insert(connection, "PO-ROW-2", null, null, "GET /api/v2/water/ping");
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (open(connection)) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
      return true;
    } catch (SQLException failure) {
      throw new IOException("writing rows of the demo: " + failure.getMessage(), failure);
    }
  }

  /** Which columns of a row hold an answer. */
  String answers(String row) throws IOException {
    List<String> answers = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement =
            connection.prepareStatement(
                "select reply, status, error from markbridge_outbox where id = ?")) {
      statement.setString(1, row);
      try (ResultSet found = statement.executeQuery()) {
        for (String column : new String[] {"reply", "status", "error"}) {
          if (!found.isClosed() && found.getString(column) != null) {
            answers.add(column);
          }
        }
      }
    } catch (SQLException failure) {
      throw new IOException("reading rows of the demo: " + failure.getMessage(), failure);
    }
    return answers.isEmpty() ? "-" : "row " + row + ": " + String.join(",", answers);
  }

  private static void insert(
      Connection connection, String key, String group, String payload, String request)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into markbridge_outbox (legacy_key, product_group, payload, request) values (?, ?, ?, ?)")) {
      statement.setString(1, key);
      statement.setString(2, group);
      statement.setString(3, payload);
      statement.setString(4, request);
      statement.executeUpdate();
    }
  }

  private static boolean open(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from markbridge_outbox where state <> 'ENDED'")) {
      return rows.next() && rows.getInt(1) > 0;
    }
  }
}
