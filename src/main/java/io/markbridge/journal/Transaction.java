package io.markbridge.journal;

import io.markbridge.crash.CrashSwitch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The statements of one transaction, with positional parameters: text, Long, Integer, Boolean,
 * byte[], Optional or null.
 */
public final class Transaction {
  private final Connection connection;
  private final Dialect dialect;
  private final Set<String> touched = new LinkedHashSet<>();

  Transaction(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** For crash tests: keys of the rows that it dealt with, among other words. */
  Set<String> touched() {
    return touched;
  }

  /** Runs a statement; gives the number of rows that it changed. */
  public int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /** Runs a statement without parameters to its end, whatever it gives. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Runs one statement for many rows. */
  public void updateAll(String sql, Iterable<Object[]> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
        if (++waiting == 500) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        statement.executeBatch();
      }
    }
  }

  /** All rows of a query, or of a statement with {@code returning}. */
  public <T> List<T> list(String sql, Row<T> row, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> list = new ArrayList<>();
        while (rows.next()) {
          if (CrashSwitch.active()) {
            touch(rows.getObject(1));
          }
          list.add(row.read(rows));
        }
        return list;
      }
    }
  }

  /** The first row, if there is one. */
  public <T> Optional<T> first(String sql, Row<T> row, Object... parameters) throws SQLException {
    List<T> list = list(sql, row, parameters);
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(0));
  }

  /** The number in the first column of the first row. */
  public long count(String sql, Object... parameters) throws SQLException {
    return first(sql, rows -> rows.getLong(1), parameters).orElse(0L);
  }

  /** Holds a name until this transaction ends; see {@link Dialect#lock}. */
  void lock(String name) throws SQLException {
    dialect.lock(this, name);
  }

  private void touch(Object value) {
    if (CrashSwitch.active() && value instanceof String text && text.matches("\\S{1,100}")) {
      touched.add(text);
    }
  }

  private void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int index = 0; index < parameters.length; index++) {
      Object value =
          parameters[index] instanceof Optional<?> optional
              ? optional.orElse(null)
              : parameters[index];
      touch(value);
      if (value instanceof byte[] bytes) {
        statement.setBytes(index + 1, bytes);
      } else if (value instanceof Enum<?> constant) {
        statement.setString(index + 1, constant.name());
      } else if (value instanceof String text) {
        statement.setString(index + 1, dialect.text(text));
      } else {
        statement.setObject(index + 1, value);
      }
    }
  }
}
