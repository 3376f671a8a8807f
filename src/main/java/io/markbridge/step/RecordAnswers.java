package io.markbridge.step;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.markbridge.crash.CrashPoint;
import io.markbridge.crash.CrashSwitch;
import io.markbridge.document.Document;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Payload;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalException;
import io.markbridge.journal.Progress;
import io.markbridge.journal.Recorded;
import io.markbridge.openapi.Consequence;
import io.markbridge.openapi.FailureRules;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.openapi.OperatorRequest;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.operator.OperatorCall;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.procedure.FailureProgress;
import io.markbridge.procedure.Procedure;
import io.markbridge.procedure.Procedures;
import io.markbridge.procedure.doubt.LookUps;
import io.markbridge.traces.Span;
import io.markbridge.traces.Traces;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

/** Makes a request of a claimed submission, and commits what its answer means. */
@Named("recordAnswers")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class RecordAnswers {
  private static final Logger LOG = Logger.getLogger(RecordAnswers.class);

  /** About a minute in all: the time in which a database fails over. */
  private static final int TRIES = 18;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  static final String SUBMISSION = "markbridge.submission";

  private final Journal journal;
  private final OperatorPreset preset;
  private final Procedures procedures;
  private final FailureProgress failures;
  private final RequestLimits limits;
  private final LookUps lookUps;
  private final Troubles troubles;

  /**
   * Another answer came between (two askers, one pack), or the journal is away for a while: what
   * this answer means is looked at again, since nothing else would ever bring it back.
   */
  private final Retry journalBack =
      Retry.of(
          "answers",
          RetryConfig.custom()
              .maxAttempts(TRIES)
              .intervalFunction(
                  IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, 2, LONGEST_PAUSE))
              .retryExceptions(JournalException.class)
              .build());

  @Inject
  public RecordAnswers(
      Journal journal,
      OperatorPreset preset,
      Procedures procedures,
      FailureProgress failures,
      RequestLimits limits,
      LookUps lookUps,
      Troubles troubles) {
    this.journal = journal;
    this.preset = preset;
    this.procedures = procedures;
    this.failures = failures;
    this.limits = limits;
    this.lookUps = lookUps;
    this.troubles = troubles;
    journalBack
        .getEventPublisher()
        .onRetry(
            again ->
                troubles.failed("answers", "an answer waits in memory", again.getLastThrowable()));
  }

  /** In: a claimed submission; out: the request that it is. */
  public void request(Exchange exchange) {
    Submission submission = exchange.getMessage().getBody(Submission.class);
    exchange.setProperty(SUBMISSION, submission);
    LogContext.of(submission.documentId());
    SubmissionSpan.begin(exchange, submission);
    Optional<Payload> body =
        submission.size() == 0
            ? Optional.empty()
            : Optional.of(journal.chunks().payload(submission.id(), submission.size(), 0));
    exchange
        .getMessage()
        .setBody(
            new OperatorRequest(
                submission.account(),
                preset.call(submission.call()),
                submission.pathValues(),
                submission.query(),
                body,
                failures.attempt(submission, preset.call(submission.call()))));
    CrashSwitch.reached(CrashPoint.REQUEST_MADE, submission.id());
  }

  /** In: the answer. */
  public void record(Exchange exchange) {
    Submission submission = exchange.getProperty(SUBMISSION, Submission.class);
    OperatorAnswer answer = exchange.getMessage().getBody(OperatorAnswer.class);
    CrashSwitch.reached(CrashPoint.ANSWER_CAME, submission.id());
    if (givenBack(exchange, submission, answer)) {
      return;
    }
    try (Span span = Traces.begin("record", submission.documentId())) {
      tell(submission, journalBack.executeSupplier(() -> record(submission, answer)));
    }
  }

  private Recorded record(Submission submission, OperatorAnswer answer) {
    Document document = journal.documents().find(submission.documentId()).orElseThrow();
    LogContext.of(document);
    Procedure procedure = procedures.of(document.kind().orElseThrow()).orElseThrow();
    return journal
        .submissions()
        .record(
            submission,
            progress(procedure, document, submission, preset.call(submission.call()), answer));
  }

  /** What never left is as if it had not been claimed. */
  private boolean givenBack(Exchange exchange, Submission submission, OperatorAnswer answer) {
    Optional<Consequence> follows =
        FailureRules.follows(failures.attempt(submission, preset.call(submission.call())), answer);
    if (follows.filter(one -> one.step() == Consequence.Step.GIVE_BACK).isEmpty()) {
      return false;
    }
    long wait = follows.get().atLeast().map(Duration::toMillis).orElse(0L);
    journal.submissions().giveBack(submission, journal.now() + wait);
    if (exchange.getProperty(TokenRefresh.REPEATED) == null
        && exchange.getProperty(OperatorHttp.KEPT_BACK) == null) {
      limits.giveBack(submission.account(), submission.bucket(), 1);
    }
    return true;
  }

  private static void tell(Submission submission, Recorded recorded) {
    if (recorded == Recorded.MADE_ANOTHER) {
      LOG.warnf(
          "document %s: the operator has made something besides out of submission %s; a person must look, see markbridge show %s",
          submission.documentId(), submission.id(), submission.documentId());
    } else if (recorded == Recorded.TOO_LATE) {
      LOG.infof(
          "the answer to submission %s came too late: others have decided about it meanwhile",
          submission.id());
    }
  }

  private Progress progress(
      Procedure procedure,
      Document document,
      Submission submission,
      OperatorCall call,
      OperatorAnswer answer) {
    if (answer.failure().isEmpty()) {
      return understood(procedure, document, submission, call, answer);
    }
    LOG.debugf("submission %s: %s", submission.id(), answer.failure().get());
    Optional<Progress> told =
        submission.purpose() == Purpose.LOOK_UP
            ? lookUps.refused(document, submission, answer)
            : procedure.refused(document, submission, answer);
    return told.orElseGet(() -> failures.of(submission, call, answer));
  }

  /** An answer that nobody can make sense of says nothing about what happened. */
  private Progress understood(
      Procedure procedure,
      Document document,
      Submission submission,
      OperatorCall call,
      OperatorAnswer answer) {
    if (submission.purpose() == Purpose.LOOK_UP) {
      return lookUps.answered(document, submission, answer);
    }
    try {
      return procedure.answered(document, submission, answer);
    } catch (JournalException busy) {
      // Nothing is wrong with the answer.
      throw busy;
    } catch (RuntimeException strange) {
      LOG.errorf(
          strange,
          "reading the answer to %s of document %s failed",
          submission.call(),
          document.id());
      return failures.of(
          submission,
          call,
          OperatorAnswer.failed(
              FailureKind.ANSWER_LOST, "an answer that cannot be read: " + strange));
    }
  }
}
