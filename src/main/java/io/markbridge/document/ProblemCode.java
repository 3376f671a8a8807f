package io.markbridge.document;

/**
 * What can be wrong with a legacy document before anything goes to the operator. The number is what
 * the legacy side sees as {@code errorCode}; the sentences stand in {@code
 * messages/problems_en.properties} and {@code problems_ru.properties} under the constant's name.
 */
public enum ProblemCode {
  /**
   * The bytes are no JSON: empty, truncated, trailing text, wrong encoding, too deep, too long a
   * value. Arguments: reason.
   */
  NOT_JSON(9001),
  /** A key stands twice in one object. */
  DUPLICATE_KEY(9002),
  /** Nothing tells which legacy request this is. */
  UNKNOWN_KIND(9003),
  /**
   * A legacy call that the bridge knows and does not serve (change table X7). Arguments: call,
   * instead.
   */
  CALL_NOT_SERVED(9004),
  /** A method and path that no legacy call has. Arguments: call, nearest (a known call). */
  CALL_UNKNOWN(9005),
  /** A row of an outbox that cannot become a document. Arguments: reason. */
  ROW_UNREADABLE(9006),
  /**
   * A required field is missing and no source gave it. Arguments: field, where (the files and
   * settings that could say it), and code (place of the first code that lacks it) where it depends
   * on codes.
   */
  FIELD_REQUIRED(9101),
  /** A field has a type or form that cannot be read. Arguments: value, expected. */
  FIELD_MALFORMED(9102),
  /** A value outside its list. Arguments: value, allowed. */
  VALUE_NOT_ALLOWED(9103),
  /** A field nobody knows, where the site chose to reject those. */
  FIELD_UNKNOWN(9104),
  /**
   * Two sources contradict each other. Arguments: first, second, and where they are known code
   * (place of the first code of which they say different things) and where (what would decide).
   */
  VALUES_CONTRADICT(9105),
  /** No row of a directory maps a value. Arguments: value, file. */
  NOT_IN_DIRECTORY(9106),
  /** A marking code that no rule reads or repairs. Arguments: index, position, reason. */
  CODE_MALFORMED(9201),
  /** A code stands twice. Arguments: first, second (both places). */
  CODE_TWICE(9202),
  /** Aggregation units contain each other. Arguments: first, second. */
  UNIT_CYCLE(9203),
  /** More than the operator takes and cannot be split. Arguments: count, limit. */
  OVER_LIMIT(9204),
  /** Which account a document belongs to cannot be told. Arguments: accounts. */
  ACCOUNT_UNKNOWN(9301),
  /** The product group cannot be told. */
  GROUP_UNKNOWN(9302),
  /** No account is set for the one that a document names. Arguments: field, id, accounts. */
  ACCOUNT_NOT_SET(9303),
  /** Looks equal to an earlier document; a person decides. Arguments: document. */
  EQUAL_TO_EARLIER(9401),
  /** An id that neither the journal nor the operator knows. Arguments: id. */
  ID_UNKNOWN(9402),
  /**
   * Never sent; a person does elsewhere what it says, and ends it then (X7). Arguments: call,
   * document.
   */
  HELD_FOR_PERSON(9403),
  /**
   * The bridge cannot go on by itself, and a person looks at it. Arguments: reason, command (what
   * goes on with it).
   */
  PARKED(9404),
  /**
   * Not sent, since a document that it needs was refused: the report of its codes, its order.
   * Arguments: kind, document, file, reason.
   */
  PREREQUISITE_REFUSED(9405),
  /**
   * Not sent, since a document that it needs came to no end in time. Arguments: kind, document,
   * file.
   */
  PREREQUISITE_LATE(9406),
  /** Units of a document were not sent, since smaller units of it that they hold were refused. */
  UNITS_REFUSED(9407),
  /** An order that is known has no such GTIN or item. Arguments: id (with what it is), order. */
  NOT_IN_ORDER(9408),
  /** The operator refused or failed; its own code and text stand beside. Arguments: reason. */
  OPERATOR_REFUSED(9501),
  /** The bridge could not do it. Arguments: reason. */
  BRIDGE_FAILED(9901),
  /** A setting of the bridge is wrong. Arguments: setting, value. */
  SETTING_WRONG(9902);

  private final int number;

  ProblemCode(int number) {
    this.number = number;
  }

  /** The legacy {@code errorCode}. */
  public int number() {
    return number;
  }
}
