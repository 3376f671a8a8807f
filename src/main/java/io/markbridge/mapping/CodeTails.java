package io.markbridge.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows {@code 01}+GTIN+{@code 21} in a code of goods: a serial number, and after a group
 * separator the price of a tobacco block (8005), a verification key (91), its signature (92) or a
 * short check (93). Serial lengths are those in use (6 milk, 7 tobacco and alcohol, 13 most, 20
 * appliances); others are read too, but never used to guess where a lost separator was.
 */
final class CodeTails {
  private static final char GS = MarkingCode.GROUP_SEPARATOR;
  private static final String WRITTEN = "<GS>";
  private static final int LONGEST_SERIAL = 20;
  private static final int LONGEST_GROUP = 92;

  /** A known tail: its parts, each introduced by an identifier, with the length of its value. */
  private record Tail(String[] identifiers, int[] lengths) {}

  private static final int[] SERIALS = {6, 7, 13, 20};
  private static final Tail[] TAILS = {
    new Tail(new String[] {"93"}, new int[] {4}),
    new Tail(new String[] {"91", "92"}, new int[] {4, 44}),
    new Tail(new String[] {"91", "92"}, new int[] {4, 88}),
    new Tail(new String[] {"8005"}, new int[] {6}),
    new Tail(new String[] {"8005", "93"}, new int[] {6, 4}),
  };

  private CodeTails() {}

  /** Where and why a text is no serial with tail. */
  record Defect(int position, String reason) {}

  /** The first defect, or null where the text is well formed. */
  static Defect defect(String rest) {
    int end = rest.indexOf(GS);
    int serial = end < 0 ? rest.length() : end;
    if (serial == 0) {
      return new Defect(0, "serial");
    }
    if (serial > LONGEST_SERIAL) {
      return new Defect(LONGEST_SERIAL, end < 0 ? "separator" : "serial");
    }
    int start = serial + 1;
    boolean key = false;
    while (start <= rest.length() && end >= 0) {
      int next = rest.indexOf(GS, start);
      int stop = next < 0 ? rest.length() : next;
      String group = rest.substring(start, stop);
      boolean signatureWithoutKey = group.startsWith("92") && !key;
      if (!isGroup(group) || signatureWithoutKey) {
        return new Defect(start, "tail");
      }
      key = group.startsWith("91");
      end = next;
      start = stop + 1;
    }
    return null;
  }

  private static boolean isGroup(String group) {
    if (group.startsWith("8005")) {
      return group.length() == 10 && MarkingCodeReader.isDigits(group, 4, 10);
    }
    boolean known =
        group.startsWith("91")
            || group.startsWith("92")
            || group.startsWith("93")
            || group.startsWith("240");
    return known
        && group.length() > 3
        && group.length() <= LONGEST_GROUP
        && !joinsKeyAndSignature(group);
  }

  /** {@code 91xxxx92…} in one group: the separator between key and signature was lost. */
  private static boolean joinsKeyAndSignature(String group) {
    boolean length = group.length() == 6 + 46 || group.length() == 6 + 90;
    return length && group.startsWith("91") && group.startsWith("92", 6);
  }

  /**
   * {@code <GS>} is made of legal characters, so it is replaced only where a known shape comes of
   * it.
   */
  static Optional<String> withWrittenSeparator(String rest) {
    if (!rest.contains(WRITTEN)) {
      return Optional.empty();
    }
    String replaced = rest.replace(WRITTEN, String.valueOf(GS));
    boolean known = readings(replaced.replace(String.valueOf(GS), ""), replaced).contains(replaced);
    return known ? Optional.of(replaced) : Optional.empty();
  }

  /**
   * The text with its lost separators, where exactly one known shape has this length, these
   * identifiers in their places, and every separator that is still there.
   */
  static Optional<String> withLostSeparator(String rest) {
    int separator = rest.indexOf(GS);
    boolean plainSerial = separator < 0 && isUsualSerial(rest.length());
    if (plainSerial) {
      return Optional.empty();
    }
    if (separator >= 0 && isUsualSerial(separator) && defect(rest) == null) {
      return Optional.empty();
    }
    List<String> readings = readings(rest.replace(String.valueOf(GS), ""), rest);
    boolean certain = readings.size() == 1 && !readings.get(0).equals(rest);
    return certain ? Optional.of(readings.get(0)) : Optional.empty();
  }

  /** Lengths of serial numbers that plants use, the self-made ones (5, 12) among them. */
  private static boolean isUsualSerial(int length) {
    return length == 5
        || length == 6
        || length == 7
        || length == 12
        || length == 13
        || length == LONGEST_SERIAL;
  }

  private static List<String> readings(String bare, String damaged) {
    List<String> readings = new ArrayList<>(1);
    for (int serial : SERIALS) {
      for (Tail tail : TAILS) {
        String reading = reading(bare, serial, tail);
        if (reading != null && keepsSeparators(damaged, reading)) {
          readings.add(reading);
        }
      }
    }
    return readings;
  }

  private static String reading(String bare, int serial, Tail tail) {
    int length = serial;
    for (int part = 0; part < tail.lengths().length; part++) {
      length += tail.identifiers()[part].length() + tail.lengths()[part];
    }
    if (length != bare.length()) {
      return null;
    }
    StringBuilder reading = new StringBuilder(bare.substring(0, serial));
    int position = serial;
    for (int part = 0; part < tail.lengths().length; part++) {
      String identifier = tail.identifiers()[part];
      int stop = position + identifier.length() + tail.lengths()[part];
      boolean price = identifier.equals("8005");
      if (!bare.startsWith(identifier, position)
          || (price && !MarkingCodeReader.isDigits(bare, position, stop))) {
        return null;
      }
      reading.append(GS).append(bare, position, stop);
      position = stop;
    }
    return reading.toString();
  }

  /** Whether leaving some separators out of the reading gives the damaged text. */
  private static boolean keepsSeparators(String damaged, String reading) {
    int at = 0;
    for (int index = 0; index < reading.length(); index++) {
      char expected = reading.charAt(index);
      if (at < damaged.length() && damaged.charAt(at) == expected) {
        at++;
      } else if (expected != GS) {
        return false;
      }
    }
    return at == damaged.length();
  }
}
