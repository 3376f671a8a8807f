package io.markbridge.procedure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.Document;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests whose answer was lost, and an operator that lists what a test says. Every step of a
 * look-up goes through the journal.
 */
final class DoubtFixture implements AutoCloseable {
  static final String GTIN = "04780001000015";
  private static final int MOST_STEPS = 500;

  final ProcedureFixture fixture;

  /** Our clock less the operator's. */
  Duration ahead = Duration.ZERO;

  /** What the operator lists, by id: orders, reports or documents, with what they hold. */
  private final Map<String, ObjectNode> listed = new LinkedHashMap<>();

  private final Map<String, ObjectNode> held = new LinkedHashMap<>();

  /** What the operator was asked, in order. */
  final List<Submission> asked = new ArrayList<>();

  String codeState = "RECEIVED";

  DoubtFixture(Path folder, Dialect dialect) {
    fixture = new ProcedureFixture(folder, dialect);
  }

  /** An order of a thousand codes, on its way and lost. */
  Submission lostOrder(String name, String poNumber, String gtin, int quantity) {
    sentOrder(name, poNumber, gtin, quantity);
    return lose("order");
  }

  Document sentOrder(String name, String poNumber, String gtin, int quantity) {
    return fixture.statement(
        name,
        "order",
        "{\"poNumber\":\""
            + poNumber
            + "\",\"productGroup\":\"pharma\",\"products\":[{\"cisType\":\"UNIT\",\"gtin\":\""
            + gtin
            + "\",\"quantity\":"
            + quantity
            + "}]}");
  }

  /** The one request of this call that is due is sent, and its answer lost. */
  Submission lose(String call) {
    Submission sent = fixture.sent(call);
    lose(sent);
    return now(sent);
  }

  void lose(Submission sent) {
    fixture.fail(sent, FailureKind.ANSWER_LOST, 0, "read timed out");
  }

  Submission now(Submission submission) {
    return fixture.journals.submission(submission.id());
  }

  SubmissionState state(Submission submission) {
    return now(submission).state();
  }

  private Instant operatorNow() {
    return fixture.journals.clock.instant().minus(ahead);
  }

  /** The operator has an order, made now. */
  void hasOrder(String id, String poNumber, String gtin, int quantity) {
    hasOrder(id, poNumber, gtin, quantity, operatorNow());
  }

  void hasOrder(String id, String poNumber, String gtin, int quantity, Instant created) {
    listed.put(
        id,
        object()
            .put("orderId", id)
            .put("poNumber", poNumber)
            .put("productGroup", "pharma")
            .put("orderStatus", "READY")
            .put("createDate", created.toString()));
    ObjectNode subOrders = object();
    subOrders
        .putArray("subOrderInfos")
        .addObject()
        .put("parentOrderId", id)
        .put("gtin", gtin)
        .put("bufferStatus", "ACTIVE")
        .put("cisType", "UNIT")
        .put("availableCodes", quantity)
        .put("leftInBuffer", 0);
    held.put(id, subOrders);
  }

  /** The operator has a report or document, made now. */
  void hasDocument(String id, String type, ObjectNode body) {
    listed.put(
        id,
        object()
            .put("documentId", id)
            .put("type", type)
            .put("status", "SUCCESS")
            .put("createDate", operatorNow().toString()));
    held.put(id, body);
  }

  void forgets(String id) {
    listed.remove(id);
  }

  /** What is listed no longer tells what it holds. */
  void hides(String id) {
    held.remove(id);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Looks for everything that is due now, to the end of each look-up. */
  void lookUp() {
    fixture.lookUps().begin();
    for (int step = 0; step < MOST_STEPS; step++) {
      List<Submission> claimed = fixture.journals.claim(Purpose.LOOK_UP);
      if (claimed.isEmpty()) {
        return;
      }
      claimed.forEach(this::tell);
    }
    throw new AssertionError("a look-up without an end");
  }

  /** Looks again and again until that changes nothing any more within an hour. */
  void lookUpFor(Duration time) {
    Instant until = fixture.journals.clock.instant().plus(time);
    while (fixture.journals.clock.instant().isBefore(until)) {
      lookUp();
      fixture.journals.clock.advance(Duration.ofSeconds(1));
    }
    lookUp();
  }

  void tell(Submission step) {
    asked.add(step);
    switch (step.call()) {
      case "orders" -> page(step, "orderInfos", "orderId");
      case "document-search" -> page(step, "documentInfos", "documentId");
      case "sub-orders" -> content(step, step.query().get("orderId"));
      case "document-body" -> content(step, step.pathValues().get("documentId"));
      case "private-codes" -> codes(step);
      default -> throw new AssertionError("nobody expects " + step);
    }
  }

  private void codes(Submission step) {
    ObjectNode answer = object();
    answer.putArray("results").addObject().put("code", "c").put("status", codeState);
    answer(step, answer);
  }

  private void content(Submission step, String id) {
    ObjectNode content = held.get(id);
    if (content == null) {
      fixture.fail(step, FailureKind.NOT_FOUND, 404, "not found");
    } else {
      answer(step, content);
    }
  }

  private void page(Submission step, String entries, String id) {
    Instant from = Instant.parse(step.query().get("dateFrom"));
    String poNumber = step.query().get("poNumber");
    List<ObjectNode> fitting =
        listed.values().stream()
            .filter(one -> !Instant.parse(one.path("createDate").asText()).isBefore(from))
            .filter(one -> poNumber == null || one.path("poNumber").asText().equals(poNumber))
            .toList();
    int begin = 0;
    String cursor = step.query().get("cursor");
    for (int index = 0; cursor != null && index < fitting.size(); index++) {
      if (fitting.get(index).path(id).asText().equals(cursor)) {
        begin = index + 1;
      }
    }
    int limit = Integer.parseInt(step.query().get("limit"));
    ObjectNode answer = object();
    ArrayNode page = answer.putArray(entries);
    fitting.subList(begin, Math.min(fitting.size(), begin + limit)).forEach(page::add);
    answer(step, answer);
  }

  void answer(Submission step, ObjectNode body) {
    fixture.answer(step, body.toString(), Optional.of(operatorNow()));
  }

  long asked(String call) {
    return asked.stream().filter(step -> step.call().equals(call)).count();
  }

  @Override
  public void close() {
    fixture.close();
  }
}
