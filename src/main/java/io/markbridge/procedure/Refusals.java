package io.markbridge.procedure;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Payload;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.mapping.Mapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator refused of a document, at the places of the document that the legacy side wrote
 * (change table 8.4, 11.1, G6).
 */
final class Refusals {
  private final Bridge bridge;
  private final StatementPlanner planner;
  private final Mapper mapper;
  private final LegacyFields fields;

  Refusals(Bridge bridge, StatementPlanner planner, Mapper mapper, LegacyFields fields) {
    this.bridge = bridge;
    this.planner = planner;
    this.mapper = mapper;
    this.fields = fields;
  }

  /** A request of a higher level that was given up when a lower one was refused. */
  static boolean neverSent(Submission statement) {
    return statement.state() == SubmissionState.REJECTED
        && statement.level() > 0
        && statement.attempts() == 0;
  }

  /** The operator's errors, their {@code parameter} a place in the legacy document. */
  List<OperatorError> of(Document document, List<Submission> statements) {
    List<OperatorError> told = new ArrayList<>();
    for (Submission statement : statements) {
      if (neverSent(statement)) {
        continue;
      }
      Map<String, String> places = places(document, statement);
      for (OperatorError error : statement.failures()) {
        String name = error.parameter();
        String otherwise = statements.size() == 1 ? name : LegacyFields.withoutIndexes(name);
        String place = places.getOrDefault(named(error), otherwise);
        told.add(
            new OperatorError(
                error.code(),
                error.number(),
                error.text(),
                fields.legacy(document.kind().orElse(""), place)));
      }
    }
    return told;
  }

  /** A field, or the code itself where it is the result of a code (open-api.md section 8). */
  private static String named(OperatorError error) {
    return error.parameter().isEmpty() ? error.text() : error.parameter();
  }

  /** Where what the operator named cannot be looked up any more, no place is told at all. */
  private Map<String, String> places(Document document, Submission statement) {
    Set<String> names =
        statement.failures().stream()
            .map(Refusals::named)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    if (names.isEmpty() || statement.size() == 0) {
      return Map.of();
    }
    Payload body = bridge.journal().chunks().payload(statement.id(), statement.size(), 0);
    try {
      return mapper.places(planner.request(document), body, names);
    } catch (DocumentRejectedException | IOException unreadable) {
      return Map.of();
    }
  }
}
