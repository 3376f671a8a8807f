package io.markbridge.cli;

/** Says why something failed in one line. */
public final class Causes {
  private Causes() {}

  /** The first line of the message, or the kind of failure where it has none. */
  public static String told(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getCause() == null
          ? failure.getClass().getSimpleName()
          : told(failure.getCause());
    }
    return message.lines().findFirst().orElse(message).strip();
  }
}
