package io.markbridge.mapping;

import java.util.List;
import java.util.Map;

/**
 * A JSON value as it was written: numbers keep every digit, and null does not occur (on the legacy
 * wire it means absent).
 */
sealed interface Value {

  /** A string, number or boolean; {@code text} is what a reader sees, without quotes. */
  sealed interface Scalar extends Value {
    String text();
  }

  /** A string. */
  record Text(String text) implements Scalar {}

  /** A number, digit by digit. */
  record Digits(String text) implements Scalar {}

  /** A boolean. */
  record Flag(boolean on) implements Scalar {
    @Override
    public String text() {
      return Boolean.toString(on);
    }
  }

  /** An array. */
  record Items(List<Value> items) implements Value {}

  /** An object. */
  record Fields(Map<String, Value> fields) implements Value {}

  /** What a person is shown of a value that has the wrong form. */
  static String describe(Value value) {
    if (value instanceof Scalar scalar) {
      return scalar.text();
    }
    return value instanceof Items ? "[…]" : "{…}";
  }
}
