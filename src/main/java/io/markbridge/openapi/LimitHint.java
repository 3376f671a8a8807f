package io.markbridge.openapi;

import io.markbridge.operator.OperatorPreset;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What an operator tells of a limit with each answer (change table Y3).
 *
 * @param limit calls of a period
 * @param remaining how many of them are left
 * @param until when the next period begins, by our clock
 */
public record LimitHint(long limit, long remaining, Instant until) {
  /** Clocks that differ by less are taken for equal: a header of whole seconds tells no better. */
  private static final Duration SAME_CLOCK = Duration.ofSeconds(2);

  /**
   * Reads the headers that the preset names under {@code hints}; empty where the operator has none,
   * or tells nothing that can be read.
   *
   * @param header value by name, or null
   * @param date the operator's clock when it answered
   * @param now ours
   */
  public static Optional<LimitHint> read(
      OperatorPreset preset, UnaryOperator<String> header, Optional<Instant> date, Instant now) {
    Optional<String> until = header(preset, "until", header);
    Optional<String> limit = header(preset, "limit", header);
    Optional<String> remaining = header(preset, "remaining", header);
    if (until.isEmpty() || limit.isEmpty() || remaining.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant told =
          ZonedDateTime.parse(until.get(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration ahead = Duration.between(date.orElse(now), now);
      boolean same = ahead.abs().compareTo(SAME_CLOCK) < 0;
      return Optional.of(
          new LimitHint(
              Long.parseLong(limit.get()),
              Math.max(0, Long.parseLong(remaining.get())),
              same ? told : told.plus(ahead)));
    } catch (DateTimeException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<String> header(
      OperatorPreset preset, String name, UnaryOperator<String> header) {
    return preset.text("hints/" + name).map(header).map(String::strip);
  }
}
