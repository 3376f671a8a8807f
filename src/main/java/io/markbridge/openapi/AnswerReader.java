package io.markbridge.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Turns an HTTP answer, or its absence, into an {@link OperatorAnswer}. */
public final class AnswerReader {
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final JsonFactory JSON = new JsonFactory();

  private final Clock clock;

  public AnswerReader(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param contentType may be null
   * @param retryAfter the header of that name, in seconds or as an HTTP date; may be null
   */
  public OperatorAnswer read(int status, String contentType, byte[] body, String retryAfter) {
    Optional<Duration> wait = Optional.ofNullable(retryAfter).flatMap(this::duration);
    List<OperatorError> errors = OperatorErrors.read(status, contentType, body);
    if (status >= 200 && status < 300 && !refusal(errors, body)) {
      // A success that cannot be read says nothing about what happened.
      return readable(body)
          ? new OperatorAnswer(status, body, Optional.empty(), List.of(), wait)
          : new OperatorAnswer(
              status,
              body,
              Optional.of(FailureKind.ANSWER_LOST),
              List.of(OperatorError.of("", "HTTP " + status + " without a JSON body", "")),
              wait);
    }
    boolean inactive = OperatorErrors.inactiveToken(errors);
    return new OperatorAnswer(
        status,
        body,
        Optional.of(FailureRules.kind(status, errors, inactive, wait.isPresent())),
        errors.isEmpty() ? List.of(OperatorError.of("", without(status), "")) : errors,
        wait);
  }

  private static String without(int status) {
    return status >= 300 && status < 400
        ? "HTTP "
            + status
            + ", a redirection: is markbridge.openapi.url still the operator's address?"
        : "HTTP " + status;
  }

  /** Whether it is one whole JSON object or array, whatever stands around it. */
  private static boolean readable(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null || !first.isStructStart()) {
        return false;
      }
      parser.skipChildren();
      return true;
    } catch (IOException notJson) {
      return false;
    }
  }

  /** Some refusals come as a success. */
  private static boolean refusal(List<OperatorError> errors, byte[] body) {
    if (errors.isEmpty()) {
      return false;
    }
    String beginning = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
    return OperatorErrors.inactiveToken(errors) || beginning.contains("\"globalErrors\"");
  }

  private Optional<Duration> duration(String header) {
    Duration wait;
    try {
      wait = Duration.ofSeconds(Long.parseLong(header.strip()));
    } catch (NumberFormatException date) {
      try {
        wait =
            Duration.between(
                clock.instant(),
                ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
      } catch (DateTimeException unreadable) {
        return Optional.empty();
      }
    }
    if (wait.isNegative()) {
      return Optional.of(Duration.ZERO);
    }
    return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }
}
