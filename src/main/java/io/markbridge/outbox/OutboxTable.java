package io.markbridge.outbox;

import io.agroal.api.AgroalDataSource;
import io.markbridge.outbox.Statements.Name;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of one outbox, as one bridge works on it. A row is claimed in a short transaction and
 * belongs to who claimed it until its lease ends; when the bridge has its document, a second short
 * transaction says so, unless another bridge has claimed the row meanwhile.
 */
public final class OutboxTable implements AutoCloseable {
  /** Most documents are smaller: their whole payload comes with the claim. */
  static final long FIRST_PIECE = 8 * 1024;

  private final Outbox outbox;
  private final String owner;
  private final Statements statements;
  private final AgroalDataSource source;

  /**
   * @param owner this process, unlike every other one
   * @throws IOException when its statements cannot be read
   * @throws SQLException when there is no driver for its address; the database need not be there
   */
  public OutboxTable(Outbox outbox, SiteFiles files, String owner)
      throws IOException, SQLException {
    this.outbox = outbox;
    this.owner = owner;
    this.statements = new Statements(files, OutboxDatabase.of(outbox.url()), outbox.statements());
    this.source = OutboxConnections.open(outbox);
  }

  public Outbox outbox() {
    return outbox;
  }

  /**
   * Claims rows that are due: at most a batch, in their order, and none while an earlier one of its
   * key is not taken.
   */
  public List<OutboxRow> claim() throws SQLException {
    return inTransaction(
        connection -> {
          List<OutboxRow> rows = due(connection);
          if (rows.isEmpty()) {
            return rows;
          }
          NamedStatement claim = statements.get(Name.CLAIM);
          try (PreparedStatement statement = connection.prepareStatement(claim.sql())) {
            for (OutboxRow row : rows) {
              claim.bind(
                  statement,
                  Map.of("id", row.id(), "owner", owner, "lease", outbox.lease().toSeconds()));
              statement.addBatch();
            }
            statement.executeBatch();
          }
          return rows;
        });
  }

