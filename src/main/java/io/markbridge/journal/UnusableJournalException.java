package io.markbridge.journal;

import java.io.IOException;

/** The journal's file cannot be used; the message is what SQLite said, or what was found. */
public final class UnusableJournalException extends IOException {
  private static final long serialVersionUID = 1L;

  private final SqliteTrouble trouble;

  UnusableJournalException(SqliteTrouble trouble, String message, Throwable cause) {
    super(message, cause);
    this.trouble = trouble;
  }

  /** What has to be mended. */
  public SqliteTrouble trouble() {
    return trouble;
  }
}
