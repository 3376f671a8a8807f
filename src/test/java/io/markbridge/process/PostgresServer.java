package io.markbridge.process;

import io.markbridge.FreePort;
import io.markbridge.Patience;
import io.markbridge.RealServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL for tests: one server for this JVM, which ends with it, and a database of its
 * own for whoever asks.
 */
public final class PostgresServer {
  private static final String USER = "postgres";
  private static final String MIGRATED = "migrated";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static PostgresServer shared;

  private final EmbeddedPostgres server;
  private boolean migrated;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** The server of this JVM; the first call starts it and takes a second or three. */
  public static synchronized PostgresServer shared() {
    if (shared == null) {
      try {
        shared =
            new PostgresServer(
                EmbeddedPostgres.builder()
                    .setPort(FreePort.reserve())
                    .setPGStartupWait(Patience.LONG)
                    // Nobody cuts its power, and it makes hundreds of databases.
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start());
        RealServers.answers("PostgreSQL", shared.server.getPostgresDatabase()::getConnection);
      } catch (IOException failure) {
        throw new UncheckedIOException("starting PostgreSQL", failure);
      }
    }
    return shared;
  }

  /** The address of a new, empty database; its user is in it. */
  public String newDatabase() {
    return newDatabase("template1");
  }

  /** The address of a new, empty database as old Windows systems have them. */
  public String newDatabaseInWindows1251() {
    return newDatabase("template0 encoding 'WIN1251' lc_collate 'C' lc_ctype 'C'");
  }

  /** The address of a new database with the journal's tables. */
  public synchronized String newJournal() {
    if (!migrated) {
      execute("create database " + MIGRATED);
      Flyway.configure().dataSource(jdbcUrl(MIGRATED), null, null).load().migrate();
      migrated = true;
    }
    return newDatabase(MIGRATED);
  }

  /** The address of a copy, as a dump that was restored; whoever is connected no longer is. */
  public String copyOf(String jdbcUrl) {
    Patience.await("nobody to be connected to " + jdbcUrl)
        .until(
            () -> {
              disconnect(jdbcUrl);
              return connected(jdbcUrl) == 0;
            });
    return newDatabase(name(jdbcUrl));
  }

  /** Removes a database with all connections to it. */
  public void drop(String jdbcUrl) {
    execute("drop database " + name(jdbcUrl) + " with (force)");
  }

  /** Breaks all connections to a database, as a restart of the server does. */
  public void disconnect(String jdbcUrl) {
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + name(jdbcUrl)
            + "'");
  }

  private long connected(String jdbcUrl) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where datname = '" + name(jdbcUrl) + "'")) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * A user who may connect and no more.
   *
   * @return the same address for that user
   */
  public String withoutRights(String jdbcUrl) {
    execute("drop role if exists guest");
    execute("create role guest login");
    return server.getJdbcUrl("guest", name(jdbcUrl));
  }

  /** A database that nobody can reach, or can again; whoever was connected no longer is. */
  public void reachable(String jdbcUrl, boolean reachable) {
    execute("alter database " + name(jdbcUrl) + " allow_connections " + reachable);
    if (!reachable) {
      disconnect(jdbcUrl);
    }
  }

  /** A user of this server, made where there is none, who may do nothing yet. */
  public synchronized String as(String user, String jdbcUrl) {
    execute(
        "do $$ begin if not exists (select 1 from pg_roles where rolname = '"
            + user
            + "') then create role "
            + user
            + " login; end if; end $$");
    return server.getJdbcUrl(user, name(jdbcUrl));
  }

  private static String name(String jdbcUrl) {
    return jdbcUrl.replaceFirst(".*/([^/?]+).*", "$1");
  }

  public int port() {
    return server.getPort();
  }

  private String newDatabase(String template) {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("create database " + name + " template " + template);
    return jdbcUrl(name);
  }

  private String jdbcUrl(String database) {
    return server.getJdbcUrl(USER, database);
  }

  private void execute(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }
}
