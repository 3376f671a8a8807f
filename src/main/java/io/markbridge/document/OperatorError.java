package io.markbridge.document;

import java.util.Optional;

/**
 * One error as the operator told it. There is no public directory of codes, so code and text stay
 * as they came (change table G6).
 *
 * @param code the operator's code as text, or empty
 * @param number the same code where it is a whole number
 * @param text the operator's own words, or empty
 * @param parameter the field or parameter that the operator named, or empty
 */
public record OperatorError(String code, Optional<Integer> number, String text, String parameter) {

  /** An error whose number is read from its code. */
  public static OperatorError of(String code, String text, String parameter) {
    return new OperatorError(code, wholeNumber(code), text, parameter);
  }

  /** Code and text in one line, as they came; empty where the operator said neither. */
  public String verbatim() {
    if (code.isEmpty() || code.equals(text)) {
      return text;
    }
    return text.isEmpty() ? code : code + ": " + text;
  }

  private static Optional<Integer> wholeNumber(String code) {
    try {
      return Optional.of(Integer.valueOf(code.strip()));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
