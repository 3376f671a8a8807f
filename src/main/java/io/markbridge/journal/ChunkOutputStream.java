package io.markbridge.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Stores what is written to it as an owner's chunks. Chunks are held back until {@link Batch} says
 * that there are enough for a commit, so that a small payload becomes part of the commit that
 * accepts it.
 */
final class ChunkOutputStream extends OutputStream {
  /**
   * Chunks of several payloads that are committed together, at most 8 MB: a larger transaction
   * blocks every other writer.
   */
  static final class Batch {
    private static final long LIMIT = 8L * 1024 * 1024;

    private final Database database;
    private final Database.Change first;
    private final List<Object[]> rows = new ArrayList<>();
    private long bytes;
    private boolean begun;

    Batch(Database database) {
      this(database, transaction -> {});
    }

    /**
     * @param first what comes before the first chunk, in its transaction
     */
    Batch(Database database, Database.Change first) {
      this.database = database;
      this.first = first;
    }

    private void add(String owner, long ordinal, byte[] chunk) {
      rows.add(Chunks.row(owner, ordinal, chunk));
      bytes += chunk.length;
      if (bytes >= LIMIT) {
        database.change(JournalCommit.STORE_PAYLOAD, this::flush);
        begun = true;
        rows.clear();
        bytes = 0;
      }
    }

    /**
     * Writes what is held back, as part of the given transaction. It stays held, since a
     * transaction that failed may be run again.
     */
    void flush(Transaction transaction) throws java.sql.SQLException {
      if (!begun) {
        first.run(transaction);
      }
      transaction.updateAll(Chunks.INSERT, rows);
    }
  }

  private final Batch batch;
  private final String owner;
  private final byte[] buffer;
  private final MessageDigest digest;
  private int filled;
  private long ordinal;
  private long size;
  private boolean closed;
  private String hash;

  ChunkOutputStream(Batch batch, String owner, int chunkSize) {
    this.batch = batch;
    this.owner = owner;
    this.buffer = new byte[chunkSize];
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    digest.update(bytes, offset, length);
    size += length;
    int position = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, buffer.length - filled);
      System.arraycopy(bytes, position, buffer, filled, count);
      filled += count;
      position += count;
      left -= count;
      if (filled == buffer.length) {
        storeChunk();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      if (filled > 0) {
        storeChunk();
      }
      hash = HexFormat.of().formatHex(digest.digest());
    }
  }

  private void storeChunk() throws IOException {
    try {
      batch.add(owner, ordinal++, Arrays.copyOf(buffer, filled));
      filled = 0;
    } catch (JournalException unwritable) {
      throw new IOException(unwritable);
    }
  }

  long size() {
    return size;
  }

  /** SHA-256 of all bytes, hexadecimal; after {@link #close()}. */
  String hash() {
    return hash;
  }
}
