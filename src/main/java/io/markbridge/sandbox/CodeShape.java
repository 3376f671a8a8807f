package io.markbridge.sandbox;

import java.util.ArrayList;
import java.util.List;

/**
 * What the shape of a code tells (Dictionaries of the contract).
 *
 * @param identity the code without crypto tail, under which its state is kept
 * @param full whether the crypto tail is there
 * @param readings the GTIN and serial it can mean: none for aggregates and own forms, two for the
 *     rare 21 characters that fit both a tobacco pack and a code with AIs
 */
record CodeShape(String identity, boolean full, List<Reading> readings) {
  private static final char GROUP_SEPARATOR = '\u001d';
  private static final int TOBACCO_SHORT = 21;
  private static final int TOBACCO_FULL = 29;
  private static final int LONGEST_SERIAL = 20;

  record Reading(String gtin, String serial) {}

  static CodeShape of(String code) {
    int separator = code.indexOf(GROUP_SEPARATOR);
    if (separator < 0 && code.length() == TOBACCO_FULL && digits(code, 0, 14)) {
      return new CodeShape(code.substring(0, TOBACCO_SHORT), true, List.of(tobacco(code)));
    }
    String head = separator < 0 ? code : code.substring(0, separator);
    boolean tail = separator >= 0 && hasTail(code, separator);
    List<Reading> readings = new ArrayList<>();
    boolean identifiers =
        head.length() > 18 && head.startsWith("01") && digits(head, 2, 16) && is21(head);
    if (identifiers) {
      String serial = head.substring(18);
      tail = tail || serial.length() > LONGEST_SERIAL;
      readings.add(new Reading(head.substring(2, 16), serial));
    }
    if (separator < 0 && code.length() == TOBACCO_SHORT && digits(code, 0, 14)) {
      readings.add(tobacco(code));
    }
    return new CodeShape(head, tail, List.copyOf(readings));
  }

  private static Reading tobacco(String code) {
    return new Reading(code.substring(0, 14), code.substring(14, TOBACCO_SHORT));
  }

  private static boolean hasTail(String code, int from) {
    for (int at = from; at >= 0; at = code.indexOf(GROUP_SEPARATOR, at + 1)) {
      if (code.startsWith("91", at + 1)
          || code.startsWith("92", at + 1)
          || code.startsWith("93", at + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean is21(String head) {
    return head.startsWith("21", 16);
  }

  private static boolean digits(String text, int from, int to) {
    for (int index = from; index < to; index++) {
      if (text.charAt(index) < '0' || text.charAt(index) > '9') {
        return false;
      }
    }
    return true;
  }
}
