package io.markbridge.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;

/**
 * The payload of a row, asked for piece by piece: drivers and databases hold a column's value whole
 * otherwise. The claim is renewed on the way.
 */
final class RowPayload extends InputStream {
  /** Characters: with what driver and text take, some 20 MB for a moment. */
  private static final long COUNT = 2 * 1024 * 1024;

  private final OutboxTable table;
  private final OutboxRow row;
  private Piece piece;
  private long start = 1;
  private int position;
  private long renewed = System.nanoTime();

  RowPayload(OutboxTable table, OutboxRow row) {
    this.table = table;
    this.row = row;
    this.piece = row.piece();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (position == piece.bytes().length) {
      if (piece.last()) {
        return -1;
      }
      next();
    }
    int count = Math.min(length, piece.bytes().length - position);
    System.arraycopy(piece.bytes(), position, target, offset, count);
    position += count;
    return count;
  }

  private void next() throws IOException {
    try {
      if (System.nanoTime() - renewed > table.outbox().lease().toNanos() / 3) {
        renewed = System.nanoTime();
        if (!table.renew(row)) {
          throw new RowLostException(row.id());
        }
      }
      start += piece.length();
      position = 0;
      // The one before is garbage now: there is room for only one.
      piece = new Piece(new byte[0], 0, false, true);
      piece = table.piece(row, start, COUNT);
    } catch (SQLException unreadable) {
      throw new RowUnreadableException(row.id(), unreadable);
    }
  }
}
