package io.markbridge.procedure.doubt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.openapi.OperatorAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer that was lost, as far as it can be told from what the operator lists. */
final class LostAnswer {
  private static final int SUCCESS = 200;

  private LostAnswer() {}

  static OperatorAnswer of(Map<String, String> fields) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    fields.forEach(body::put);
    return new OperatorAnswer(
        SUCCESS,
        body.toString().getBytes(StandardCharsets.UTF_8),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
