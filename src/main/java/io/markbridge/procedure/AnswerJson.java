package io.markbridge.procedure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.markbridge.document.Submission;
import io.markbridge.journal.Journal;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the bodies of answers. */
public final class AnswerJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private AnswerJson() {}

  /** The answer's tree; missing where it is no JSON. */
  public static JsonNode read(OperatorAnswer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException unreadable) {
      return MissingNode.getInstance();
    }
  }

  /**
   * The newest answer that the journal keeps for a submission; missing where it has none, or only
   * the error page of an attempt before the one that ended it.
   */
  public static JsonNode kept(Journal journal, Submission submission) throws IOException {
    Optional<String> answer = submission.answerId();
    if (answer.isEmpty()) {
      return MissingNode.getInstance();
    }
    try (InputStream stream = journal.chunks().payload(answer.get()).open()) {
      return JSON.readTree(stream);
    } catch (JsonProcessingException page) {
      return MissingNode.getInstance();
    }
  }

  public static JsonNode parse(String text) throws IOException {
    return JSON.readTree(text);
  }

  /** A field as text; empty where it is missing, null or blank. */
  public static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? Optional.of(value.asText())
        : Optional.empty();
  }
}
