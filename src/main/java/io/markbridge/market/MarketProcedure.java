package io.markbridge.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.LegacyErrors;
import io.markbridge.mapping.MappedDocument;
import io.markbridge.mapping.MappedPart;
import io.markbridge.mapping.Mapper;
import io.markbridge.mapping.MappingRequest;
import io.markbridge.mapping.OrderMemory;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.operator.OperatorCall;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.procedure.AnswerJson;
import io.markbridge.procedure.Bridge;
import io.markbridge.procedure.Procedure;
import io.markbridge.procedure.ReplyFile;
import io.markbridge.procedure.StatementPlanner;
import io.markbridge.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Codes of an order: sent as a whole, and where the marketplace checks them (FBS, Express) asked
 * for until it has (change table Y1 to Y9). Boxes name every item of the order: where the document
 * does not, the order is read first, and the statement is made of both.
 */
public final class MarketProcedure implements Procedure {
  static final String KIND = "market-cis";
  static final String BOXES = "market-boxes";
  static final String ORDER = "market-order";

  /** A target that says all of a document that can be said without its order. */
  private static final Map<String, String> WITHOUT_ORDER = Map.of("target", "identifiers");

  private static final Duration UNCHECKED_AFTER = Duration.ofMinutes(10);

  private final Bridge bridge;
  private final Mapper mapper;
  private final StatementPlanner planner;
  private final UnaryOperator<String> withoutTail;
  private final MarketReplies replies;

  /**
   * @param withoutTail a code without its crypto tail; gives back as it is what is no code
   */
  public MarketProcedure(Bridge bridge, Mapper mapper, UnaryOperator<String> withoutTail) {
    this.bridge = bridge;
    this.mapper = mapper;
    this.planner = new StatementPlanner(bridge, mapper);
    this.withoutTail = withoutTail;
    this.replies = new MarketReplies(bridge, withoutTail);
  }

  @Override
  public Set<String> kinds() {
    return Set.of(KIND);
  }

  @Override
  public void plan(Document document) throws DocumentRejectedException, IOException {
    MappingRequest request = planner.request(document);
    MarketDocument codes = MarketDocument.of(request);
    codes.refuseContradictions();
    if (!mapper.call(request).equals(BOXES) || codes.countsAll()) {
      planner.plan(document, id -> "{}");
      return;
    }
    // What is wrong with it is told before the marketplace is asked anything.
    MappedPart part = map(with(request, WITHOUT_ORDER), OutputStream.nullOutputStream());
    bridge
        .journal()
        .submissions()
        .plan(
            document,
            List.of(
                bridge.ask(
                    document,
                    Optional.empty(),
                    Purpose.QUERY,
                    ORDER,
                    bridge.preset().call(ORDER).inPath(part.query()),
                    Map.of(),
                    bridge.waits().now())),
            "boxes name every item of the order, and the document does not: the order is read");
  }

  private MappedPart map(MappingRequest request, OutputStream body)
      throws DocumentRejectedException, IOException {
    MappedDocument mapped =
        mapper.map(request, OrderMemory.EMPTY, Mapper.AcceptedCodes.NONE, number -> body);
    return mapped.parts().get(0);
  }

  private static MappingRequest with(MappingRequest request, Map<String, String> more) {
    Map<String, String> given = new LinkedHashMap<>(request.given());
    given.putAll(more);
    return new MappingRequest(
        request.kind(),
        request.productGroup(),
        request.account(),
        request.accountTin(),
        request.folder(),
        given,
        request.charset(),
        request.acceptedAt(),
        request.payload(),
        request.documentId());
  }

