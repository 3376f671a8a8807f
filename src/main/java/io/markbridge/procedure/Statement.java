package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.Submission;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.List;

/**
 * What differs between the kinds of documents that state something: orders, utilisation reports,
 * aggregations.
 */
interface Statement {

  /** The document kind, which is also the name of its mapping table. */
  String kind();

  /** What the operator accepted it as, beside its id. */
  default Progress accepted(Document document, Progress progress, String operatorId) {
    return progress;
  }

  /** What the answer to a question, or to a follow-up, changes. */
  Progress followUp(Document document, Submission submission, OperatorAnswer answer, JsonNode body);

  /** The legacy answer to the request itself. */
  JsonNode reply(String omsId, String id);

  /**
   * The legacy status.
   *
   * @param id the operator's, or ours where there is none yet or several
   */
  JsonNode status(Document document, List<Submission> submissions, String omsId, String id)
      throws IOException;

  /** Further replies: codes. */
  default List<ReplyFile> details(Document document, List<Submission> submissions, String omsId) {
    return List.of();
  }
}
