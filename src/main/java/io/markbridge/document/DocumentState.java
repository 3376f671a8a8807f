package io.markbridge.document;

/** Where a document stands. Every change is a commit of the journal. */
public enum DocumentState {
  /** Its bytes are being stored; nothing is promised yet, and a restart removes it. */
  RECEIVING(false),
  /** Stored in full: from here on it cannot be lost. */
  RECEIVED(false),
  /** Its submissions are planned and under way. */
  PLANNED(false),
  /** Waits for a person: it looks like an earlier document. */
  HELD(false),
  /** Waits for a person: the bridge cannot decide or go on. */
  PARKED(false),
  /** The operator accepted all of it, or it needed no sending. */
  DONE(true),
  /** The operator accepted a part of it. */
  PARTLY_DONE(true),
  /** Refused, by the bridge or by the operator. */
  REJECTED(true);

  private final boolean terminal;

  DocumentState(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether nothing more happens without a person. */
  public boolean terminal() {
    return terminal;
  }
}
