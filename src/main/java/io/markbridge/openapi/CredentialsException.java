package io.markbridge.openapi;

/** No credential can be had for a call. */
public final class CredentialsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean refused;
  private final boolean outage;

  /**
   * @param refused whether the operator said no; otherwise it could not be asked, or nothing is
   *     configured
   */
  public CredentialsException(String message, boolean refused) {
    this(message, refused, false);
  }

  private CredentialsException(String message, boolean refused, boolean outage) {
    super(message);
    this.refused = refused;
    this.outage = outage;
  }

  /** The operator could not be asked, because its host does not answer. */
  public static CredentialsException ofOutage(String message) {
    return new CredentialsException(message, false, true);
  }

  public boolean refused() {
    return refused;
  }

  public boolean outage() {
    return outage;
  }
}
