package io.markbridge.outbox;

import java.io.IOException;
import java.sql.SQLException;

/** The database did not give the payload of a row. */
public final class RowUnreadableException extends IOException {
  private static final long serialVersionUID = 1L;

  RowUnreadableException(String row, SQLException cause) {
    super("reading the payload of row " + row + ": " + cause.getMessage(), cause);
  }
}
