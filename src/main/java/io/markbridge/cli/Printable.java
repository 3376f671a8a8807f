package io.markbridge.cli;

import java.util.Locale;

/** Text from outside in a form that cannot harm a terminal or a log. */
public final class Printable {
  private Printable() {}

  /**
   * Control characters and those that change the direction of writing are told by number: a file
   * name must not move the cursor.
   */
  public static String line(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              boolean harmful =
                  Character.isISOControl(point)
                      || Character.getType(point) == Character.FORMAT
                      || Character.getType(point) == Character.LINE_SEPARATOR
                      || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                      || Character.getType(point) == Character.SURROGATE;
              if (harmful) {
                printable.append(String.format(Locale.ROOT, "\\u%04x", point));
              } else {
                printable.appendCodePoint(point);
              }
            });
    return printable.toString();
  }

  /** The same, not longer than so many characters. */
  public static String line(String text, int longest) {
    String printable = line(text.length() > 4 * longest ? text.substring(0, 4 * longest) : text);
    if (printable.codePointCount(0, printable.length()) <= longest
        && text.length() <= 4 * longest) {
      return printable;
    }
    int kept = Math.min(longest - 1, printable.codePointCount(0, printable.length()));
    return printable.substring(0, printable.offsetByCodePoints(0, kept)) + "…";
  }
}