  @Override
  public Progress answered(Document document, Submission submission, OperatorAnswer answer) {
    JsonNode body = AnswerJson.read(answer);
    try {
      return switch (submission.purpose()) {
        case QUERY -> orderRead(document, answer, body);
        case STATEMENT -> taken(submission, answer);
        case TRACKING -> checked(submission, answer, body);
        case DETAIL, LOOK_UP ->
            throw new IllegalStateException("the marketplace is not asked " + submission.call());
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The order says what the document does not: its other items, and all counts. */
  private Progress orderRead(Document document, OperatorAnswer answer, JsonNode body)
      throws IOException {
    ByteArrayOutputStream boxes = new ByteArrayOutputStream();
    try {
      MappingRequest request = planner.request(document);
      MarketDocument completed = MarketDocument.of(request).completedBy(MarketOrder.items(body));
      MappedPart part = map(completed.request(), boxes);
      OperatorCall call = bridge.preset().call(part.call());
      return Progress.to(SubmissionState.DONE)
          .answer(answer.body())
          .note("order read", MarketOrder.items(body).size() + " items")
          .add(
              new NewSubmission(
                  Optional.empty(),
                  Purpose.STATEMENT,
                  call.name(),
                  document.account().orElseThrow(),
                  call.limit(),
                  call.inPath(part.query()),
                  Map.of(),
                  bridge.waits().now(),
                  Optional.of(boxes.toByteArray())));
    } catch (DocumentRejectedException rejected) {
      List<OperatorError> errors =
          rejected.problems().stream()
              .map(
                  problem ->
                      OperatorError.of(
                          problem.code().name(), bridge.text().sentence(problem), problem.path()))
              .toList();
      return Progress.to(SubmissionState.REJECTED)
          .failed(FailureKind.REFUSED, errors)
          .answer(answer.body())
          .note("refused", "the order and the document do not fit together")
          .visible();
    }
  }

  /** HTTP 200: recorded. Where nobody checks codes, that is the end. */
  private Progress taken(Submission statement, OperatorAnswer answer) throws IOException {
    Map<String, String> path = statement.pathValues();
    boolean asksOn = isChecked(statement) && !sent(statement).codes().isEmpty();
    Progress progress =
        Progress.to(asksOn ? SubmissionState.ACCEPTED : SubmissionState.DONE)
            .operator(path.get("orderId"), asksOn ? "IN_PROGRESS" : "OK")
            .answer(answer.body())
            // What it says, codes with their tails too, is kept as the answer.
            .note("answered", statement.call() + ", " + answer.body().length + " bytes");
    if (asksOn) {
      progress.add(
          NewSubmission.tracking(
              bridge.preset(), statement, path.get("orderId"), bridge.waits().askAgainAt(1)));
    }
    return progress;
  }

  /** DBS codes are not checked, and DBS orders have no status call. */
  private boolean isChecked(Submission statement) {
    return bridge
        .settings()
        .text(Settings.place(statement.account()) + "model")
        .map(model -> !model.equalsIgnoreCase("DBS"))
        .orElse(statement.call().equals(BOXES));
  }

  private Progress checked(Submission question, OperatorAnswer answer, JsonNode body)
      throws IOException {
    Submission statement =
        bridge.journal().submissions().find(question.parentId().orElseThrow()).orElseThrow();
    boolean longEnough =
        question.firstSentAt().orElse(bridge.waits().now())
                + bridge.settings().duration("market.unchecked-after", UNCHECKED_AFTER).toMillis()
            <= bridge.waits().now();
    CodeChecks checks = CodeChecks.of(operator(statement), sent(statement), body, withoutTail);
    String word = checks.word(longEnough);
    Progress progress;
    if (checks.pending(longEnough)) {
      progress = Progress.again(bridge.waits().askAgainAt(question.attempts()));
    } else if (checks.refused().isEmpty()) {
      progress = Progress.to(SubmissionState.DONE).parent(SubmissionState.DONE, word);
    } else {
      progress =
          Progress.to(SubmissionState.DONE)
              .parentFailed(
                  checks.allRefused() ? SubmissionState.REJECTED : SubmissionState.PARTLY_DONE,
                  word,
                  FailureKind.REFUSED,
                  checks.refused());
    }
    if (!word.equals(question.operatorStatus().orElse(""))) {
      // Only then has the legacy side something new to see.
      progress.operator(null, word).note("codes " + word, checks.counted());
    }
    return progress.answer(answer.body());
  }

  private SentItems sent(Submission statement) throws IOException {
    return SentItems.read(bridge.journal().chunks().payload(statement.id(), statement.size(), 0));
  }

  private OperatorCall call(Submission submission) {
    return bridge.preset().call(submission.call());
  }

  private OperatorPreset operator(Submission submission) {
    return bridge.preset().of(call(submission));
  }

  @Override
  public List<ReplyFile> replies(Document document, List<Submission> submissions)
      throws IOException {
    LegacyErrors errors = bridge.errors(document);
    return replies.of(document, submissions, errors);
  }
}
