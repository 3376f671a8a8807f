package io.markbridge.outbox;

import io.markbridge.outbox.Statements.Name;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The table of one outbox, as one bridge works on it. A row is claimed in a short transaction and
 * belongs to who claimed it until its lease ends; when the bridge has its document, a second short
 * transaction says so, unless another bridge has claimed the row meanwhile.
 *
 * <p>Where a statement fails, the exception is a {@link StatementException} that names it.
 */
public final class OutboxTable implements AutoCloseable {
  /** Most documents are smaller: their whole payload comes with the claim. */
  static final long FIRST_PIECE = 8 * 1024;

  private final Outbox outbox;
  private final String owner;
  private final OutboxDatabase database;
  private final StatementRunner statements;
  private final RefusedRows refused;

  /**
   * @param owner this process, unlike every other one
   * @throws IOException when its statements cannot be read
   * @throws SQLException when there is no driver for its address; the database need not be there
   */
  public OutboxTable(Outbox outbox, SiteFiles files, String owner)
      throws IOException, SQLException {
    this(outbox, files, owner, System::nanoTime);
  }

  /**
   * The same with a time of its own for the rows that are refused.
   *
   * @param nanos a time that never jumps
   */
  public OutboxTable(Outbox outbox, SiteFiles files, String owner, LongSupplier nanos)
      throws IOException, SQLException {
    this.outbox = outbox;
    this.owner = owner;
    this.database = OutboxDatabase.of(outbox.url());
    this.statements =
        new StatementRunner(
            new Statements(files, database, outbox.statements()), OutboxConnections.open(outbox));
    this.refused = new RefusedRows(outbox.lease(), nanos);
  }

  public Outbox outbox() {
    return outbox;
  }

  /**
   * Claims rows that are due: at most a batch, in their order, and none while an earlier one of its
   * key is not taken. A row whose claim the database refuses keeps no other waiting; it is {@link
   * #refused} and tried again after a lease.
   */
  public List<OutboxRow> claim() throws SQLException {
    List<OutboxRow> due = new ArrayList<>();
    try {
      claim(outbox.batch(), due);
      return due;
    } catch (SQLException together) {
      if (due.isEmpty() || !answers()) {
        throw together;
      }
      return claimOneByOne();
    }
  }

  private List<OutboxRow> claimOneByOne() throws SQLException {
    List<OutboxRow> claimed = new ArrayList<>();
    SQLException last = null;
    for (int number = 0; number < outbox.batch(); number++) {
      List<OutboxRow> due = new ArrayList<>();
      try {
        claim(1, due);
        claimed.addAll(due);
      } catch (SQLException failure) {
        if (due.isEmpty()) {
          throw failure;
        }
        last = failure;
        refuse(due.get(0), failure);
      }
      if (due.isEmpty()) {
        break;
      }
    }
    if (claimed.isEmpty() && last != null) {
      // Perhaps the statement fails for all rows: that is not tried as often as others.
      throw last;
    }
    return claimed;
  }

  /**
   * Claims all or none.
   *
   * @param due what was found, also where its claim fails
   */
  private void claim(int most, List<OutboxRow> due) throws SQLException {
    statements.inTransaction(
        connection -> {
          due.addAll(due(connection, most));
          List<Map<String, Object>> claims = new ArrayList<>();
          for (OutboxRow row : due) {
            claims.add(Map.of("id", row.id(), "owner", owner, "lease", outbox.lease().toSeconds()));
          }
          return claims.isEmpty() ? claims : statements.updateAll(connection, Name.CLAIM, claims);
        });
  }

  /** Rows that are due and may be tried, locked. */
  private List<OutboxRow> due(Connection connection, int most) throws SQLException {
    int all = most + refused.size();
    List<OutboxRow> rows =
        statements.query(
            connection,
            Name.DUE,
            Map.of("batch", all, "count", FIRST_PIECE),
            all,
            found -> {
              List<OutboxRow> read = new ArrayList<>();
              DueColumns columns = new DueColumns(found.getMetaData(), database);
              while (found.next()) {
                read.add(columns.read(found));
              }
              return read;
            });
    return rows.stream().filter(row -> !refused.rests(row.id())).limit(most).toList();
  }

  /** The database does not let the bridge change this row: claims pass over it for a lease. */
  public void refuse(OutboxRow row, SQLException why) {
    refused.add(row.id(), why);
  }

