package io.markbridge.journal;

/**
 * The journal could not be read or written. Whatever was being done is not done, and is done again.
 */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalException(String doing, Exception cause) {
    super(doing + ": " + cause.getMessage(), cause);
  }
}
