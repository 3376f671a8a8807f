package io.markbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.Document;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemSentences;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.TimelineEntry;
import io.markbridge.procedure.Parked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Documents of the journal as JSON for machines; secrets never. */
final class DocumentJson {
  private static final Pattern SECRET =
      Pattern.compile(".*(token|password|secret|api-?key).*", Pattern.CASE_INSENSITIVE);

  private final Reading reading;
  private final PlantTime time;
  private final ProblemSentences sentences;

  DocumentJson(Reading reading) {
    this.reading = reading;
    this.time = reading.time();
    this.sentences = new ProblemSentences(reading.settings().language());
  }

  /** What a list tells of a document. */
  ObjectNode summary(Document document, List<Submission> submissions, List<String> waitsFor) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", document.id()).put("shortId", Reading.shortId(document.id()));
    node.put("received", time.iso(document.receivedAt()));
    node.put("source", document.source()).put("path", document.sourcePath());
    put(node, "account", document.account());
    put(node, "group", document.productGroup());
    put(node, "kind", document.kind());
    node.put("state", document.state().name());
    ArrayNode ids = node.putArray("operatorIds");
    operatorIds(submissions).forEach(ids::add);
    ArrayNode earlier = node.putArray("waitsFor");
    waitsFor.forEach(earlier::add);
    node.put("next", NextStep.of(document, submissions, waitsFor, reading).text());
    put(node, "reason", reading.parked(document, submissions).map(Parked::reason));
    return node;
  }

  /** Everything of a document but its submissions and its timeline. */
  ObjectNode full(Document document, List<Submission> submissions, List<String> waitsFor) {
    ObjectNode node = summary(document, submissions, waitsFor);
    put(node, "replyName", document.replyName());
    put(node, "omsId", document.omsId());
    put(node, "charset", document.charset());
    put(node, "orderNumber", document.orderNumber());
    put(node, "equalTo", document.answeredBy());
    node.put("size", document.size());
    putTime(node, "finished", document.finishedAt());
    put(node, "parameters", document.parameters());
    put(node, "given", document.given());
    ArrayNode problems = node.putArray("problems");
    document.problems().forEach(problem -> problems.add(problem(problem)));
    return node;
  }

  ObjectNode submission(Submission submission) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", submission.id()).put("number", submission.number());
    put(node, "parent", submission.parentId());
    node.put("level", submission.level()).put("purpose", submission.purpose().name());
    node.put("call", submission.call()).put("account", submission.account());
    put(node, "path", submission.pathValues());
    put(node, "query", submission.query());
    node.put("state", submission.state().name());
    put(node, "operatorId", submission.operatorId());
    put(node, "operatorStatus", submission.operatorStatus());
    node.put("size", submission.size()).put("codes", submission.codes());
    node.put("attempts", submission.attempts());
    node.put("failedAttempts", submission.failedAttempts());
    putTime(node, "firstSent", submission.firstSentAt());
    putTime(
        node,
        "nextAttempt",
        Optional.of(submission.nextAttemptAt())
            .filter(at -> at > 0 && !submission.state().terminal()));
    put(node, "failure", submission.failureKind().map(Enum::name));
    ArrayNode errors = node.putArray("errors");
    submission
        .failures()
        .forEach(
            error ->
                errors
                    .addObject()
                    .put("code", error.code())
                    .put("text", error.text())
                    .put("parameter", error.parameter()));
    return node;
  }

  ObjectNode timelineEntry(TimelineEntry entry) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("at", time.iso(entry.at()));
    put(node, "submission", entry.submissionId());
    return node.put("event", entry.event()).put("detail", entry.detail());
  }

  private ObjectNode problem(Problem problem) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("code", problem.code().name()).put("errorCode", problem.code().number());
    node.put("path", problem.path()).put("row", problem.row());
    return node.put("sentence", sentences.say(problem));
  }

  static List<String> operatorIds(List<Submission> submissions) {
    return submissions.stream()
        .filter(one -> one.purpose() == Purpose.STATEMENT)
        .flatMap(one -> one.operatorId().stream())
        .toList();
  }

  /** A legacy system may have put a token into a query. */
  static String shown(String name, String value) {
    return SECRET.matcher(name).matches() ? "***" : value;
  }

  private void putTime(ObjectNode node, String name, Optional<Long> at) {
    put(node, name, at.map(time::iso));
  }

  private static void put(ObjectNode node, String name, Optional<String> value) {
    node.put(name, value.orElse(null));
  }

  private static void put(ObjectNode node, String name, Map<String, String> values) {
    ObjectNode inner = node.putObject(name);
    values.forEach((key, value) -> inner.put(key, shown(key, value)));
  }
}
