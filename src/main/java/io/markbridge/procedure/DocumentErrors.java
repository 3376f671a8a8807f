package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.ErrorReasons;
import io.markbridge.openapi.OperatorAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The errors that the operator found in a document (11.1), and its results for each code: fetched
 * page by page, always.
 */
final class DocumentErrors {
  private static final int PAGE = 100;
  private static final int CODES_PAGE = 1000;

  /** Beside the document's id: where the page before ended. */
  private static final String LAST_CODE = "lastCode";

  /** What one document keeps of its errors; the answers themselves stay whole. */
  private static final int KEPT = 200;

  private final Bridge bridge;
  private final UnaryOperator<String> withoutTail;

  DocumentErrors(Bridge bridge, UnaryOperator<String> withoutTail) {
    this.bridge = bridge;
    this.withoutTail = withoutTail;
  }

  NewSubmission question(
      Document document, Submission follower, String documentId, long lastIndex) {
    return page(
        document, follower, "document-errors", Map.of("documentId", documentId), PAGE, lastIndex);
  }

  NewSubmission codesQuestion(
      Document document, Submission follower, String documentId, long lastIndex) {
    return page(
        document,
        follower,
        "document-codes",
        Map.of("documentId", documentId),
        CODES_PAGE,
        lastIndex);
  }

  private NewSubmission page(
      Document document,
      Submission follower,
      String call,
      Map<String, String> pathValues,
      int limit,
      long lastIndex) {
    Map<String, String> query = new LinkedHashMap<>();
    if (lastIndex > 0) {
      query.put("lastIndex", Long.toString(lastIndex));
    }
    query.put("limit", Integer.toString(limit));
    return bridge.ask(
        document,
        follower.parentId(),
        Purpose.DETAIL,
        call,
        pathValues,
        query,
        bridge.waits().now());
  }

  Progress received(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    List<OperatorError> found = new ArrayList<>();
    long lastIndex = 0;
    for (JsonNode error : body.path("documentErrors")) {
      lastIndex = Math.max(lastIndex, error.path("index").asLong());
      found.add(
          OperatorError.of(
              error.path("errorCode").asText(),
              ErrorReasons.withoutCode(error),
              error.path("propertyName").asText("")));
    }
    Progress progress = told(found, answer).note("errors of the document", body.toString());
    if (found.size() >= PAGE && lastIndex > lastIndex(submission)) {
      progress.add(
          question(document, submission, submission.pathValues().get("documentId"), lastIndex));
    }
    return progress;
  }

  Progress codesReceived(
      Document document, Submission submission, OperatorAnswer answer, JsonNode body) {
    List<OperatorError> refused = new ArrayList<>();
    List<String> accepted = new ArrayList<>();
    JsonNode results = body.isArray() ? body : body.path("codes");
    for (JsonNode result : results) {
      String state = result.path("state").asText();
      if (state.equals("ERROR")) {
        String code = result.path("code").asText();
        // A code is no name of a field: its place is looked for when the error is told.
        refused.add(OperatorError.of(result.path("errorCode").asText(state), code, ""));
      } else if (state.equals("SUCCESS") || state.equals("WARNING")) {
        // Nothing else counts as accepted: such a code would never be sent again.
        accepted.add(withoutTail.apply(result.path("code").asText()));
      }
    }
    Progress progress =
        told(refused, answer)
            .effect(
                bridge
                    .journal()
                    .acceptedCodes()
                    .remember(
                        document.account().orElseThrow(),
                        document.kind().orElseThrow(),
                        document.id(),
                        accepted))
            .note(
                "results of codes", accepted.size() + " accepted, " + refused.size() + " refused");
    if (results.size() < CODES_PAGE) {
      return progress;
    }
    String last = results.get(results.size() - 1).path("code").asText();
    if (last.equals(submission.pathValues().get(LAST_CODE))) {
      // An operator that gives the same page whatever is asked would be asked for ever.
      return progress.note("results of codes", "the operator repeats a page; no more are fetched");
    }
    return progress.add(
        page(
            document,
            submission,
            "document-codes",
            Map.of("documentId", submission.pathValues().get("documentId"), LAST_CODE, last),
            CODES_PAGE,
            lastIndex(submission) + results.size()));
  }

  private static Progress told(List<OperatorError> found, OperatorAnswer answer) {
    Progress progress = Progress.to(SubmissionState.DONE).answer(answer.body());
    return found.isEmpty() ? progress : progress.parentFound(found, KEPT);
  }

  private static long lastIndex(Submission submission) {
    return Long.parseLong(submission.query().getOrDefault("lastIndex", "0"));
  }
}
