package io.markbridge.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Dates of legacy documents. A date without a time, or midnight in UTC, means that day in the
 * plant's zone; a real time keeps its instant.
 */
final class PlantDates {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter POINTED_DAY =
      DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("[uuuu-MM-dd][dd.MM.uuuu]['T'][' ']HH:mm[:ss]")
          // Some runtimes write seven digits, some none.
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
  private static final Pattern EPOCH_MILLISECONDS = Pattern.compile("\\d{13}");
  private static final int LONGEST = 40;

  /** A slip of the finger is a century; remains of spirits can be of the last one. */
  private static final int FIRST_YEAR = 1950;

  /** How goods without an end are written; beyond it no date has the operator's form. */
  private static final int LAST_YEAR = 9999;

  /** What programs write that have none. */
  private static final LocalDate UNSET = LocalDate.EPOCH;

  /** The forms and years that are read, for a problem. */
  static final String FORMS =
      "2026-08-17, 17.08.2026, 2026-08-17T00:00:00Z, 1786924800000; "
          + FIRST_YEAR
          + "-"
          + LAST_YEAR;

  private final ZoneOffset zone;

  PlantDates(ZoneOffset zone) {
    this.zone = zone;
  }

  /** Reads any of the forms seen on the wire; empty where it is none, or an unset one. */
  Optional<OffsetDateTime> read(String text) {
    return readAny(text.trim())
        .filter(date -> date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR)
        .filter(date -> !date.toLocalDate().equals(UNSET));
  }

  private Optional<OffsetDateTime> readAny(String date) {
    if (date.length() > LONGEST) {
      return Optional.empty();
    }
    if (EPOCH_MILLISECONDS.matcher(date).matches()) {
      return Optional.of(
          inPlant(Instant.ofEpochMilli(Long.parseLong(date)).atOffset(ZoneOffset.UTC)));
    }
    for (DateTimeFormatter format : new DateTimeFormatter[] {DAY, POINTED_DAY}) {
      Optional<OffsetDateTime> day = tryDay(date, format);
      if (day.isPresent()) {
        return day;
      }
    }
    try {
      TemporalAccessor time = TIME.parseBest(date, OffsetDateTime::from, LocalDateTime::from);
      if (time instanceof OffsetDateTime instant) {
        return Optional.of(inPlant(instant));
      }
      return Optional.of(LocalDateTime.from(time).atOffset(zone));
    } catch (DateTimeException exception) {
      return Optional.empty();
    }
  }

  private Optional<OffsetDateTime> tryDay(String text, DateTimeFormatter format) {
    try {
      return Optional.of(startOf(LocalDate.parse(text, format)));
    } catch (DateTimeException exception) {
      return Optional.empty();
    }
  }

  private OffsetDateTime inPlant(OffsetDateTime instant) {
    boolean midnight = instant.toLocalTime().equals(LocalTime.MIDNIGHT);
    if (midnight && instant.getOffset().equals(ZoneOffset.UTC)) {
      return startOf(instant.toLocalDate());
    }
    return instant.withOffsetSameInstant(zone);
  }

  /** The first moment of a day in the plant. */
  OffsetDateTime startOf(LocalDate day) {
    return day.atStartOfDay().atOffset(zone);
  }

  /** A moment, to the second, in the plant's zone. */
  String moment(Instant instant) {
    return WRITTEN.format(instant.truncatedTo(ChronoUnit.SECONDS).atOffset(zone));
  }

  /**
   * As the preset wants it.
   *
   * @param format {@code date-time} or {@code date}
   */
  String write(OffsetDateTime date, String format) {
    return format.equals("date") ? DAY.format(date) : WRITTEN.format(date);
  }
}