  private List<OutboxRow> due(Connection connection) throws SQLException {
    NamedStatement due = statements.get(Name.DUE);
    try (PreparedStatement statement = connection.prepareStatement(due.sql())) {
      due.bind(statement, Map.of("batch", outbox.batch(), "count", FIRST_PIECE));
      statement.setMaxRows(outbox.batch());
      List<OutboxRow> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        DueColumns columns = new DueColumns(found.getMetaData());
        while (found.next()) {
          rows.add(columns.read(found));
        }
      }
      return rows;
    }
  }

  /**
   * The whole payload of a row; the claim is renewed while it is read.
   *
   * @return a stream that throws {@link RowLostException} when another bridge has claimed the row
   */
  public InputStream payload(OutboxRow row) {
    return new RowPayload(this, row);
  }

  /** Whether the whole payload came with the claim. */
  public static boolean isWhole(OutboxRow row) {
    return row.piece().isLast(FIRST_PIECE);
  }

  Piece piece(OutboxRow row, long start, long count) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return first(
              connection,
              Name.PAYLOAD,
              Map.of("id", row.id(), "start", start, "count", count),
              found -> Piece.of(found, 1))
          .orElseThrow(() -> new SQLException("the row is gone"));
    }
  }

  /** Prolongs the claim of a row; false where another bridge has claimed it. */
  public boolean renew(OutboxRow row) throws SQLException {
    return inTransaction(
        connection ->
            update(
                    connection,
                    Name.RENEW,
                    Map.of(
                        "id",
                        row.id(),
                        "owner",
                        owner,
                        "attempt",
                        row.attempt(),
                        "lease",
                        outbox.lease().toSeconds()))
                > 0);
  }

  /**
   * Says of claimed rows that the bridge has them.
   *
   * @param documents by row
   * @return the documents that count: the others' rows were claimed by another bridge meanwhile
   */
  public List<String> taken(Map<OutboxRow, String> documents) throws SQLException {
    return inTransaction(
        connection -> {
          NamedStatement taken = statements.get(Name.TAKEN);
          List<String> counting = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(taken.sql())) {
            for (Map.Entry<OutboxRow, String> one : documents.entrySet()) {
              OutboxRow row = one.getKey();
              taken.bind(
                  statement,
                  Map.of(
                      "id",
                      row.id(),
                      "owner",
                      owner,
                      "attempt",
                      row.attempt(),
                      "document",
                      one.getValue()));
              statement.addBatch();
            }
            int[] changed = statement.executeBatch();
            int index = 0;
            for (String document : documents.values()) {
              // Where a driver gives no number, the row is asked later.
              if (changed[index++] > 0) {
                counting.add(document);
              }
            }
          }
          return counting;
        });
  }

  /** What has become of a row. */
  public sealed interface Fate {
    /** Nobody has taken it yet. */
    record Open() implements Fate {}

    /** It was taken as this document, perhaps of another bridge. */
    record Taken(String document) implements Fate {}

    /** The legacy system has removed it. */
    record Gone() implements Fate {}
  }

  /** What has become of rows, by id. */
  public Map<String, Fate> fates(Collection<String> rows) throws SQLException {
    Map<String, Fate> fates = new LinkedHashMap<>();
    try (Connection connection = source.getConnection()) {
      for (String row : rows) {
        Optional<Fate> fate =
            first(connection, Name.ROW, Map.of("id", row), found -> fate(found.getString(1)));
        fates.put(row, fate.orElseGet(Fate.Gone::new));
      }
    }
    return fates;
  }

  private static Fate fate(String document) {
    return document == null || document.isEmpty() ? new Fate.Open() : new Fate.Taken(document);
  }

  /** Writes answers into their rows, all or none. */
  public void answer(List<RowAnswer> answers) throws SQLException {
    inTransaction(
        connection -> {
          NamedStatement answer = statements.get(Name.ANSWER);
          try (PreparedStatement statement = connection.prepareStatement(answer.sql())) {
            for (RowAnswer one : answers) {
              Map<String, Object> values = new HashMap<>();
              values.put("id", one.row());
              values.put("document", one.document());
              values.put("state", one.ended() ? "ENDED" : "TAKEN");
              values.put("outcome", one.outcome());
              values.put("reply", one.reply().orElse(null));
              values.put("status", one.status().orElse(null));
              values.put("error", one.error().orElse(null));
              values.put("change", one.change());
              answer.bind(statement, values);
              statement.addBatch();
            }
            return statement.executeBatch();
          }
        });
  }

  /**
   * Writes codes of an order; writing them again changes nothing.
   *
   * @param name such as {@code codes-04780001000015-1}
   * @param content JSON text
   */
  public void codes(String row, String document, String name, String content) throws SQLException {
    inTransaction(
        connection ->
            update(
                connection,
                Name.CODES,
                Map.of("id", row, "document", document, "name", name, "content", content)));
  }

  /** Whether the database answers: a failure was one row's, not everyone's. */
  public boolean answers() {
    try (Connection connection = source.getConnection()) {
      return connection.isValid(5);
    } catch (SQLException unreachable) {
      return false;
    }
  }

  @Override
  public void close() {
    source.close();
  }

  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
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

  private int update(Connection connection, Name name, Map<String, ?> values) throws SQLException {
    NamedStatement named = statements.get(name);
    try (PreparedStatement statement = connection.prepareStatement(named.sql())) {
      named.bind(statement, values);
      return statement.executeUpdate();
    }
  }

  private <T> Optional<T> first(
      Connection connection, Name name, Map<String, ?> values, Reading<T> reading)
      throws SQLException {
    NamedStatement named = statements.get(name);
    try (PreparedStatement statement = connection.prepareStatement(named.sql())) {
      named.bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(reading.read(rows)) : Optional.empty();
      }
    }
  }
}
