package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Documents that state something: mapped by a table, sent, tracked until final, and answered in the
 * old words.
 */
public final class StatementProcedure implements Procedure {
  private final Bridge bridge;
  private final StatementPlanner planner;
  private final Refusals refusals;
  private final Statement statement;

  StatementProcedure(
      Bridge bridge, StatementPlanner planner, Refusals refusals, Statement statement) {
    this.bridge = bridge;
    this.planner = planner;
    this.refusals = refusals;
    this.statement = statement;
  }

  @Override
  public Set<String> kinds() {
    return Set.of(statement.kind());
  }

  @Override
  public void plan(Document document) throws DocumentRejectedException, IOException {
    planner.plan(document, id -> statement.reply(bridge.omsId(document), id).toString());
  }

  @Override
  public Progress answered(Document document, Submission submission, OperatorAnswer answer) {
    JsonNode body = AnswerJson.read(answer);
    if (submission.purpose() != Purpose.STATEMENT) {
      return statement.followUp(document, submission, answer, body);
    }
    String idField = bridge.preset().call(submission.call()).answers();
    Optional<String> id = AnswerJson.text(body, idField);
    if (id.isEmpty()) {
      return Progress.to(SubmissionState.IN_DOUBT)
          .failed(
              FailureKind.ANSWER_LOST,
              List.of(OperatorError.of("", "HTTP " + answer.status() + " without " + idField, "")))
          .answer(answer.body())
          .note("answer lost", "a success without " + idField)
          .visible();
    }
    Progress progress =
        Progress.to(SubmissionState.ACCEPTED)
            .operator(id.get(), null)
            .answer(answer.body())
            .note("answered", new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
            .add(
                NewSubmission.tracking(
                    bridge.preset(), submission, id.get(), bridge.waits().askAgainAt(1)));
    return statement.accepted(document, progress, id.get());
  }

  @Override
  public List<ReplyFile> replies(Document document, List<Submission> submissions)
      throws IOException {
    String omsId = bridge.omsId(document);
    List<ReplyFile> files = new ArrayList<>();
    List<Submission> statements =
        submissions.stream().filter(one -> one.purpose() == Purpose.STATEMENT).toList();
    String id = legacyId(document, statements);
    boolean answered =
        !statements.isEmpty() && statements.stream().allMatch(one -> one.operatorId().isPresent());
    if (document.answer().isPresent()) {
      files.add(new ReplyFile(ReplyFile.REPLY, AnswerJson.parse(document.answer().get())));
    } else if (answered || (answersAtOnce() && document.problems().isEmpty())) {
      files.add(new ReplyFile(ReplyFile.REPLY, statement.reply(omsId, id)));
    }
    files.add(new ReplyFile(ReplyFile.STATUS, statement.status(document, submissions, omsId, id)));
    error(document, statements)
        .ifPresent(error -> files.add(new ReplyFile(ReplyFile.ERROR, error)));
    files.addAll(statement.details(document, submissions, omsId));
    return files;
  }

  /**
   * The operator's id where the document became one submission; otherwise ours, and the bridge
   * answers for all of them.
   */
  private String legacyId(Document document, List<Submission> statements) {
    return answersAtOnce()
        ? document.id()
        : statements.size() == 1
            ? statements.get(0).operatorId().orElse(document.id())
            : document.id();
  }

  /**
   * Reports may be answered with our id before the operator has one; an order waits for the
   * operator's.
   */
  private boolean answersAtOnce() {
    return !statement.kind().equals("order")
        && bridge.settings().flag("replies.reports-at-once", false);
  }

  private Optional<JsonNode> error(Document document, List<Submission> statements) {
    if (!document.problems().isEmpty()) {
      return Optional.of(bridge.errors().problems(document.problems()));
    }
    // A statement that waits for a person is not refused: nobody may send it again.
    boolean refused =
        statements.stream().allMatch(one -> one.state().terminal())
            && statements.stream()
                .anyMatch(
                    one ->
                        one.state() == SubmissionState.REJECTED
                            || one.state() == SubmissionState.PARTLY_DONE);
    boolean ended =
        document.state() == DocumentState.REJECTED || document.state() == DocumentState.PARTLY_DONE;
    if (!ended && !(refused && document.state() == DocumentState.PARKED)) {
      return Optional.empty();
    }
    List<Problem> given =
        statements.stream().anyMatch(Refusals::neverSent)
            ? List.of(Problem.of(ProblemCode.UNITS_REFUSED, "$.aggregationUnits", "11.1"))
            : List.of();
    return Optional.of(bridge.errors().operator(refusals.of(document, statements), given));
  }
}
