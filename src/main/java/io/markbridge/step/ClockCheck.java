package io.markbridge.step;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Compares our clock with the operator's: dates in reports are judged by the operator's, and a
 * wrong one makes them refused.
 */
@ApplicationScoped
public class ClockCheck {
  private static final Logger LOG = Logger.getLogger(ClockCheck.class);
  private static final Duration TOLERANCE = Duration.ofMinutes(2);
  private static final Duration TELL_EVERY = Duration.ofHours(1);

  private final Clock clock;
  private volatile Instant toldAt = Instant.MIN;

  /** Of many answers within a second, one date is read. */
  private volatile Reading newest = new Reading("", Instant.MIN);

  private record Reading(String date, Instant time) {}

  @Inject
  public ClockCheck(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param date the header {@code Date} of an answer; may be null
   * @return the operator's time, where it tells one
   */
  Optional<Instant> compare(String date) {
    if (date == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Instant told;
    try {
      told = time(date);
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
    Duration ahead = Duration.between(told, now);
    boolean wrong = ahead.abs().compareTo(TOLERANCE) > 0;
    if (wrong
        && (toldAt == Instant.MIN || Duration.between(toldAt, now).compareTo(TELL_EVERY) > 0)) {
      toldAt = now;
      LOG.warnf(
          "this machine's clock is %s %s the operator's: set it, or reports are refused for their dates",
          ahead.abs(), ahead.isNegative() ? "behind" : "ahead of");
    }
    return Optional.of(told);
  }

  private Instant time(String date) {
    Reading reading = newest;
    if (!reading.date().equals(date)) {
      reading =
          new Reading(
              date, ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      newest = reading;
    }
    return reading.time();
  }
}
