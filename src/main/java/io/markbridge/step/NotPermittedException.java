package io.markbridge.step;

/** A claimed request may not leave now; nothing was sent. */
public class NotPermittedException extends Exception {
  private static final long serialVersionUID = 1L;

  public NotPermittedException(String reason) {
    super(reason);
  }
}
