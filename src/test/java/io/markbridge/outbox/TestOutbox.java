package io.markbridge.outbox;

import io.markbridge.process.MariadbServer;
import io.markbridge.process.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The legacy system's side of an outbox in a real database of its own. */
public final class TestOutbox {
  private static final String USER = "markbridge";

  private final OutboxDatabase database;
  private final String legacyUrl;
  private final String url;

  private TestOutbox(OutboxDatabase database, String legacyUrl, String url) {
    this.database = database;
    this.legacyUrl = legacyUrl;
    this.url = url;
  }

  /**
   * A database with the printed schema, and the user that it gives rights to.
   *
   * @param folder of the test, for SQLite
   */
  public static TestOutbox of(OutboxDatabase database, Path folder) {
    return of(database, folder, PostgresServer::newDatabase);
  }

  /** The same with all that documents and answers are kept in as text in windows-1251. */
  public static TestOutbox inWindows1251(OutboxDatabase database, Path folder) {
    TestOutbox outbox = of(database, folder, PostgresServer::newDatabaseInWindows1251);
    if (database == OutboxDatabase.MARIADB) {
      outbox.execute(
          "alter table markbridge_outbox modify payload longtext character set cp1251, modify reply"
              + " longtext character set cp1251, modify status longtext character set cp1251,"
              + " modify error longtext character set cp1251;alter table markbridge_outbox_answers"
              + " modify content longtext character set cp1251 not null");
    }
    return outbox;
  }

  private static TestOutbox of(
      OutboxDatabase database, Path folder, Function<PostgresServer, String> postgresql) {
    TestOutbox outbox =
        switch (database) {
          case POSTGRESQL -> {
            String legacy = postgresql.apply(PostgresServer.shared());
            yield new TestOutbox(database, legacy, PostgresServer.shared().as(USER, legacy));
          }
          case MARIADB -> {
            String legacy = MariadbServer.shared().newDatabase();
            yield new TestOutbox(database, legacy, MariadbServer.shared().as(USER, legacy));
          }
          case SQLITE -> {
            String file = "jdbc:sqlite:" + folder.resolve("outbox.db");
            yield new TestOutbox(database, file, file);
          }
          case MSSQL, ORACLE -> throw new IllegalArgumentException(database + " is never run");
        };
    outbox.execute(schema(database));
    return outbox;
  }

  static String schema(OutboxDatabase database) {
    try {
      return Files.readString(Path.of("config/sql/" + database.folder() + "/schema.sql"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public OutboxDatabase database() {
    return database;
  }

  /** As the bridge connects: with as few rights as can be. */
  public String url() {
    return url;
  }

  /** As the legacy system does. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        legacyUrl + (database == OutboxDatabase.SQLITE ? "?busy_timeout=30000" : ""));
  }

  /** Runs statements that a semicolon separates. */
  public void execute(String statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements.replaceAll("(?m)--.*$", "").split(";")) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(statements, failure);
    }
  }

  /**
   * The database lets nobody change rows so that this becomes true, as a constraint or a trigger of
   * a site does.
   *
   * @param keys how their keys begin: one word
   * @param change a comparison that begins with a column
   */
  public void forbid(String keys, String change) {
    executeWhole(
        database == OutboxDatabase.SQLITE
            ? "create trigger forbidden_%1$s before update on markbridge_outbox when new.legacy_key like '%1$s%%' and new.%2$s begin select raise(abort, 'the site says no'); end"
                .formatted(keys, change)
            : "alter table markbridge_outbox add constraint forbidden_%1$s check (legacy_key not like '%1$s%%' or not (%2$s))"
                .formatted(keys, change));
  }

  /** The time of claims goes on by so much, and nobody has to wait for it. */
  public void passLeases(Duration time) {
    String earlier =
        switch (database) {
          case SQLITE -> "lease_until - " + time.toSeconds();
          case POSTGRESQL -> "lease_until - interval '" + time.toSeconds() + " seconds'";
          case MARIADB -> "timestampadd(second, -" + time.toSeconds() + ", lease_until)";
          case MSSQL, ORACLE -> throw new IllegalArgumentException(database + " is never run");
        };
    execute("update markbridge_outbox set lease_until = " + earlier + " where attempts > 0");
  }

  /** Lets it again. */
  public void allow(String keys) {
    executeWhole(
        database == OutboxDatabase.SQLITE
            ? "drop trigger forbidden_" + keys
            : "alter table markbridge_outbox drop constraint forbidden_" + keys);
  }

  /** Runs one statement, which may have semicolons in it. */
  private void executeWhole(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  /** Writes a row and commits; gives its id. */
  public String insert(Map<String, ?> columns) {
    try (Connection connection = connect()) {
      return insert(connection, columns);
    } catch (SQLException failure) {
      throw new IllegalStateException(columns.toString(), failure);
    }
  }

  /** Writes a row of a product group, as most are. */
  public String insert(String key, String payload) {
    return insert(Map.of("legacy_key", key, "product_group", "beer", "payload", payload));
  }

  /** Writes a row in a transaction of the legacy system. */
  public String insert(Connection connection, Map<String, ?> columns) throws SQLException {
    String sql =
        "insert into markbridge_outbox ("
            + String.join(", ", columns.keySet())
            + ") values ("
            + String.join(", ", Collections.nCopies(columns.size(), "?"))
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {"id"})) {
      int index = 1;
      for (Object value : columns.values()) {
        statement.setObject(index++, value);
      }
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        return keys.getString(1);
      }
    }
  }

  /** One column of a row as text, or null. */
  public String value(String id, String column) {
    return text("select " + column + " from markbridge_outbox where id = " + id);
  }

  /** The first column of the first row as text, or null. */
  public String text(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  /** One column of a row as it is stored. */
  public byte[] bytes(String id, String column) {
    String sql = "select " + column + " from markbridge_outbox where id = " + id;
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getBytes(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  public long count(String sql) {
    return Long.parseLong(text(sql));
  }

  /** Pairs of one key whose later row was taken first. */
  public long takenBeforeAnEarlierOneOfTheirKey() {
    return count(
        "select count(*) from markbridge_outbox later join markbridge_outbox earlier"
            + " on earlier.legacy_key = later.legacy_key and earlier.id < later.id"
            + " where earlier.taken_at is null or later.taken_at < earlier.taken_at");
  }

  /** The names and contents of the answers beside a row. */
  public Map<String, String> answers(String id) {
    String sql =
        "select name, content from markbridge_outbox_answers where outbox_id = "
            + id
            + " order by name";
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Map<String, String> answers = new LinkedHashMap<>();
      while (rows.next()) {
        answers.put(rows.getString(1), rows.getString(2));
      }
      return answers;
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  /** The bridge's connections break, and no new ones are made until it is reachable again. */
  public void reachable(boolean reachable) {
    switch (database) {
      case POSTGRESQL -> PostgresServer.shared().reachable(url, reachable);
      case MARIADB -> MariadbServer.shared().reachable(USER, reachable);
      case SQLITE, MSSQL, ORACLE ->
          throw new IllegalArgumentException(database + " cannot go away");
    }
  }
}
