package io.markbridge.procedure.doubt;

import io.markbridge.document.Document;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Payload;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Doubts;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.operator.OperatorCall;
import io.markbridge.procedure.Bridge;
import io.markbridge.procedure.Procedure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose answer was lost, and what can be said about it in the end: found, not there, or a
 * person's to decide.
 *
 * @param lost the request in doubt
 * @param procedure reads the answer that was lost, once it is known
 */
public record Doubt(Bridge bridge, Document document, Submission lost, Procedure procedure) {
  /** How much earlier than it left something may be dated, beside the clocks' difference. */
  static final Duration TOLERANCE = Duration.ofMinutes(1);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  Doubts journal() {
    return bridge.journal().doubts();
  }

  public OperatorCall call() {
    return bridge.preset().call(lost.call());
  }

  public Payload body() {
    return bridge.journal().chunks().payload(lost.id(), lost.size(), 0);
  }

  /**
   * When it left for the first time: also an earlier attempt may have made what is looked for, and
   * become visible only now.
   */
  long firstSentAt() {
    return lost.firstSentAt().or(lost::sentAt).orElse(document.receivedAt());
  }

  private long lastSentAt() {
    return lost.sentAt().orElse(firstSentAt());
  }

  private long absentAfter() {
    return bridge.settings().duration("look-up.absent-after", Duration.ofMinutes(3)).toMillis();
  }

  /**
   * Whether a search counts that found nothing: what was made may become visible late.
   *
   * @param began milliseconds: when the search began
   * @param times so many times as long as usual
   */
  boolean lateEnough(long began, int times) {
    return began >= lastSentAt() + times * absentAfter();
  }

  /** A further request of the look-up. */
  public NewSubmission ask(
      String call, Map<String, String> pathValues, Map<String, String> query, byte[] body) {
    return new NewSubmission(
        Optional.of(lost.id()),
        Purpose.LOOK_UP,
        call,
        lost.account(),
        bridge.preset().call(call).limit(),
        pathValues,
        query,
        bridge.waits().now(),
        Optional.ofNullable(body));
  }

  /** It is there: goes on as if this had been answered. */
  public Progress found(OperatorAnswer lostAnswer, String told) {
    return Progress.to(SubmissionState.DONE)
        .note("found", told)
        .foundOut(procedure.answered(document, lost, lostAnswer));
  }

  /** It is there under this id of the operator. */
  Progress foundAs(String operatorId, String told) {
    return Progress.to(SubmissionState.DONE)
        .note("found", told)
        .foundOut(
            procedure
                .answered(document, lost, LostAnswer.of(Map.of(call().answers(), operatorId)))
                .effect(journal().bind(lost, operatorId)));
  }

  /**
   * Nothing can be said yet: looked for again, later each time, as long as one asks for what was
   * sent.
   */
  Progress later(String told) {
    long now = bridge.waits().now();
    long waited = Math.max(FIRST_WAIT.toMillis(), now - lastSentAt());
    long at = now + Math.min(waited, bridge.waits().longestQuestion().toMillis());
    long counts = lastSentAt() + absentAfter();
    return Progress.to(SubmissionState.DONE)
        .note("looked for", told)
        .foundOut(Progress.stillInDoubt(now < counts ? Math.min(at, counts) : at, lost.failures()));
  }

  /** It is not there, and would be by now: sent again, if it was not in vain too often. */
  public Progress absent(String told) {
    if (lost.failedAttempts() >= bridge.waits().mostAttempts()) {
      return unclear(told + ", and its answer was lost " + (lost.failedAttempts() + 1) + " times");
    }
    return Progress.to(SubmissionState.DONE)
        .foundOut(
            Progress.again(bridge.waits().now())
                // What was lost counts towards giving up once it has left again.
                .failed(lost.failureKind().orElse(FailureKind.ANSWER_LOST), lost.failures())
                .note("not found", told + "; sent again")
                .visible());
  }

  /** A person has to decide. */
  Progress unclear(String why) {
    return Progress.to(SubmissionState.DONE).foundOut(parked(why));
  }

  /** The progress of the request itself when a person has to decide. */
  Progress parked(String why) {
    String replay = "markbridge replay " + lost.id();
    boolean hasId = !call().trackedBy().isEmpty();
    String what =
        why
            + "; look at the operator, then "
            + (hasId ? replay + " --as sent --operator-id ID, or " : "")
            + replay
            + " --as not-sent";
    return Progress.to(SubmissionState.PARKED)
        .failed(FailureKind.ANSWER_LOST, List.of(OperatorError.of("", what, "")))
        .note("parked", what)
        .visible();
  }

  /** How far our clock is ahead of the operator's, in milliseconds, as this answer tells. */
  Optional<Long> ahead(OperatorAnswer answer) {
    return answer.date().map(Instant::toEpochMilli).map(date -> bridge.waits().now() - date);
  }
}
