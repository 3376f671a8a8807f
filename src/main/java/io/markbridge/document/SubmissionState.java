package io.markbridge.document;

/** Where one request to the operator stands. */
public enum SubmissionState {
  /** Its body is being written; a restart removes it. */
  PREPARING(false),
  /** Waits for submissions of a lower level. */
  WAITING(false),
  /** To be sent, at its time. */
  PLANNED(false),
  /** Committed before the request leaves: after a crash nobody knows whether it arrived. */
  SENDING(false),
  /** The operator has taken it and works on it. */
  ACCEPTED(false),
  /**
   * Sent, with an effect, and the answer was lost: looked up or decided by a person, never sent
   * blindly.
   */
  IN_DOUBT(false),
  /** Waits for a person. */
  PARKED(false),
  DONE(true),
  PARTLY_DONE(true),
  REJECTED(true);

  private final boolean terminal;

  SubmissionState(boolean terminal) {
    this.terminal = terminal;
  }

  public boolean terminal() {
    return terminal;
  }
}
