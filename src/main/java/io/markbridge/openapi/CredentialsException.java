package io.markbridge.openapi;

/** No credential can be had for a call. */
public final class CredentialsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean refused;

  /**
   * @param refused whether the operator said no; otherwise it could not be asked, or nothing is
   *     configured
   */
  public CredentialsException(String message, boolean refused) {
    super(message);
    this.refused = refused;
  }

  public boolean refused() {
    return refused;
  }
}
