package io.markbridge.procedure;

import static io.markbridge.procedure.DoubtFixture.GTIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.document.TimelineEntry;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.JournalCommit;
import io.markbridge.journal.JournalException;
import io.markbridge.journal.Progress;
import io.markbridge.journal.Replay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders whose answer was lost (section 4 of the contract). */
@ParameterizedClass
@EnumSource(Dialect.class)
class LostOrdersTest {
  @Parameter Dialect dialect;

  private static final Duration LONG_ENOUGH = Duration.ofMinutes(4);
  private static final String OTHER_GTIN = "04780001000022";

  @TempDir Path folder;
  private DoubtFixture operator;

  @BeforeEach
  void open() {
    operator = new DoubtFixture(folder, dialect);
  }

  @AfterEach
  void close() {
    operator.close();
  }

  @Test
  void anOrderThatIsThereIsTrackedAtOnce() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    operator.hasOrder("made", "PO-1", GTIN, 10);

    operator.lookUp();

    Submission now = operator.now(lost);
    assertThat(now.state()).isEqualTo(SubmissionState.ACCEPTED);
    assertThat(now.operatorId()).contains("made");
    assertThat(now.failures()).isEmpty();
    assertThat(now.attempts()).isEqualTo(1);
    operator.fixture.later();
    operator.fixture.answer(
        "orders", "{\"orderInfos\":[{\"orderId\":\"made\",\"orderStatus\":\"READY\"}]}");
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.DONE);
    assertThat(operator.fixture.replies(document(lost)).get("reply").path("orderId").asText())
        .isEqualTo("made");
    assertThat(events(lost)).containsSubsequence("answer lost", "found", "answered");
  }

  @Test
  void anOrderThatIsNotThereIsSentAgainButNotBeforeItWouldBeVisible() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);

    operator.lookUpFor(Duration.ofMinutes(2));
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.IN_DOUBT);
    long looked = operator.asked("orders");
    assertThat(looked).as("waits grow").isBetween(3L, 12L);

    operator.lookUpFor(Duration.ofMinutes(2));
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PLANNED);
    assertThat(events(lost)).contains("not found");
    operator.fixture.answer("order", "{\"orderId\":\"second\"}");
    assertThat(operator.now(lost).operatorId()).contains("second");
  }

  @Test
  void anOrderThatBecomesVisibleLateIsFound() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    Instant made = operator.fixture.journals.clock.instant();

    operator.lookUpFor(Duration.ofMinutes(1));
    operator.hasOrder("late", "PO-1", GTIN, 10, made);
    operator.lookUpFor(LONG_ENOUGH);

    assertThat(operator.now(lost).operatorId()).contains("late");
  }

  @Test
  void whatAnEarlierAttemptMadeIsFoundAlsoAfterALaterOne() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    Instant made = operator.fixture.journals.clock.instant();
    operator.lookUpFor(LONG_ENOUGH);
    operator.lose("order");
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.IN_DOUBT);

    operator.hasOrder("very late", "PO-1", GTIN, 10, made);
    operator.lookUp();

    assertThat(operator.now(lost).operatorId()).contains("very late");
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 0, 60, 300})
  void aWrongClockChangesNothing(long minutesAhead) {
    operator.ahead = Duration.ofMinutes(minutesAhead);
    // Made before ours was sent, by somebody else.
    operator.hasOrder("old", "PO-1", GTIN, 10);
    operator.fixture.journals.clock.advance(Duration.ofMinutes(5));
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    operator.fixture.journals.clock.advance(Duration.ofSeconds(3));
    operator.hasOrder("made", "PO-1", GTIN, 10);

    operator.lookUp();

    assertThat(operator.now(lost).operatorId()).contains("made");
  }

  @Test
  void allPagesAreRead() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    for (int number = 0; number < 250; number++) {
      operator.hasOrder("other " + number, "PO-1", OTHER_GTIN, 10);
    }
    operator.hasOrder("made", "PO-1", GTIN, 10);

    operator.lookUp();

    assertThat(operator.now(lost).operatorId()).contains("made");
    assertThat(operator.asked("orders")).isEqualTo(3);
    assertThat(operator.asked("sub-orders")).isEqualTo(251);
  }

  @Test
  void aPageThatComesAgainEndsWithAPerson() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    for (int number = 0; number < 100; number++) {
      operator.hasOrder("other " + number, "PO-1", OTHER_GTIN, 10);
    }
    operator.fixture.lookUps().begin();
    Submission first = operator.fixture.sent("orders");
    operator.tell(first);
    Submission second = operator.fixture.sent("orders");
    assertThat(second.query()).containsEntry("cursor", "other 99");
    com.fasterxml.jackson.databind.node.ObjectNode same = DoubtFixture.object();
    var page = same.putArray("orderInfos");
    for (int number = 0; number < 100; number++) {
      page.addObject().put("orderId", "other " + number);
    }
    operator.answer(second, same);

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PARKED);
  }

  @Test
  void fiveOrdersOfOneNumberKilledInTheMiddleComeOutRight() {
    List<String> gtins = List.of(GTIN, OTHER_GTIN, "04780001000039", "04780001000046", GTIN);
    List<Submission> lost = new ArrayList<>();
    for (int number = 0; number < gtins.size(); number++) {
      operator.sentOrder("order " + number, "PO-5", gtins.get(number), 10);
    }
    operator.fixture.journals.claim(Purpose.STATEMENT).forEach(lost::add);
    assertThat(lost).hasSize(5);
    operator.fixture.journals.restart();
    assertThat(operator.fixture.journals.recover()).isEqualTo(5);
    // Three of them had arrived, one of the two equal ones among them.
    operator.hasOrder("first", "PO-5", GTIN, 10);
    operator.hasOrder("second", "PO-5", OTHER_GTIN, 10);
    operator.hasOrder("third", "PO-5", "04780001000039", 10);

    operator.lookUpFor(LONG_ENOUGH);

    List<SubmissionState> states = lost.stream().map(operator::state).toList();
    assertThat(states)
        .containsExactlyInAnyOrder(
            SubmissionState.ACCEPTED,
            SubmissionState.ACCEPTED,
            SubmissionState.ACCEPTED,
            SubmissionState.PLANNED,
            SubmissionState.PLANNED);
    assertThat(lost.stream().flatMap(one -> operator.now(one).operatorId().stream()))
        .containsExactlyInAnyOrder("first", "second", "third");
    assertThat(operator.state(lost.get(3))).isEqualTo(SubmissionState.PLANNED);
    assertThat(operator.asked("sub-orders")).as("not everybody reads everything").isLessThan(15);
  }

  @Test
  void twoEqualOrdersTakeOneCandidateEach() {
    Submission one = operator.lostOrder("a", "PO-1", GTIN, 10);
    Submission two = operator.lostOrder("b", "PO-1", GTIN, 10);
    operator.hasOrder("first", "PO-1", GTIN, 10);
    operator.hasOrder("second", "PO-1", GTIN, 10);

    operator.lookUp();

    assertThat(List.of(operator.now(one), operator.now(two)))
        .flatExtracting(now -> now.operatorId().stream().toList())
        .containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void twoLookUpsThatChoseTheSameCandidateDoNotShareIt() {
    Submission one = operator.lostOrder("a", "PO-1", GTIN, 10);
    Submission two = operator.lostOrder("b", "PO-1", GTIN, 10);
    operator.hasOrder("only", "PO-1", GTIN, 10);
    operator.fixture.lookUps().begin();
    List<Submission> lists = claimed();
    lists.forEach(operator::tell);
    List<Submission> contents = claimed();
    assertThat(contents).hasSize(2);
    operator.tell(contents.get(0));
    operator.tell(contents.get(1));

    assertThat(List.of(operator.state(one), operator.state(two)))
        .containsExactlyInAnyOrder(SubmissionState.ACCEPTED, SubmissionState.IN_DOUBT);
  }

  @Test
  void aCandidateThatWasTakenMeanwhileIsNotTakenTwice() {
    Submission one = operator.lostOrder("a", "PO-1", GTIN, 10);
    Submission two = operator.lostOrder("b", "PO-1", GTIN, 10);
    var doubts = operator.fixture.journal().doubts();
    doubts.settle(
        one,
        Progress.to(SubmissionState.ACCEPTED)
            .operator("only", null)
            .effect(doubts.bind(one, "only")));

    assertThatThrownBy(
            () ->
                doubts.settle(
                    two,
                    Progress.to(SubmissionState.ACCEPTED)
                        .operator("ONLY", null)
                        .effect(doubts.bind(two, "ONLY"))))
        .isInstanceOf(JournalException.class);
    assertThat(operator.state(two)).isEqualTo(SubmissionState.IN_DOUBT);
  }

  @Test
  void whileAnEqualOrderIsOnItsWayNothingIsDecided() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    operator.sentOrder("b", "PO-1", GTIN, 10);
    Submission sending = operator.fixture.sent("order");
    operator.hasOrder("whose", "PO-1", GTIN, 10);

    operator.lookUp();
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.IN_DOUBT);

    operator.fixture.answer(sending, "{\"orderId\":\"whose\"}");
    operator.lookUpFor(LONG_ENOUGH);
    assertThat(operator.state(lost)).as("it was the other's").isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void moreCandidatesThanOrdersArePersonsToTellApart() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    operator.hasOrder("ours", "PO-1", GTIN, 10);
    operator.hasOrder("a stranger's", "PO-1", GTIN, 10);

    operator.lookUp();

    Submission now = operator.now(lost);
    assertThat(now.state()).isEqualTo(SubmissionState.PARKED);
    assertThat(now.failures().get(0).text())
        .contains("ours", "a stranger's", "replay " + lost.id() + " --as sent", "--as not-sent");
  }

  @Test
  void anOrderOfOtherGoodsIsNotOurs() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    operator.hasOrder("fewer", "PO-1", GTIN, 9);
    operator.hasOrder("other goods", "PO-1", OTHER_GTIN, 10);

    operator.lookUpFor(LONG_ENOUGH);

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void anOrderThatNeverTellsItsGoodsIsAPersons() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    operator.hasOrder("silent", "PO-1", GTIN, 0);

    operator.lookUpFor(LONG_ENOUGH);
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.IN_DOUBT);
    operator.lookUpFor(Duration.ofMinutes(20));

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PARKED);
    assertThat(operator.now(lost).failures().get(0).text()).contains("silent");
  }

  @Test
  void aTrueAnswerThatCameMeanwhileStays() {
    operator.sentOrder("a", "PO-1", GTIN, 10);
    Submission sent = operator.fixture.sent("order");
    operator.lose(sent);
    operator.hasOrder("listed", "PO-1", GTIN, 10);
    operator.fixture.lookUps().begin();
    Submission looking = claimed().get(0);

    operator.fixture.answer(sent, "{\"orderId\":\"told\"}");
    operator.tell(looking);

    assertThat(operator.now(sent).operatorId()).contains("told");
    assertThat(operator.state(looking)).isEqualTo(SubmissionState.DONE);
  }

  @Test
  void aPersonEndsTheLookUp() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    operator.fixture.lookUps().begin();

    new Replay(operator.fixture.journal(), operator.fixture.journals.preset().calls())
        .notSent(lost.id(), new Replay.Person("Anna", "asked them"));

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PLANNED);
    assertThat(operator.fixture.journals.claim(Purpose.LOOK_UP)).isEmpty();
  }

  @Test
  void anOpenLookUpKeepsNoDocumentFromItsEnd() {
    operator.sentOrder("a", "PO-1", GTIN, 10);
    Submission sent = operator.fixture.sent("order");
    operator.lose(sent);
    operator.fixture.lookUps().begin();
    Submission looking = claimed().get(0);
    operator.fixture.journal().submissions().record(sent, progressOfRefusal());

    assertThat(document(sent).state()).isEqualTo(DocumentState.REJECTED);
    operator.tell(looking);
    assertThat(events(sent).stream().filter("rejected"::equals)).hasSize(1);
  }

  @Test
  void oneProcessLooksAtATime() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    var doubts = operator.fixture.journal().doubts();
    operator.fixture.lookUps().begin();

    assertThat(doubts.due(10)).isEmpty();
    operator.fixture.lookUps().begin();
    assertThat(claimed()).hasSize(1);
    assertThat(lost.id()).isNotEmpty();
  }

  @Test
  void aRefusalToTellIsAPersonsInTheEnd() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    operator.fixture.lookUps().begin();
    operator.fixture.fail(claimed().get(0), FailureKind.NOT_PERMITTED, 403, "access-denied");
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.IN_DOUBT);
    operator.fixture.later();
    operator
        .fixture
        .journal()
        .database()
        .change(
            JournalCommit.NOTE,
            transaction ->
                transaction.update(
                    "update submissions set failed_attempts = 40 where purpose = 'LOOK_UP'"));
    operator.fixture.fail(claimed().get(0), FailureKind.NOT_PERMITTED, 403, "access-denied");

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PARKED);
    assertThat(operator.now(lost).failures().get(0).text()).contains("access-denied");
    assertThat(document(lost).state()).isEqualTo(DocumentState.PARKED);
  }

  @Test
  void anOrderThatNeverArrivesIsAPersonsInTheEnd() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    operator.fixture.journals.clock.advance(LONG_ENOUGH);
    operator
        .fixture
        .journal()
        .database()
        .change(
            JournalCommit.NOTE,
            transaction ->
                transaction.update(
                    "update submissions set failed_attempts = 40 where id = ?", lost.id()));

    operator.lookUp();

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PARKED);
    assertThat(operator.now(lost).failures().get(0).text()).contains("41 times");
  }

  @Test
  void anOutageOnlyDelaysTheLookUp() {
    Submission lost = operator.lostOrder("a", "PO-1", GTIN, 10);
    operator.hasOrder("made", "PO-1", GTIN, 10);
    operator.fixture.lookUps().begin();

    operator.fixture.fail(claimed().get(0), FailureKind.OPERATOR_FAILED, 503, "");
    operator.fixture.later();
    operator.lookUp();

    assertThat(operator.now(lost).operatorId()).contains("made");
  }

  private static Progress progressOfRefusal() {
    return Progress.to(SubmissionState.REJECTED).visible();
  }

  private List<Submission> claimed() {
    return operator.fixture.journals.claim(Purpose.LOOK_UP);
  }

  private Document document(Submission submission) {
    return operator.fixture.journals.find(submission.documentId());
  }

  private List<String> events(Submission submission) {
    return operator.fixture.journal().documents().timeline(submission.documentId()).stream()
        .map(TimelineEntry::event)
        .toList();
  }
}
