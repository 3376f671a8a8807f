package io.markbridge.procedure.doubt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.procedure.Bridge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reports and documents: by type and time, then by their bodies (open-api.md sections 9 and 10).
 * Where none is found, the state of the codes tells whether it arrived all the same (section 12).
 */
final class DocumentSearch extends Search {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String ID = "documentId";
  private static final String CODES = "private-codes";
  private static final String UNTOUCHED = "RECEIVED";
  private static final int SAMPLE = 10;
  private static final int REDIRECTED = 307;

  /** An absence of the document beside codes that it touched is believed so much later. */
  private static final int PATIENCE = 2;

  private final UnaryOperator<String> withoutTail;

  DocumentSearch(UnaryOperator<String> withoutTail) {
    super(new Listing("document-search", "documentInfos", ID));
    this.withoutTail = withoutTail;
  }

  @Override
  Map<String, String> filter(Doubt doubt) {
    return Map.of("types", doubt.call().documentType());
  }

  @Override
  Map<String, String> expected(Doubt doubt) {
    return Map.of("type", doubt.call().documentType());
  }

  @Override
  NewSubmission contentQuestion(Doubt doubt, Trail trail, String id) {
    Map<String, String> values = new HashMap<>(trail.values());
    values.put(ID, id);
    return doubt.ask("document-body", values, Map.of(), null);
  }

  @Override
  String asked(Submission step) {
    return step.pathValues().get(ID);
  }

  @Override
  Optional<Content> content(Doubt doubt, OperatorAnswer answer, JsonNode body) throws IOException {
    return Optional.of(
        new DocumentContent(withoutTail).read(new ByteArrayInputStream(answer.body())));
  }

  @Override
  Content content(Bridge bridge, Submission statement) throws IOException {
    try (InputStream body =
        bridge.journal().chunks().payload(statement.id(), statement.size(), 0).open()) {
      return new DocumentContent(withoutTail).read(body);
    }
  }

  @Override
  boolean comparable(Submission lost, Submission other) {
    return other.size() == lost.size();
  }

  @Override
  Progress nothing(Doubt doubt, Trail trail) throws IOException {
    if (doubt.call().codesTell().isEmpty() || !doubt.bridge().preset().calls().containsKey(CODES)) {
      return super.nothing(doubt, trail);
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    sample(doubt).forEach(body.putArray("codes")::add);
    return Progress.to(SubmissionState.DONE)
        .add(
            doubt.ask(
                CODES,
                Map.of("began", Long.toString(trail.began().orElse(0L))),
                Map.of(),
                body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  Progress answeredElse(Doubt doubt, Submission step, JsonNode body) {
    String field = doubt.call().codesTell();
    List<String> touched = new ArrayList<>();
    for (JsonNode code : body.path("results")) {
      String told = code.path(field).asText("");
      if (!told.isBlank() && !told.equals(UNTOUCHED)) {
        touched.add(code.path("code").asText() + " " + field + " " + told);
      }
    }
    if (touched.isEmpty()) {
      return doubt.absent("no such " + doubt.lost().call() + ", and its codes are as before");
    }
    String told = "its codes are in use (" + touched.get(0) + "), and it was not found";
    return doubt.lateEnough(Trail.of(step).began().orElse(0L), PATIENCE)
        ? doubt.unclear(told)
        : doubt.later(told);
  }

  @Override
  public Optional<Progress> refused(Doubt doubt, Submission step, OperatorAnswer answer)
      throws IOException {
    if (step.call().equals(CODES) && answer.status() == REDIRECTED) {
      return Optional.of(
          doubt.absent("no such " + doubt.lost().call() + ", and its codes belong to others"));
    }
    return super.refused(doubt, step, answer);
  }

  /** Some codes, as they stand first in the body, without tail. */
  private List<String> sample(Doubt doubt) throws IOException {
    List<String> codes = new ArrayList<>();
    try (InputStream body = doubt.body().open();
        JsonParser parser = JSON.createParser(body)) {
      boolean inCodes = false;
      for (JsonToken token = parser.nextToken();
          token != null && codes.size() < SAMPLE;
          token = parser.nextToken()) {
        String name = parser.currentName();
        if (token == JsonToken.START_ARRAY) {
          inCodes = "sntins".equals(name) || "codes".equals(name);
        } else if (token == JsonToken.END_ARRAY) {
          inCodes = false;
        } else if (inCodes && token == JsonToken.VALUE_STRING) {
          codes.add(withoutTail.apply(parser.getText()));
        }
      }
    }
    return codes;
  }
}
