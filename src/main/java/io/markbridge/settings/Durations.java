package io.markbridge.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 7d},
 * or ISO 8601.
 */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

  private Durations() {}

  /**
   * @throws IllegalArgumentException when the text is neither
   */
  public static Duration parse(String text) {
    Matcher matcher = SHORT.matcher(text.strip());
    if (!matcher.matches()) {
      try {
        return Duration.parse(text.strip());
      } catch (java.time.format.DateTimeParseException unreadable) {
        throw new IllegalArgumentException(
            "reading the duration '" + text + "': write it like 500ms, 10s, 5m, 2h or 7d",
            unreadable);
      }
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
