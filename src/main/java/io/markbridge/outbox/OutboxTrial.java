package io.markbridge.outbox;

import io.agroal.api.AgroalDataSource;
import io.markbridge.outbox.Statements.Name;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says every statement of an outbox to its database once, for no row, in a transaction that is
 * taken back: whether the site's own statements fit the site's own tables is known before the
 * start.
 */
public final class OutboxTrial {
  private final Outbox outbox;
  private final Statements statements;

  /**
   * @throws IOException when a statement cannot be read
   * @throws SQLException when there is no driver for its address
   */
  public OutboxTrial(Outbox outbox, SiteFiles files) throws IOException, SQLException {
    this.outbox = outbox;
    this.statements = new Statements(files, OutboxDatabase.of(outbox.url()), outbox.statements());
    OutboxConnections.open(outbox).close();
  }

  /**
   * Tries them.
   *
   * @return what the database says, by the statement's file below the site's folder; empty where
   *     all are well
   * @throws SQLException when there is no connection
   */
  public Map<String, String> run() throws SQLException {
    Map<String, String> refused = new LinkedHashMap<>();
    try (AgroalDataSource source = OutboxConnections.open(outbox);
        Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      for (Name name : Name.values()) {
        try {
          say(connection, name);
        } catch (SQLException failure) {
          // The row of the trial has no id: a table that wants one is as it should be.
          if (!isConstraint(failure)) {
            refused.put(
                statements.file(name),
                String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
          }
        } finally {
          connection.rollback();
        }
      }
      connection.setAutoCommit(true);
    }
    return refused;
  }

  private void say(Connection connection, Name name) throws SQLException {
    NamedStatement named = statements.get(name);
    try (PreparedStatement statement = connection.prepareStatement(named.sql())) {
      named.bind(statement, values());
      if (name == Name.DUE) {
        statement.setMaxRows(1);
      }
      boolean asks = statement.execute();
      switch (name) {
        case DUE -> {
          try (ResultSet rows = told(statement, asks)) {
            new DueColumns(rows.getMetaData(), OutboxDatabase.of(outbox.url()));
          }
        }
        case PAYLOAD, ROW -> told(statement, asks).close();
        case CLAIM, RENEW, TAKEN, ANSWER, GIVEN, CODES -> {
          if (asks) {
            throw new SQLException("it asks for rows, and has to change them");
          }
        }
      }
    }
  }

  private static ResultSet told(PreparedStatement statement, boolean asks) throws SQLException {
    if (!asks) {
      throw new SQLException("it changes rows, and has to ask for them");
    }
    return statement.getResultSet();
  }

  /** No row has no id. */
  private Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("id", null);
    values.put("batch", 1);
    values.put("count", OutboxTable.FIRST_PIECE);
    values.put("start", 1);
    values.put("owner", "check");
    values.put("lease", outbox.lease().toSeconds());
    values.put("attempt", 1);
    values.put("document", "check");
    values.put("state", "TAKEN");
    values.put("outcome", "PLANNED");
    values.put("change", 0);
    values.put("name", "check");
    values.put("content", "{}");
    return values;
  }

  private static boolean isConstraint(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.startsWith("23");
  }
}
