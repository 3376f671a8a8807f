package io.markbridge.outbox;

import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A part of a payload as a column gave it.
 *
 * @param bytes a text's in UTF-8
 * @param length in the units in which pieces are asked for: characters of a text, bytes otherwise
 * @param binary whether the column holds bytes, whose character set the site knows
 */
public record Piece(byte[] bytes, long length, boolean binary) {
  private static final Piece NOTHING = new Piece(new byte[0], 0, false);

  static Piece of(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    if (value instanceof byte[] bytes) {
      return new Piece(bytes, bytes.length, true);
    }
    if (value instanceof Blob blob) {
      byte[] bytes = blob.getBytes(1, (int) blob.length());
      return new Piece(bytes, bytes.length, true);
    }
    if (value instanceof Clob clob) {
      return text(clob.getSubString(1, (int) clob.length()));
    }
    return value == null ? NOTHING : text(row.getString(column));
  }

  private static Piece text(String text) {
    return new Piece(
        text.getBytes(StandardCharsets.UTF_8), text.codePointCount(0, text.length()), false);
  }

  /** Whether nothing can follow where so much was asked for. */
  boolean isLast(long asked) {
    return length < asked;
  }
}
