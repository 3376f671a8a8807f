package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.DocumentState;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.OpenApiQuery;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Legacy calls without a body: one question, or several that follow from each other, and one legacy
 * answer.
 */
final class QueryProcedure implements Procedure {
  /** What differs between the questions. */
  interface Question {
    String kind();

    /** The first request; empty where the journal itself knows the answer, see {@link #known}. */
    default List<NewSubmission> first(Bridge bridge, Document document)
        throws DocumentRejectedException {
      OpenApiQuery query =
          bridge.queries().toOpenApi(kind(), document.productGroup(), document.parameters());
      return List.of(ask(bridge, document, query.call(), query.path(), query.query()));
    }

    /** The legacy answer where nobody needs to be asked. */
    default Optional<JsonNode> known(Bridge bridge, Document document)
        throws DocumentRejectedException, IOException {
      return Optional.empty();
    }

    /** What an answer changes; it may add further requests. */
    default Progress answered(
        Bridge bridge,
        Document document,
        Submission submission,
        OperatorAnswer answer,
        JsonNode body) {
      return Progress.to(SubmissionState.DONE).answer(answer.body()).visible();
    }

    /** What a refusal changes where it does not end the question; usually it does. */
    default Optional<Progress> refused(
        Bridge bridge, Document document, Submission submission, OperatorAnswer answer) {
      return Optional.empty();
    }

    /** The legacy answer from all that was answered; empty while something is missing. */
    Optional<JsonNode> reply(Bridge bridge, Document document, List<Submission> submissions)
        throws IOException;

    /** What a refusal means in our words; empty where the operator's own words tell it best. */
    default Optional<Problem> meaning(Document document, List<Submission> submissions) {
      return Optional.empty();
    }

    static NewSubmission ask(
        Bridge bridge,
        Document document,
        String call,
        Map<String, String> path,
        Map<String, String> query) {
      return bridge.ask(
          document, Optional.empty(), Purpose.QUERY, call, path, query, bridge.waits().now());
    }
  }

  private static final String ORDER = "orderId";

  private final Bridge bridge;
  private final Question question;

  QueryProcedure(Bridge bridge, Question question) {
    this.bridge = bridge;
    this.question = question;
  }

  /** The operator's errors, its parameters under their old names. */
  private List<OperatorError> refusals(Document document, List<Submission> submissions) {
    return submissions.stream()
        .flatMap(one -> one.failures().stream())
        .map(
            error ->
                new OperatorError(
                    error.code(),
                    error.number(),
                    error.text(),
                    bridge
                        .queries()
                        .legacyName(question.kind(), error.parameter(), document.parameters())))
        .toList();
  }

  /** What was answered makes no legacy answer: nobody is left without one. */
  private JsonNode noReply(Document document, List<Submission> submissions) {
    List<OperatorError> errors = refusals(document, submissions);
    return errors.isEmpty()
        ? bridge
            .errors()
            .problem(
                Problem.of(
                    ProblemCode.BRIDGE_FAILED,
                    "",
                    "",
                    "reason",
                    "the answers to " + document.kind().orElse("") + " are no longer kept"))
        : bridge.errors().operator(errors);
  }

  @Override
  public Set<String> kinds() {
    return Set.of(question.kind());
  }

  /** An order that is named by the bridge's own id has the operator's, once there is one. */
  private Document withOperatorsOrder(Document document) {
    String named = document.parameters().getOrDefault(ORDER, "");
    return bridge
        .orderOfOurs(named)
        .flatMap(
            order ->
                bridge.journal().submissions().of(order.id()).stream()
                    .filter(one -> one.purpose() == Purpose.STATEMENT)
                    .flatMap(one -> one.operatorId().stream())
                    .findFirst())
        .map(
            id -> {
              Map<String, String> parameters = new LinkedHashMap<>(document.parameters());
              parameters.put(ORDER, id);
              return document.withParameters(parameters);
            })
        .orElse(document);
  }

  @Override
  public void plan(Document named) throws DocumentRejectedException, IOException {
    Document document = withOperatorsOrder(named);
    Optional<JsonNode> known = question.known(bridge, document);
    if (known.isPresent()) {
      bridge
          .journal()
          .documents()
          .answer(
              document,
              Optional.of(known.get().toString()),
              Optional.empty(),
              null,
              "known to the journal");
      return;
    }
    bridge
        .journal()
        .submissions()
        .plan(document, question.first(bridge, document), question.kind());
  }

  @Override
  public Progress answered(Document document, Submission submission, OperatorAnswer answer) {
    return question
        .answered(bridge, withOperatorsOrder(document), submission, answer, AnswerJson.read(answer))
        .note("answered", submission.call() + ", " + answer.body().length + " bytes");
  }

  @Override
  public Optional<Progress> refused(
      Document document, Submission submission, OperatorAnswer answer) {
    return question.refused(bridge, withOperatorsOrder(document), submission, answer);
  }

  @Override
  public List<ReplyFile> replies(Document document, List<Submission> submissions)
      throws IOException {
    List<ReplyFile> files = new ArrayList<>();
    if (!document.problems().isEmpty()) {
      files.add(new ReplyFile(ReplyFile.ERROR, bridge.errors().problems(document.problems())));
      return files;
    }
    if (document.answer().isPresent()) {
      files.add(new ReplyFile(ReplyFile.REPLY, AnswerJson.parse(document.answer().get())));
      return files;
    }
    if (document.state() == DocumentState.PARKED) {
      Parked.of(document, submissions, bridge.preset(), bridge.text())
          .map(parked -> bridge.errors().problem(parked.problem()))
          .ifPresent(error -> files.add(new ReplyFile(ReplyFile.ERROR, error)));
      return files;
    }
    if (document.state() == DocumentState.REJECTED) {
      Optional<Problem> meaning = question.meaning(document, submissions);
      files.add(
          new ReplyFile(
              ReplyFile.ERROR,
              meaning.isPresent()
                  ? bridge.errors().problem(meaning.get())
                  : bridge.errors().operator(refusals(document, submissions))));
      return files;
    }
    if (document.state() == DocumentState.DONE || document.state() == DocumentState.PARTLY_DONE) {
      Optional<JsonNode> reply = question.reply(bridge, document, submissions);
      files.add(
          reply
              .map(told -> new ReplyFile(ReplyFile.REPLY, told))
              .orElseGet(() -> new ReplyFile(ReplyFile.ERROR, noReply(document, submissions))));
    }
    return files;
  }
}
