package io.markbridge.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to a journal on PostgreSQL without a pool: for commands, and before the start. */
public final class PostgresqlSource {
  private static final int SECONDS = 10;

  private PostgresqlSource() {}

  /**
   * @param url may hold user name and password itself
   * @throws IllegalArgumentException when it is no address of PostgreSQL
   */
  public static DataSource of(
      String url, Optional<String> username, Optional<String> password, boolean readOnly) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    username.ifPresent(source::setUser);
    password.ifPresent(source::setPassword);
    source.setApplicationName("markbridge");
    source.setConnectTimeout(SECONDS);
    // One line, without values of rows.
    source.setLogServerErrorDetail(false);
    source.setReadOnly(readOnly);
    return source;
  }

  /**
   * Connects once, and sees whether the database can hold every text.
   *
   * @throws SQLException when it is not so; its message tells why
   */
  public static void connect(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show server_encoding")) {
      rows.next();
      if (!rows.getString(1).equals("UTF8")) {
        throw new SQLException("its encoding is " + rows.getString(1) + ", it has to be UTF8");
      }
    }
  }

  /** An address without what may be a secret in it. */
  public static String shown(String url) {
    return url.replaceFirst("\\?.*", "").replaceFirst("//.*@", "//");
  }
}
