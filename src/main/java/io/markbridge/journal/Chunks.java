package io.markbridge.journal;

import io.markbridge.document.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Optional;

/** Payloads in pieces, so that no document is ever held whole. */
public final class Chunks {
  /**
   * Small enough to hold several at once in a small heap, large enough that 1 GB is some thousand
   * rows.
   */
  static final int SIZE = 256 * 1024;

  static final String INSERT =
      "insert into chunks (owner_id, ordinal, bytes, document_id) values (?, ?, ?, ?)";

  private static final int ID_LENGTH = 36;

  private final Database database;

  Chunks(Database database) {
    this.database = database;
  }

  /** The payload of an owner, skipping its first bytes. */
  public Payload payload(String owner, long size, long skip) {
    return new Payload() {
      @Override
      public InputStream open() throws IOException {
        InputStream stream = new ChunkInputStream(Chunks.this, owner);
        stream.skipNBytes(skip);
        return stream;
      }

      @Override
      public long size() {
        return size - skip;
      }
    };
  }

  /** The payload of an owner, whose size is looked up. */
  public Payload payload(String owner) {
    long size =
        database.read(
            "measuring a payload",
            transaction ->
                transaction.count(
                    "select sum(length(bytes)) from chunks where owner_id = ?", owner));
    return payload(owner, size, 0);
  }

  Optional<byte[]> read(String owner, long ordinal) {
    return database.read(
        "reading a payload",
        transaction ->
            transaction.first(
                "select bytes from chunks where owner_id = ? and ordinal = ?",
                row -> row.getBytes(1),
                owner,
                ordinal));
  }

  static void write(Transaction transaction, String owner, long ordinal, byte[] bytes)
      throws SQLException {
    transaction.update(INSERT, row(owner, ordinal, bytes));
  }

  /** The parameters of {@link #INSERT}; every owner's id begins with its document's. */
  static Object[] row(String owner, long ordinal, byte[] bytes) {
    return new Object[] {owner, ordinal, bytes, owner.substring(0, ID_LENGTH)};
  }

  static void remove(Transaction transaction, String owner) throws SQLException {
    transaction.update("delete from chunks where owner_id = ?", owner);
  }
}
