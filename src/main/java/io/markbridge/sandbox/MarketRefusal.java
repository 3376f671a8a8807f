package io.markbridge.sandbox;

/** A call that the marketplace refuses. */
final class MarketRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  MarketRefusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static MarketRefusal badRequest(String message) {
    return new MarketRefusal(400, "BAD_REQUEST", message);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
