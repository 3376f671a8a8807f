package io.markbridge.sandbox;

/**
 * Something that came twice.
 *
 * @param value the content hash, code or unit
 * @param firstId the document that had it first
 * @param secondId the document that had it again
 */
public record Duplicate(Kind kind, String value, String firstId, String secondId) {

  /** What came twice: a whole document of equal content, a code, or a unit. */
  public enum Kind {
    ORDER,
    UTILISATION,
    AGGREGATION,
    CODE_REPORTED,
    CODE_PACKED,
    UNIT
  }
}
