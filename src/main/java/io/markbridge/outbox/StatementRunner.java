package io.markbridge.outbox;

import io.agroal.api.AgroalDataSource;
import io.markbridge.outbox.Statements.Name;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Runs the statements of one outbox over its connections; what fails says which one it was. */
final class StatementRunner implements AutoCloseable {
  private static final int SECONDS_TO_ANSWER = 5;

  private final Statements statements;
  private final AgroalDataSource source;

  StatementRunner(Statements statements, AgroalDataSource source) {
    this.statements = statements;
    this.source = source;
  }

  /** Something to do over a connection. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** What to make of the rows of a query. */
  interface Reading<T> {
    T read(ResultSet rows) throws SQLException;
  }

  <T> T connected(Work<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return work.run(connection);
    }
  }

  <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        // SQLite keeps its write lock on an idle connection that was left without auto-commit.
        connection.setAutoCommit(true);
        return result;
      } catch (SQLException | RuntimeException | Error failure) {
        rollBack(connection, failure);
        throw failure;
      }
    }
  }

  private static void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException broken) {
      failure.addSuppressed(broken);
    }
  }

  /** How many rows it changed. */
  int update(Connection connection, Name name, Map<String, ?> values) throws SQLException {
    NamedStatement named = statements.get(name);
    try (PreparedStatement statement = connection.prepareStatement(named.sql())) {
      named.bind(statement, values);
      return statement.executeUpdate();
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  /** The same statement several times, in one round to the database. */
  int[] updateAll(Connection connection, Name name, List<Map<String, Object>> all)
      throws SQLException {
    NamedStatement named = statements.get(name);
    try (PreparedStatement statement = connection.prepareStatement(named.sql())) {
      for (Map<String, Object> values : all) {
        named.bind(statement, values);
        statement.addBatch();
      }
      return statement.executeBatch();
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  /**
   * @param most rows, however many there are
   */
  <T> T query(Connection connection, Name name, Map<String, ?> values, int most, Reading<T> reading)
      throws SQLException {
    NamedStatement named = statements.get(name);
    try (PreparedStatement statement = connection.prepareStatement(named.sql())) {
      named.bind(statement, values);
      statement.setMaxRows(most);
      try (ResultSet rows = statement.executeQuery()) {
        return reading.read(rows);
      }
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  /** A broken connection (classes 08 and 57P) is no fault of the statement. */
  private SQLException failed(Name name, SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P"))
        ? failure
        : StatementException.of(statements.file(name), failure);
  }

  /** Whether the database answers. */
  boolean answers() {
    try (Connection connection = source.getConnection()) {
      return connection.isValid(SECONDS_TO_ANSWER);
    } catch (SQLException unreachable) {
      return false;
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
