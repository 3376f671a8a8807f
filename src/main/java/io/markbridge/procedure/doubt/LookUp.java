package io.markbridge.procedure.doubt;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Submission;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.Optional;

/** How one kind of call is looked for at the operator: a request, and further ones that follow. */
public interface LookUp {

  /** The first request. */
  NewSubmission first(Doubt doubt) throws IOException;

  /** What the answer to one of its requests tells, or what is asked next. */
  Progress answered(Doubt doubt, Submission step, OperatorAnswer answer, JsonNode body)
      throws IOException;

  /** What a failure tells; empty where it tells nothing: then it is asked again. */
  default Optional<Progress> refused(Doubt doubt, Submission step, OperatorAnswer answer)
      throws IOException {
    return Optional.empty();
  }
}
