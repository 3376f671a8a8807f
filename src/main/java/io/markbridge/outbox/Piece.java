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
 * @param length in the units in which pieces are asked for: characters as the database counts them,
 *     bytes of a column of bytes
 * @param binary whether the column holds bytes, whose character set the site knows
 * @param last whether nothing follows: it is shorter than what was asked for
 */
public record Piece(byte[] bytes, long length, boolean binary, boolean last) {
  private static final Piece NOTHING = new Piece(new byte[0], 0, false, true);

  static Piece of(ResultSet row, int column, long asked, OutboxDatabase database)
      throws SQLException {
    Object value = row.getObject(column);
    if (value instanceof byte[] bytes) {
      return binary(bytes, asked);
    }
    if (value instanceof Blob blob) {
      byte[] bytes = blob.getBytes(1, (int) blob.length());
      blob.free();
      return binary(bytes, asked);
    }
    if (value instanceof Clob clob) {
      String text = clob.getSubString(1, (int) clob.length());
      // Oracle keeps what a function made until the connection ends.
      clob.free();
      return text(text, asked, database);
    }
    return value == null ? NOTHING : text(row.getString(column), asked, database);
  }

  private static Piece binary(byte[] bytes, long asked) {
    return new Piece(bytes, bytes.length, true, bytes.length < asked);
  }

  /** A character that is cut in two by the end of the piece comes whole with the next one. */
  static Piece text(String text, long asked, OutboxDatabase database) {
    long length = database.length(text);
    boolean last = length < asked;
    if (!last && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
      return new Piece(utf8(text.substring(0, text.length() - 1)), length - 1, false, false);
    }
    return new Piece(utf8(text), length, false, last);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