  /** Why the newest of the rows that the database does not let the bridge change is refused. */
  public Optional<SQLException> refused() {
    return refused.newest();
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
    return row.piece().last();
  }

  Piece piece(OutboxRow row, long start, long count) throws SQLException {
    return statements
        .connected(
            connection ->
                statements.query(
                    connection,
                    Name.PAYLOAD,
                    Map.of("id", row.id(), "start", start, "count", count),
                    1,
                    found ->
                        found.next()
                            ? Optional.of(Piece.of(found, 1, count, database))
                            : Optional.<Piece>empty()))
        .orElseThrow(() -> new SQLException("the row is gone"));
  }

  /** Prolongs the claim of a row; false where another bridge has claimed it. */
  public boolean renew(OutboxRow row) throws SQLException {
    Map<String, Object> values = fence(row);
    values.put("lease", outbox.lease().toSeconds());
    return statements.inTransaction(
        connection -> statements.update(connection, Name.RENEW, values) > 0);
  }

  /**
   * Says of claimed rows that the bridge has them, of all or of none.
   *
   * @param documents by row
   * @return the documents that count: the others' rows were claimed by another bridge meanwhile
   */
  public List<String> taken(Map<OutboxRow, String> documents) throws SQLException {
    List<Map<String, Object>> all = new ArrayList<>();
    documents.forEach(
        (row, document) -> {
          Map<String, Object> values = fence(row);
          values.put("document", document);
          all.add(values);
        });
    int[] changed =
        statements.inTransaction(connection -> statements.updateAll(connection, Name.TAKEN, all));
    List<String> counting = new ArrayList<>();
    int index = 0;
    for (String document : documents.values()) {
      // Where a driver gives no number, the row is asked later.
      if (changed[index++] > 0) {
        counting.add(document);
      }
    }
    return counting;
  }

  private Map<String, Object> fence(OutboxRow row) {
    Map<String, Object> values = new HashMap<>();
    values.put("id", row.id());
    values.put("owner", owner);
    values.put("attempt", row.attempt());
    return values;
  }

  /** What has become of a row. */
  public sealed interface Fate {
    /** Nobody has taken it yet. */
    record Open() implements Fate {}

    /** It was taken as this document, perhaps of another bridge. */
    record Taken(String document) implements Fate {}

    /** The legacy system has removed it. */
    record Gone() implements Fate {}

    /** The database does not say. */
    record Unknown(SQLException why) implements Fate {}
  }

  /** What has become of rows, by id. */
  public Map<String, Fate> fates(Collection<String> rows) throws SQLException {
    if (rows.isEmpty()) {
      return Map.of();
    }
    return statements.connected(
        connection -> {
          Map<String, Fate> fates = new LinkedHashMap<>();
          for (String row : rows) {
            fates.put(row, fate(connection, row));
          }
          return fates;
        });
  }

  private Fate fate(Connection connection, String row) throws SQLException {
    try {
      return statements.query(
          connection,
          Name.ROW,
          Map.of("id", row),
          1,
          found -> found.next() ? fate(found.getString(1)) : new Fate.Gone());
    } catch (StatementException failure) {
      if (!answers()) {
        throw failure;
      }
      return new Fate.Unknown(failure);
    }
  }

  private static Fate fate(String document) {
    return document == null || document.isEmpty() ? new Fate.Open() : new Fate.Taken(document);
  }

  /** Writes answers into their rows, all or none. */
  public void answer(List<RowAnswer> answers) throws SQLException {
    List<Map<String, Object>> all = new ArrayList<>();
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
      all.add(values);
    }
    statements.inTransaction(connection -> statements.updateAll(connection, Name.ANSWER, all));
  }

  /**
   * Writes codes of an order, once: never again, also where whoever reads them has removed them,
   * and never into a row that was taken again as another document.
   *
   * @param name such as {@code codes-04780001000015-1}
   * @param content JSON text
   */
  public void codes(String row, String document, String name, String content) throws SQLException {
    statements.inTransaction(
        connection -> {
          Map<String, String> given = Map.of("id", row, "document", document, "name", name);
          if (statements.update(connection, Name.GIVEN, given) > 0) {
            Map<String, String> codes = new HashMap<>(given);
            codes.put("content", content);
            statements.update(connection, Name.CODES, codes);
          }
          return null;
        });
  }

  /** Whether the database answers: a failure was one row's, or a statement's, not everyone's. */
  public boolean answers() {
    return statements.answers();
  }

  @Override
  public void close() {
    statements.close();
  }
}
