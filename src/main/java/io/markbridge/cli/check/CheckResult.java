package io.markbridge.cli.check;

import io.markbridge.cli.Tone;

/**
 * What was found out about one thing.
 *
 * @param subject what was looked at, such as {@code routes}
 * @param text how it is
 * @param advice what to do, or empty
 */
public record CheckResult(Level level, String subject, String text, String advice) {

  /** How grave it is. */
  public enum Level {
    OK(Tone.GOOD),
    /** The bridge runs, and something will not work. */
    WARNING(Tone.CAREFUL),
    /** The bridge does not start, or does something else than the site means. */
    ERROR(Tone.BAD);

    private final Tone tone;

    Level(Tone tone) {
      this.tone = tone;
    }

    Tone tone() {
      return tone;
    }
  }

  static CheckResult ok(String subject, String text) {
    return new CheckResult(Level.OK, subject, text, "");
  }

  static CheckResult warning(String subject, String text, String advice) {
    return new CheckResult(Level.WARNING, subject, text, advice);
  }

  static CheckResult error(String subject, String text, String advice) {
    return new CheckResult(Level.ERROR, subject, text, advice);
  }

  /** Nobody could log in where nobody can get. */
  static CheckResult notReached(String subject) {
    return error(subject, "nobody was logged in: it is not reached", "see its host above");
  }
}
