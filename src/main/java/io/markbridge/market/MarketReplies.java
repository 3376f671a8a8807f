package io.markbridge.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.legacy.LegacyErrors;
import io.markbridge.procedure.AnswerJson;
import io.markbridge.procedure.Bridge;
import io.markbridge.procedure.ReplyFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a seller's system sees: the answers of the deprecated call (change table Y8, Y9). */
final class MarketReplies {
  /** What an answer told of an item, in its order; newer fields of an item are not passed on. */
  private static final List<String> TOLD = List.of("vat", "count", "price", "offerName", "offerId");

  private final Bridge bridge;
  private final UnaryOperator<String> withoutTail;

  MarketReplies(Bridge bridge, UnaryOperator<String> withoutTail) {
    this.bridge = bridge;
    this.withoutTail = withoutTail;
  }

  List<ReplyFile> of(Document document, List<Submission> submissions, LegacyErrors errors)
      throws IOException {
    List<ReplyFile> files = new ArrayList<>();
    Optional<Submission> statement = first(submissions, Purpose.STATEMENT);
    if (statement.flatMap(Submission::operatorId).isPresent()) {
      files.add(new ReplyFile(ReplyFile.REPLY, reply(statement.get(), submissions)));
    }
    files.add(new ReplyFile(ReplyFile.STATUS, status(document, submissions)));
    error(document, submissions, errors)
        .ifPresent(error -> files.add(new ReplyFile(ReplyFile.ERROR, error)));
    return files;
  }

  private static Optional<Submission> first(List<Submission> submissions, Purpose purpose) {
    return submissions.stream().filter(one -> one.purpose() == purpose).findFirst();
  }

  private JsonNode reply(Submission statement, List<Submission> submissions) throws IOException {
    ObjectNode reply = JsonNodeFactory.instance.objectNode().put("status", "OK");
    ArrayNode items = reply.putObject("result").putArray("items");
    JsonNode answered = AnswerJson.kept(bridge.journal(), statement).at("/result/items");
    if (answered.isArray()) {
      answered.forEach(item -> item(items, item, item, item.path("instances")));
      return reply;
    }
    Map<String, JsonNode> order = order(submissions);
    for (JsonNode item :
        SentItems.read(bridge.journal().chunks().payload(statement.id(), statement.size(), 0))
            .items()) {
      if (item.path("instances").isEmpty()) {
        continue;
      }
      ArrayNode instances = JsonNodeFactory.instance.arrayNode();
      item.path("instances").forEach(instance -> instances.add(told(instance)));
      JsonNode known = order.getOrDefault(item.path("id").asText(), withCount(item));
      item(items, item, known, instances);
    }
    return reply;
  }

  private static void item(ArrayNode items, JsonNode item, JsonNode known, JsonNode instances) {
    ObjectNode told = items.addObject();
    told.set("id", item.path("id"));
    TOLD.stream().filter(known::hasNonNull).forEach(name -> told.set(name, known.path(name)));
    told.set("instances", instances);
  }

  /** Boxes are answered without items: what the order says fills the old answer. */
  private Map<String, JsonNode> order(List<Submission> submissions) throws IOException {
    Optional<Submission> read = first(submissions, Purpose.QUERY);
    return read.isEmpty()
        ? Map.of()
        : MarketOrder.items(AnswerJson.kept(bridge.journal(), read.get()));
  }

  private static JsonNode withCount(JsonNode item) {
    ObjectNode known = JsonNodeFactory.instance.objectNode();
    known.set(
        "count",
        item.hasNonNull("fullCount")
            ? item.path("fullCount")
            : JsonNodeFactory.instance.numberNode(item.path("instances").size()));
    return known;
  }

  private ObjectNode told(JsonNode instance) {
    ObjectNode told = instance.deepCopy();
    if (told.hasNonNull("cis")) {
      String full = told.path("cis").asText();
      told.put("cis", withoutTail.apply(full)).put("cisFull", full);
    }
    return told;
  }

  private JsonNode status(Document document, List<Submission> submissions) throws IOException {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    submissions.stream()
        .findFirst()
        .ifPresent(
            one ->
                List.of("campaignId", "orderId")
                    .forEach(
                        name ->
                            Optional.ofNullable(one.pathValues().get(name))
                                .ifPresent(id -> status.put(name, Long.parseLong(id)))));
    status.put("status", word(document));
    Optional<Submission> check = first(submissions, Purpose.TRACKING);
    if (check.isPresent()) {
      JsonNode items = AnswerJson.kept(bridge.journal(), check.get()).at("/result/items");
      if (items.isArray()) {
        status.set("items", items);
      }
    }
    return status;
  }

  private static String word(Document document) {
    return switch (document.state()) {
      case DONE -> "OK";
      case REJECTED, PARTLY_DONE -> "ERROR";
      default -> "IN_PROGRESS";
    };
  }

  private Optional<JsonNode> error(
      Document document, List<Submission> submissions, LegacyErrors errors) {
    if (!document.problems().isEmpty()) {
      return Optional.of(errors.problems(document.problems()));
    }
    if (document.state() != DocumentState.REJECTED
        && document.state() != DocumentState.PARTLY_DONE) {
      return Optional.empty();
    }
    List<OperatorError> told =
        submissions.stream()
            .filter(
                one ->
                    one.state() == SubmissionState.REJECTED
                        || one.state() == SubmissionState.PARTLY_DONE)
            .flatMap(one -> one.failures().stream())
            .toList();
    return Optional.of(errors.operator(told));
  }
}
