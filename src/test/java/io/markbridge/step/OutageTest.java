package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.JournalFixture;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.journal.Replay;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.openapi.OperatorHealth;
import io.markbridge.openapi.OperatorHealths;
import io.markbridge.openapi.OperatorRequest;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.procedure.FailureProgress;
import io.markbridge.procedure.Procedure;
import io.markbridge.procedure.Procedures;
import io.markbridge.procedure.ReplyFile;
import io.markbridge.procedure.Waits;
import io.markbridge.settings.Settings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The steps of a request over a real journal, with an operator that fails and a clock that moves.
 */
class OutageTest {
  private static final Duration TICK = Duration.ofSeconds(30);
  private static final int MOST_ATTEMPTS = 40;

  /** Only makes exchanges; it is never started. */
  private static final CamelContext CAMEL = new DefaultCamelContext();

  @TempDir Path directory;
  private JournalFixture fixture;
  private SubmissionsDue due;
  private RecordAnswers record;
  private Throttling throttling;
  private final List<String> log = new ArrayList<>();

  /** What the operator answers now. */
  private Function<OperatorRequest, OperatorAnswer> operator = request -> success();

  private int requests;

  @BeforeEach
  void open() {
    fixture = new JournalFixture(directory);
    RequestLimits limits =
        new RequestLimits(name -> new RequestLimits.Limit(0, 1, 1), fixture.clock);
    OperatorHealth health =
        new OperatorHealth(
            "operator",
            fixture.clock,
            new OperatorHealth.Listener() {
              @Override
              public void outage() {
                log.add("outage");
              }

              @Override
              public void over(Duration lasted) {
                log.add("over");
              }
            });
    Waits waits =
        new Waits(
            fixture.clock,
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            MOST_ATTEMPTS,
            () -> 0.5);
    Settings settings =
        new Settings(
            new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of(), "test", 100))
                .build());
    OperatorHealths healths = new OperatorHealths(fixture.preset(), operator -> health);
    throttling = new Throttling(limits, healths, fixture.clock);
    due =
        new SubmissionsDue(
            fixture.journal(),
            limits,
            healths,
            fixture.preset(),
            new Replica(fixture.journal(), settings, fixture.clock),
            settings);
    record =
        new RecordAnswers(
            fixture.journal(),
            fixture.preset(),
            new Procedures(List.of(new Taken())),
            new FailureProgress(waits),
            limits,
            // Nothing here is looked for.
            null,
            new Troubles(fixture.clock));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A report is taken, and then asked about until the operator has it done. */
  private final class Taken implements Procedure {
    @Override
    public Set<String> kinds() {
      return Set.of("utilisation");
    }

    @Override
    public void plan(Document document) {
      throw new IllegalStateException("planned by the test");
    }

    @Override
    public Progress answered(Document document, Submission submission, OperatorAnswer answer) {
      if (submission.purpose() == Purpose.STATEMENT) {
        return Progress.to(SubmissionState.ACCEPTED)
            .operator("R-" + submission.id(), null)
            .add(
                NewSubmission.tracking(
                    fixture.preset(), submission, "R-1", fixture.journal().now()));
      }
      return answer.status() == 200
          ? Progress.to(SubmissionState.DONE).parent(SubmissionState.DONE, "SUCCESS")
          : Progress.again(fixture.journal().now() + 60_000);
    }

    @Override
    public List<ReplyFile> replies(Document document, List<Submission> submissions) {
      return List.of();
    }
  }

  private static OperatorAnswer success() {
    return answer(200, Optional.empty(), Optional.empty());
  }

  /** Still in process: a success that the test tells by another status. */
  private static OperatorAnswer inProcess() {
    return answer(202, Optional.empty(), Optional.empty());
  }

  private static OperatorAnswer failure(FailureKind kind) {
    int status =
        switch (kind) {
          case NOT_REACHED, ANSWER_LOST -> 0;
          case OPERATOR_FAILED -> 503;
          case OVER_LIMIT -> 429;
          case NOT_AUTHENTICATED -> 401;
          case NOT_PERMITTED -> 403;
          case NOT_FOUND -> 404;
          case REFUSED -> 400;
        };
    return answer(status, Optional.of(kind), Optional.empty());
  }

  private static OperatorAnswer answer(
      int status, Optional<FailureKind> kind, Optional<Duration> retryAfter) {
    return new OperatorAnswer(
        status, new byte[0], kind, List.of(OperatorError.of("", "told", "")), retryAfter);
  }

  private List<String> reports(int count) {
    List<String> ids = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      Document document = fixture.accepted("report " + number, "utilisation");
      fixture.plan(document, 0);
      ids.add(document.id());
    }
    return ids;
  }

  /** What the routes do with one claimed submission. */
  private void handle(Submission submission) {
    Exchange exchange = new DefaultExchange(CAMEL);
    exchange.getMessage().setBody(submission);
    record.request(exchange);
    OperatorRequest request = exchange.getMessage().getBody(OperatorRequest.class);
    exchange.setProperty(OperatorHttp.REQUEST, request);
    if (throttling.mayLeave(exchange)) {
      requests++;
      exchange.getMessage().setBody(operator.apply(request));
      throttling.process(exchange);
    } else {
      throttling.holdBack(exchange);
    }
    record.record(exchange);
  }

  /** One round of both routes; claimed together, as they are on their way together. */
  private void round() {
    try {
      List<Submission> claimed = new ArrayList<>(due.toSend());
      claimed.forEach(one -> handleAndFree(one, due::sent));
      due.toTrack().forEach(one -> handleAndFree(one, due::tracked));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private void handleAndFree(Submission submission, Runnable free) {
    handle(submission);
    free.run();
  }

  private void rounds(Duration lasting) {
    for (Duration left = lasting; !left.isNegative(); left = left.minus(TICK)) {
      round();
      fixture.clock.advance(TICK);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_REACHED", "ANSWER_LOST", "OPERATOR_FAILED"})
  void anOutageOfThreeDaysParksNothingAndCostsAProbeAMinute(FailureKind kind) {
    operator = request -> request.body().isPresent() ? success() : inProcess();
    reports(8);
    round();
    fixture.clock.advance(TICK);
    assertThat(fixture.count("select count(*) from submissions where state = 'ACCEPTED'"))
        .isEqualTo(8);
    reports(50);
    requests = 0;
    operator = request -> failure(kind);

    rounds(Duration.ofDays(3));

    assertThat(requests).isLessThanOrEqualTo(3 * 24 * 60 + 20).isGreaterThan(2000);
    assertThat(log).containsExactly("outage");
    assertThat(fixture.count("select count(*) from submissions where failed_attempts > 0"))
        .isZero();
    assertThat(fixture.count("select count(*) from submissions where state = 'PARKED'")).isZero();
    long inDoubt = fixture.count("select count(*) from submissions where state = 'IN_DOUBT'");
    assertThat(inDoubt).as("what left before the outage was noticed").isLessThanOrEqualTo(8);

    operator = request -> success();
    rounds(Duration.ofMinutes(20));
    assertThat(log).containsExactly("outage", "over");
    assertThat(fixture.count("select count(*) from documents where state = 'DONE'"))
        .isEqualTo(58 - inDoubt);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_FOUND", "NOT_PERMITTED", "REFUSED"})
  void aQuestionThatIsRefusedForEverIsParkedAndGoesOnWhenAPersonSaysSo(FailureKind kind) {
    String id = reports(1).get(0);
    operator = request -> request.body().isPresent() ? success() : failure(kind);
    rounds(Duration.ofHours(2));

    assertThat(fixture.find(id).state()).isEqualTo(DocumentState.PARKED);
    Submission question = fixture.journal().submissions().of(id).get(1);
    assertThat(question.state()).isEqualTo(SubmissionState.PARKED);
    assertThat(question.failureKind()).contains(kind);
    assertThat(question.failures()).hasSize(1);
    assertThat(requests).isEqualTo(1 + MOST_ATTEMPTS + 1);
    assertThat(fixture.events(id)).endsWith("parked", "parked");

    Replay replay = new Replay(fixture.journal(), fixture.preset().calls());
    assertThat(replay.again(id, new Replay.Person("aziza", "the role is there now"))).isTrue();
    assertThat(fixture.find(id).state()).isEqualTo(DocumentState.PLANNED);
    operator = request -> success();
    rounds(Duration.ofMinutes(2));
    assertThat(fixture.find(id).state()).isEqualTo(DocumentState.DONE);
    assertThat(fixture.events(id)).contains("replayed");
  }

  @Test
  void aQuestionThatFailsWhileOthersAreAnsweredIsParked() {
    operator = request -> request.body().isPresent() ? success() : inProcess();
    List<String> ids = reports(2);
    round();
    String failing = fixture.journal().submissions().of(ids.get(0)).get(0).id();
    operator = request -> claimedOf(failing) ? failure(FailureKind.OPERATOR_FAILED) : inProcess();
    fixture.clock.advance(TICK);
    rounds(Duration.ofHours(8));
    assertThat(fixture.find(ids.get(0)).state()).isEqualTo(DocumentState.PARKED);
    assertThat(fixture.find(ids.get(1)).state()).isEqualTo(DocumentState.PLANNED);
  }

  /** Whether the question about this statement is on its way. */
  private boolean claimedOf(String statement) {
    return fixture.count(
            "select count(*) from submissions where parent_id = ? and state = 'SENDING'", statement)
        > 0;
  }

  @Test
  void whatIsClaimedIsGivenBackWhenItsLimitIsClosedMeanwhile() throws InterruptedException {
    List<String> ids = reports(3);
    operator =
        request ->
            answer(429, Optional.of(FailureKind.OVER_LIMIT), Optional.of(Duration.ofMinutes(2)));
    List<Submission> claimed = due.toSend();
    assertThat(claimed).hasSize(3);
    claimed.forEach(this::handle);
    assertThat(requests).isEqualTo(1);
    long end = fixture.clock.millis() + 120_000;
    for (String id : ids.subList(1, 3)) {
      Submission back = fixture.journal().submissions().of(id).get(0);
      assertThat(back.state()).isEqualTo(SubmissionState.PLANNED);
      assertThat(back.attempts()).isZero();
      assertThat(back.sentAt()).isEmpty();
      assertThat(back.firstSentAt()).isEmpty();
      assertThat(back.nextAttemptAt()).isEqualTo(end);
      assertThat(fixture.events(id)).doesNotContain("over the limit");
    }
    operator = request -> success();
    fixture.clock.advance(Duration.ofSeconds(119));
    assertThat(due.toSend()).isEmpty();
    fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(due.toSend()).hasSize(3);
  }
}
