package io.markbridge.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Submission;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.FailureRules;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.procedure.doubt.Doubt;
import io.markbridge.procedure.doubt.LookUp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A PUT whose answer was lost: found only where the status method shows that nothing else can have
 * brought what it lists; otherwise it is sent again, which does nothing twice.
 */
public final class StatusLookUp implements LookUp {
  private static final int SUCCESS = 200;

  private final UnaryOperator<String> withoutTail;

  /**
   * @param withoutTail a code without its crypto tail; gives back as it is what is no code
   */
  public StatusLookUp(UnaryOperator<String> withoutTail) {
    this.withoutTail = withoutTail;
  }

  @Override
  public NewSubmission first(Doubt doubt) {
    return doubt.ask(doubt.call().lookedUpBy(), doubt.lost().pathValues(), Map.of(), null);
  }

  @Override
  public Progress answered(Doubt doubt, Submission step, OperatorAnswer answer, JsonNode body)
      throws IOException {
    SentItems sent = SentItems.read(doubt.body());
    CodeChecks checks =
        CodeChecks.of(doubt.bridge().preset().of(doubt.call()), sent, body, withoutTail);
    if (sent.codes().isEmpty() || !sent.hasOnlyCodes()) {
      return doubt.absent("the marketplace's list does not tell all that was sent");
    }
    if (!checks.listsJustThese()) {
      return doubt.absent("the marketplace does not list just the codes that were sent");
    }
    if (doubt.bridge().journal().submissions().anotherLeft(doubt.lost())) {
      return doubt.absent("the marketplace may list the codes of another document of this order");
    }
    return doubt.found(
        new OperatorAnswer(
            SUCCESS,
            "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8),
            Optional.empty(),
            List.of(),
            Optional.empty()),
        "the marketplace lists just the codes that were sent");
  }

  /** An order without a status (DBS): the whole set is sent again. */
  @Override
  public Optional<Progress> refused(Doubt doubt, Submission step, OperatorAnswer answer) {
    return answer
        .failure()
        .filter(FailureRules::refuses)
        .map(kind -> doubt.absent("the marketplace tells no status of this order"));
  }
}
