package io.markbridge.journal;

import java.io.IOException;

/** The journal's file is not whole; the message tells what was found. */
public final class DamagedJournalException extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedJournalException(String message) {
    super(message);
  }
}
