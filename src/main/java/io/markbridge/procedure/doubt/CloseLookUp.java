package io.markbridge.procedure.doubt;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Submission;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import java.util.ArrayList;
import java.util.List;

/** The closing of an order or sub-order: by the state of its sub-orders (open-api.md section 4). */
final class CloseLookUp implements LookUp {
  private static final String CLOSED = "CLOSED";

  @Override
  public NewSubmission first(Doubt doubt) {
    // It names the order, and the GTIN where only that one is closed.
    return doubt.ask(
        doubt.call().lookedUpBy(), Trail.begin(0).values(), doubt.lost().query(), null);
  }

  @Override
  public Progress answered(Doubt doubt, Submission step, OperatorAnswer answer, JsonNode body) {
    List<String> open = new ArrayList<>();
    for (JsonNode subOrder : body.path("subOrderInfos")) {
      String state = subOrder.path("bufferStatus").asText();
      if (!state.equals(CLOSED)) {
        open.add(subOrder.path("gtin").asText() + " " + state);
      }
    }
    if (open.isEmpty() && !body.path("subOrderInfos").isEmpty()) {
      return doubt.found(LostAnswer.of(doubt.lost().query()), "it is closed");
    }
    String told = open.isEmpty() ? "the operator lists nothing to close" : "open: " + open;
    return doubt.lateEnough(step.sentAt().orElse(0L), 1) ? doubt.absent(told) : doubt.later(told);
  }
}
