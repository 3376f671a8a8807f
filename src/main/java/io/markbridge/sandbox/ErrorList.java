package io.markbridge.sandbox;

import java.util.Arrays;

/**
 * Errors of one document, eight bytes each: verdict, unit and place of the code, both from 0. A
 * unit or place of {@link #WHOLE} means the whole document or the whole unit.
 */
final class ErrorList {
  static final int WHOLE = (1 << 28) - 1;

  private long[] errors = new long[0];
  private int size;

  void add(CodeVerdict verdict, int unit, int place) {
    if (size == errors.length) {
      errors = Arrays.copyOf(errors, Math.max(4, size * 2));
    }
    errors[size++] = ((long) verdict.ordinal() << 56) | ((long) unit << 28) | place;
  }

  int size() {
    return size;
  }

  CodeVerdict verdict(int index) {
    return CodeVerdict.values()[(int) (errors[index] >>> 56)];
  }

  int unit(int index) {
    return (int) (errors[index] >>> 28) & WHOLE;
  }

  int place(int index) {
    return (int) errors[index] & WHOLE;
  }

  /** The verdict on one code; on its unit or document where they are wrong as a whole. */
  CodeVerdict on(int unit, int place) {
    for (int index = 0; index < size; index++) {
      boolean sameUnit = unit(index) == unit || unit(index) == WHOLE;
      boolean samePlace = place(index) == place || place(index) == WHOLE;
      if (sameUnit && samePlace) {
        return verdict(index);
      }
    }
    return CodeVerdict.FINE;
  }

  /** The property that an error is about, such as {@code aggregationUnits[2].codes[5]}. */
  String property(int index, String codesName, boolean units) {
    StringBuilder property = new StringBuilder();
    if (units) {
      property.append("aggregationUnits");
      if (unit(index) == WHOLE) {
        return property.toString();
      }
      property.append('[').append(unit(index)).append("].");
      if (place(index) == WHOLE) {
        return property.append("unitSerialNumber").toString();
      }
    }
    property.append(codesName);
    return place(index) == WHOLE
        ? property.toString()
        : property.append('[').append(place(index)).append(']').toString();
  }
}
