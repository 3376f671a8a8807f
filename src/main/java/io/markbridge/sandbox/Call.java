package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request as a handler sees it.
 *
 * @param id the id in the path, decoded; empty where the path has none
 * @param query decoded parameters with all their values
 * @param headers by lower-case name
 * @param account whose credential came; empty before it was checked
 */
record Call(
    Route route,
    String id,
    Map<String, List<String>> query,
    Map<String, String> headers,
    Spill body,
    String account) {
  private static final int TREE_LIMIT = 1024 * 1024;
  private static final ObjectMapper TREES =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  Call by(String name) {
    return new Call(route, id, query, headers, body, name);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The first value of a query parameter. */
  Optional<String> query(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  String required(String name) throws RefusedException {
    return query(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> RefusedException.invalid(name, "required"));
  }

  /** A whole number of the query within bounds. */
  int number(String name, int otherwise, int least, int most) throws RefusedException {
    Optional<String> value = query(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException exception) {
      throw RefusedException.invalid(name, "not a whole number");
    }
    throw RefusedException.invalid(name, "not between " + least + " and " + most);
  }

  /** The filter {@code dateFrom}: date-time with zone, or a date from its beginning in UTC. */
  Instant from() throws RefusedException {
    return time("dateFrom", Instant.MIN, 0);
  }

  /** The filter {@code dateTo}: date-time with zone, or a date to its end in UTC. */
  Instant to() throws RefusedException {
    return time("dateTo", Instant.MAX, 1);
  }

  private Instant time(String name, Instant otherwise, int daysLater) throws RefusedException {
    Optional<String> value = query(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return value.get().length() == 10
          ? LocalDate.parse(value.get())
              .plusDays(daysLater)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant()
          : OffsetDateTime.parse(value.get()).toInstant();
    } catch (DateTimeException exception) {
      throw RefusedException.invalid(name, "neither date-time with zone nor date");
    }
  }

  /** A small JSON object of the body. */
  JsonNode tree() throws RefusedException, IOException {
    if (body.size() > TREE_LIMIT) {
      throw RefusedException.empty(413);
    }
    try (InputStream input = body.open()) {
      JsonNode tree = TREES.readTree(input);
      if (tree == null || !tree.isObject()) {
        throw RefusedException.invalid("body", "not a JSON object");
      }
      return tree;
    } catch (JsonProcessingException exception) {
      throw RefusedException.invalid("body", "not JSON: " + exception.getOriginalMessage());
    }
  }
}
