package io.markbridge.outbox;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the site's statement {@code due.sql} has which column: by name, in any order. */
final class DueColumns {
  private static final String GIVEN = "given.";
  private static final String MADE_AT = "made_at";

  private final OutboxDatabase database;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final Map<String, Integer> given = new LinkedHashMap<>();

  DueColumns(ResultSetMetaData told, OutboxDatabase database) throws SQLException {
    this.database = database;
    for (int column = 1; column <= told.getColumnCount(); column++) {
      String label = told.getColumnLabel(column);
      if (label.startsWith(GIVEN)) {
        given.put(label.substring(GIVEN.length()), column);
      } else {
        columns.put(label.toLowerCase(Locale.ROOT), column);
      }
    }
    for (String needed : new String[] {"id", "attempts", "payload_size", "piece"}) {
      if (!columns.containsKey(needed)) {
        throw new SQLException("it gives no column " + needed);
      }
    }
  }

  OutboxRow read(ResultSet row) throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> one : given.entrySet()) {
      Optional<String> value = text(row, one.getValue());
      value.ifPresent(told -> values.put(one.getKey(), told));
    }
    return new OutboxRow(
        row.getString(columns.get("id")),
        text(row, columns.get("legacy_key")),
        text(row, columns.get("account")),
        text(row, columns.get("product_group")),
        text(row, columns.get("kind")),
        text(row, columns.get("request")),
        values,
        madeAt(row),
        row.getLong(columns.get("attempts")) + 1,
        row.getLong(columns.get("payload_size")),
        Piece.of(row, columns.get("piece"), OutboxTable.FIRST_PIECE, database));
  }

  /** A number: of a time without a zone nobody knows which one is meant. */
  private Optional<Long> madeAt(ResultSet row) throws SQLException {
    Integer column = columns.get(MADE_AT);
    Object value = column == null ? null : row.getObject(column);
    if (value != null && !(value instanceof Number)) {
      throw new SQLException(
          "column " + MADE_AT + " has to hold milliseconds since 1970, as a number");
    }
    return Optional.ofNullable((Number) value).map(Number::longValue);
  }

  /** Blank is not said: fixed-width columns are padded. */
  private static Optional<String> text(ResultSet row, Integer column) throws SQLException {
    return column == null
        ? Optional.empty()
        : Optional.ofNullable(row.getString(column)).map(String::strip).filter(t -> !t.isEmpty());
  }
}
