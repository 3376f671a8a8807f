package io.markbridge.step;

/**
 * Text from outside in a line of the log: a name with a line break must not forge a second line.
 */
final class LogText {
  private LogText() {}

  static String line(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?");
  }
}
