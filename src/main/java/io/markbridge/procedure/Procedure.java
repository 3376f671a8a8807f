package io.markbridge.procedure;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Submission;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with the documents of some kinds: how they become submissions, what answers mean,
 * and what the legacy side is told.
 */
public interface Procedure {

  /** The kinds of documents that it serves. */
  Set<String> kinds();

  /**
   * Plans a recognised document: commits its submissions, or its answer, or that it is held.
   *
   * @throws DocumentRejectedException when it cannot become a request
   * @throws IOException when something else failed: it is planned again later
   */
  void plan(Document document) throws DocumentRejectedException, IOException;

  /** What a successful answer changes. */
  Progress answered(Document document, Submission submission, OperatorAnswer answer);

  /** What a refusal changes where it does not end the submission; empty where it does. */
  default Optional<Progress> refused(
      Document document, Submission submission, OperatorAnswer answer) {
    return Optional.empty();
  }

  /** All that the legacy side should see now. */
  List<ReplyFile> replies(Document document, List<Submission> submissions) throws IOException;
}
