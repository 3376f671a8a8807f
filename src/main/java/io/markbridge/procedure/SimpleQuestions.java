package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.Submission;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Legacy calls that are one question and one answer: {@code buffer/status}, {@code codes/blocks},
 * {@code buffer/close}.
 */
final class SimpleQuestions {
  private SimpleQuestions() {}

  /** Writes the legacy answer from the operator's. */
  @FunctionalInterface
  private interface Writer {
    Optional<JsonNode> write(Bridge bridge, Document document, JsonNode answer);
  }

  private record Simple(String kind, Writer writer) implements QueryProcedure.Question {
    @Override
    public Optional<JsonNode> reply(Bridge bridge, Document document, List<Submission> submissions)
        throws IOException {
      return submissions.isEmpty()
          ? Optional.empty()
          : writer.write(bridge, document, AnswerJson.kept(bridge.journal(), submissions.get(0)));
    }
  }

  static QueryProcedure.Question bufferStatus() {
    return new BufferStatusQuestion();
  }

  static QueryProcedure.Question blocks() {
    return new Simple(
        "codes-blocks",
        (bridge, document, answer) ->
            Optional.of(
                bridge
                    .answers()
                    .blocks(
                        bridge.omsId(document),
                        document.parameters().getOrDefault("orderId", ""),
                        document.parameters().getOrDefault("gtin", ""),
                        answer)));
  }

  static QueryProcedure.Question bufferClose() {
    return new Simple(
        "buffer-close",
        (bridge, document, answer) ->
            Optional.of(bridge.answers().bufferClose(bridge.omsId(document))));
  }
}
