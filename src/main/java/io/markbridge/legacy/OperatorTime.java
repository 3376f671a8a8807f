package io.markbridge.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Reads points in time as the new API and old clients write them. */
public final class OperatorTime {
  private static final DateTimeFormatter DAY_FIRST = DateTimeFormatter.ofPattern("dd.MM.yyyy");

  private OperatorTime() {}

  /** An ISO date-time (without a zone: the plant's), a date, or epoch milliseconds. */
  public static Optional<Instant> instant(JsonNode node, ZoneOffset zone) {
    if (node.isIntegralNumber()) {
      return Optional.of(Instant.ofEpochMilli(node.asLong()));
    }
    return dateTime(node.asText(""), zone).or(() -> day(node.asText(""), zone));
  }

  /** Milliseconds only: fewer digits are seconds, and another day. */
  static Optional<Instant> dateTime(String text, ZoneOffset zone) {
    try {
      return text.matches("\\d{13}")
          ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text)))
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException noZone) {
      try {
        return Optional.of(LocalDateTime.parse(text).toInstant(zone));
      } catch (DateTimeException notATime) {
        return Optional.empty();
      }
    }
  }

  /** The beginning of a local day, written {@code 2026-03-01} or {@code 01.03.2026}. */
  static Optional<Instant> day(String text, ZoneOffset zone) {
    for (DateTimeFormatter form : List.of(DateTimeFormatter.ISO_LOCAL_DATE, DAY_FIRST)) {
      try {
        return Optional.of(LocalDate.parse(text, form).atStartOfDay().toInstant(zone));
      } catch (DateTimeException otherForm) {
        // The next form may fit.
      }
    }
    return Optional.empty();
  }
}
