package io.markbridge.journal;

/** What a person asked for makes no sense as things stand; the message tells why and what does. */
public final class ReplayRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReplayRefusedException(String message) {
    super(message);
  }
}
