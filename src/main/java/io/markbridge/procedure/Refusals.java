package io.markbridge.procedure;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.OperatorError;
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
    List<Submission> refused = statements.stream().filter(one -> !neverSent(one)).toList();
    List<Map<String, String>> places = places(document, refused);
    List<OperatorError> told = new ArrayList<>();
    for (int index = 0; index < refused.size(); index++) {
      for (OperatorError error : refused.get(index).failures()) {
        String name = error.parameter();
        String otherwise = statements.size() == 1 ? name : LegacyFields.withoutIndexes(name);
        String place = places.get(index).getOrDefault(named(error), otherwise);
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

  /** What has to be looked up: a place in an array, or a code of a document taken in part. */
  private static Set<String> names(Submission statement) {
    boolean codes = statement.state() == SubmissionState.PARTLY_DONE;
    return statement.failures().stream()
        .filter(error -> error.parameter().contains("[") || (codes && error.parameter().isEmpty()))
        .map(Refusals::named)
        .collect(Collectors.toSet());
  }

  /** Where what the operator named cannot be looked up any more, no place is told at all. */
  private List<Map<String, String>> places(Document document, List<Submission> statements) {
    List<Map<String, String>> none =
        statements.stream().map(one -> Map.<String, String>of()).toList();
    List<Mapper.Named> named =
        statements.stream()
            .map(
                one ->
                    new Mapper.Named(
                        bridge.journal().chunks().payload(one.id(), one.size(), 0), names(one)))
            .toList();
    if (named.stream().allMatch(one -> one.names().isEmpty())) {
      return none;
    }
    try {
      return mapper.places(planner.request(document), named);
    } catch (DocumentRejectedException | IOException unreadable) {
      return none;
    }
  }
}
