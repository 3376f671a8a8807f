package io.markbridge.mapping;

import io.markbridge.document.Problem;

/** What a source says about a field. */
sealed interface Outcome {

  /**
   * A value.
   *
   * @param source what filled it, for the timeline
   * @param path where it stands, for a problem with it
   */
  record Found(Value value, String source, String path) implements Outcome {}

  /** Nothing: ask the next source. */
  record Nothing() implements Outcome {}

  /** It depends on the marking code. */
  record PerCode() implements Outcome {}

  /** Nothing, and the field must stand: ask no other source. */
  record Missing() implements Outcome {}

  /** The field may be left out. */
  record NotNeeded() implements Outcome {}

  /** The document is wrong here. */
  record Refused(Problem problem) implements Outcome {}

  Outcome NOTHING = new Nothing();
  Outcome PER_CODE = new PerCode();
}
