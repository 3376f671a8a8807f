package io.markbridge.journal;

/** What became of an answer that was to be recorded. */
public enum Recorded {
  /** It is in the journal. */
  APPLIED,
  /**
   * It came too late: others have found out what happened, or have sent it again. It told nothing
   * that the journal does not know.
   */
  TOO_LATE,
  /**
   * It came too late and names something that the operator has made besides: a person must look.
   */
  MADE_ANOTHER
}
