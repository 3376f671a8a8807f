package io.markbridge.outbox;

import java.io.IOException;

/** Another bridge has claimed the row while this one read its payload. */
public final class RowLostException extends IOException {
  private static final long serialVersionUID = 1L;

  RowLostException(String row) {
    super("row " + row + " was claimed by another bridge while its payload was read");
  }
}
