package io.markbridge.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people in the plant read them. */
public record PlantTime(ZoneOffset zone) {
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** For tables. */
  public String local(long milliseconds) {
    return SHORT.format(Instant.ofEpochMilli(milliseconds).atOffset(zone));
  }

  /** The title of a column of such times, with the zone that all of them are in. */
  public String title(String text) {
    return text + " (" + offset() + ")";
  }

  /** For a single time, with its zone. */
  public String zoned(long milliseconds) {
    return local(milliseconds) + " " + offset();
  }

  private String offset() {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /** ISO 8601 with the plant's offset, for machines. */
  public String iso(long milliseconds) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        Instant.ofEpochMilli(milliseconds).atOffset(zone));
  }

  /** When the plant's day began in which this moment lies. */
  public long startOfDay(long milliseconds) {
    return Instant.ofEpochMilli(milliseconds)
        .atOffset(zone)
        .toLocalDate()
        .atStartOfDay()
        .toInstant(zone)
        .toEpochMilli();
  }

  /** How long ago, in two units at most, such as {@code 2h 5m}. */
  public static String span(long milliseconds) {
    Duration span = Duration.ofMillis(Math.max(0, milliseconds));
    if (span.toDays() > 0) {
      return span.toDays() + "d " + span.toHoursPart() + "h";
    }
    if (span.toHours() > 0) {
      return span.toHours() + "h " + span.toMinutesPart() + "m";
    }
    return span.toMinutes() > 0
        ? span.toMinutes() + "m " + span.toSecondsPart() + "s"
        : span.toSeconds() + "s";
  }
}
