package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What answers change: submissions, levels, the document, and what the legacy side is told. */
@ParameterizedClass
@EnumSource(Dialect.class)
class RecordingTest {
  @Parameter Dialect dialect;
  @TempDir Path directory;
  private JournalFixture fixture;

  @BeforeEach
  void open() {
    fixture = new JournalFixture(directory, dialect);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({
    "DONE, DONE, DONE",
    "DONE, REJECTED, PARTLY_DONE",
    "REJECTED, DONE, PARTLY_DONE",
    "REJECTED, REJECTED, REJECTED",
    "PARTLY_DONE, DONE, PARTLY_DONE",
    "PARTLY_DONE, REJECTED, PARTLY_DONE",
    "DONE, IN_DOUBT, PLANNED",
    "REJECTED, PARKED, PARKED",
    "PARKED, DONE, PARKED"
  })
  void aDocumentEndsAsItsStatementsDo(
      SubmissionState first, SubmissionState second, DocumentState outcome) {
    Document document = fixture.accepted("a", "utilisation");
    fixture.plan(document, 0, 0);
    List<Submission> claimed = fixture.claim(Purpose.STATEMENT);
    fixture.record(claimed.get(0), first);
    assertThat(fixture.find(document.id()).state()).isEqualTo(DocumentState.PLANNED);
    fixture.record(claimed.get(1), second);
    Document after = fixture.find(document.id());
    assertThat(after.state()).isEqualTo(outcome);
    assertThat(after.finishedAt().isPresent()).isEqualTo(outcome.terminal());
  }

  @Test
  void whatOnlyDetailsAStatementDoesNotFailItsDocument() {
    Document document = fixture.accepted("a", "order");
    fixture.plan(document, 0);
    Submission statement = fixture.claim(Purpose.STATEMENT).get(0);
    fixture
        .journal()
        .submissions()
        .record(
            statement,
            Progress.to(SubmissionState.DONE)
                .add(
                    new NewSubmission(
                        Optional.of(statement.id()),
                        Purpose.DETAIL,
                        "sub-orders",
                        JournalFixture.ACCOUNT,
                        "poll",
                        Map.of(),
                        Map.of(),
                        0)));
    assertThat(fixture.find(document.id()).state())
        .as("not before its details came")
        .isEqualTo(DocumentState.PLANNED);
    fixture.record(fixture.claim(Purpose.DETAIL).get(0), SubmissionState.REJECTED);
    assertThat(fixture.find(document.id()).state()).isEqualTo(DocumentState.DONE);
  }

  @Test
  void aLevelIsSentWhenAllBelowItAreAccepted() {
    Document document = fixture.accepted("a", "aggregation");
    fixture.plan(document, 0, 0, 1, 2);
    List<Submission> lowest = fixture.claim(Purpose.STATEMENT);
    assertThat(lowest).extracting(Submission::level).containsOnly(0);
    fixture.record(lowest.get(0), SubmissionState.ACCEPTED);
    fixture.record(lowest.get(1), SubmissionState.DONE);
    assertThat(fixture.claim(Purpose.STATEMENT)).as("one is not final yet").isEmpty();
    change(lowest.get(0), SubmissionState.DONE);
    List<Submission> second = fixture.claim(Purpose.STATEMENT);
    assertThat(second).extracting(Submission::level).containsExactly(1);
    fixture.record(second.get(0), SubmissionState.DONE);
    List<Submission> third = fixture.claim(Purpose.STATEMENT);
    assertThat(third).extracting(Submission::level).containsExactly(2);
    fixture.record(third.get(0), SubmissionState.DONE);
    assertThat(fixture.find(document.id()).state()).isEqualTo(DocumentState.DONE);
  }

  @ParameterizedTest
  @CsvSource({"REJECTED, REJECTED", "PARTLY_DONE, PARTLY_DONE"})
  void levelsAboveARefusedOneAreRefusedWithAReason(SubmissionState lower, DocumentState outcome) {
    Document document = fixture.accepted("a", "aggregation");
    fixture.plan(document, 0, 1, 2);
    fixture.record(fixture.claim(Purpose.STATEMENT).get(0), lower);
    List<Submission> all = fixture.journal().submissions().of(document.id());
    assertThat(all.subList(1, 3))
        .extracting(Submission::state)
        .containsOnly(SubmissionState.REJECTED);
    assertThat(all.get(2).failures().get(0).text()).startsWith("not sent:");
    assertThat(fixture.find(document.id()).state()).isEqualTo(outcome);
  }

  @Test
  void levelsAboveADoubtfulOneWait() {
    Document document = fixture.accepted("a", "aggregation");
    fixture.plan(document, 0, 1);
    fixture.record(fixture.claim(Purpose.STATEMENT).get(0), SubmissionState.IN_DOUBT);
    assertThat(fixture.claim(Purpose.STATEMENT)).isEmpty();
    assertThat(fixture.journal().submissions().of(document.id()).get(1).state())
        .isEqualTo(SubmissionState.WAITING);
  }

  @Test
  void answersAndFailuresAreKeptAsTheyCame() throws IOException {
    Document document = fixture.accepted("a", "utilisation");
    fixture.plan(document, 0);
    Submission sent = fixture.claim(Purpose.STATEMENT).get(0);
    byte[] body = "x".repeat(Chunks.SIZE + 5).getBytes(StandardCharsets.UTF_8);
    fixture
        .journal()
        .submissions()
        .record(
            sent,
            Progress.to(SubmissionState.REJECTED)
                .operator("R-1", "ERROR")
                .failed(
                    FailureKind.REFUSED,
                    List.of(OperatorError.of("201", "no \u043d\u0435\u0442", "field")))
                .answer(body)
                .note("refused", "HTTP 400"));
    Submission kept = fixture.submission(sent.id());
    assertThat(kept.failures())
        .containsExactly(OperatorError.of("201", "no \u043d\u0435\u0442", "field"));
    assertThat(kept.failureKind()).contains(FailureKind.REFUSED);
    assertThat(kept.operatorId()).contains("R-1");
    assertThat(fixture.journal().submissions().byOperatorId("r-1"))
        .as("clients write ids in another case")
        .map(Submission::id)
        .contains(sent.id());
    try (InputStream answer =
        fixture.journal().chunks().payload(kept.answerId().orElseThrow()).open()) {
      assertThat(answer.readAllBytes()).isEqualTo(body);
    }
    assertThat(fixture.events(document.id()))
        .containsExactly("accepted", "planned", "refused", "rejected");
  }

  @Test
  void anAnswerForSomethingThatAnotherProcessHoldsChangesNothing() {
    Document document = fixture.accepted("a", "utilisation");
    fixture.plan(document, 0);
    Submission sent = fixture.claim(Purpose.STATEMENT).get(0);
    fixture.record(sent, SubmissionState.DONE);
    assertThat(fixture.journal().submissions().record(sent, Progress.to(SubmissionState.REJECTED)))
        .isEqualTo(Recorded.TOO_LATE);
    assertThat(fixture.submission(sent.id()).state()).isEqualTo(SubmissionState.DONE);
    assertThat(fixture.find(document.id()).state()).isEqualTo(DocumentState.DONE);
  }

  @Test
  void anAnswerThatComesAfterItsLeaseSettlesTheDoubt() {
    Document document = fixture.accepted("a", "utilisation");
    fixture.plan(document, 0);
    Submission sent = fixture.claim(Purpose.STATEMENT).get(0);
    Recovery recovery = new Recovery(fixture.journal(), fixture.preset().calls());
    assertThat(recovery.recoverExpired()).as("its lease lasts").isZero();
    fixture.clock.advance(java.time.Duration.ofMinutes(11));
    assertThat(recovery.recoverExpired()).isEqualTo(1);
    assertThat(fixture.submission(sent.id()).state()).isEqualTo(SubmissionState.IN_DOUBT);
    fixture.record(sent, SubmissionState.DONE);
    assertThat(fixture.find(document.id()).state()).isEqualTo(DocumentState.DONE);
  }

  @Test
  void aReplyIsDueUntilItTellsTheNewest() {
    Document document = fixture.accepted("a", "utilisation");
    assertThat(due()).as("nothing to tell before it is recognised").isEmpty();
    fixture.plan(document, 0);
    Document planned = fixture.find(document.id());
    assertThat(due()).as("pending").containsExactly(document.id());
    fixture.record(fixture.claim(Purpose.STATEMENT).get(0), SubmissionState.DONE);
    fixture.journal().documents().replied(document.id(), planned.changeNumber());
    assertThat(due()).as("what changed while the reply was written").containsExactly(document.id());
    fixture
        .journal()
        .documents()
        .replied(document.id(), fixture.find(document.id()).changeNumber());
    assertThat(due()).isEmpty();
    fixture.journal().documents().replied(document.id(), planned.changeNumber());
    assertThat(due()).as("an older reply does not undo a newer one").isEmpty();
  }

  @Test
  void aDocumentAnsweredByAnEqualOneTellsWhatBecomesOfThat() {
    Document first = fixture.accepted("a", "utilisation");
    fixture.plan(first, 0);
    Document second = fixture.accepted("b", "utilisation");
    fixture
        .journal()
        .documents()
        .answer(second, Optional.empty(), Optional.of(first.id()), "key", "equal");
    for (String id : List.of(first.id(), second.id())) {
      fixture.journal().documents().replied(id, fixture.find(id).changeNumber());
    }
    assertThat(due()).isEmpty();
    fixture.record(fixture.claim(Purpose.STATEMENT).get(0), SubmissionState.REJECTED);
    assertThat(due()).containsExactly(first.id(), second.id());
  }

  @Test
  void aChangeThatNobodySeesAsksForNoReply() {
    Document document = fixture.accepted("a", "utilisation");
    fixture.plan(document, 0);
    long changes = fixture.find(document.id()).changeNumber();
    fixture
        .journal()
        .submissions()
        .record(fixture.claim(Purpose.STATEMENT).get(0), Progress.again(0).note("again", ""));
    assertThat(fixture.find(document.id()).changeNumber()).isEqualTo(changes);
  }

  @Test
  void twoFindingsAboutOneStatementAreBothKept() {
    Document document = fixture.accepted("a", "aggregation");
    fixture.plan(document, 0);
    Submission statement = fixture.claim(Purpose.STATEMENT).get(0);
    fixture
        .journal()
        .submissions()
        .record(
            statement,
            Progress.to(SubmissionState.PARTLY_DONE)
                .operator("D-1", "PARTIALLY_PROCESSED")
                .failed(
                    FailureKind.REFUSED, List.of(OperatorError.of("", "PARTIALLY_PROCESSED", "")))
                .add(PlanningTest.question(statement, "document-errors"))
                .add(PlanningTest.question(statement, "document-codes")));
    List<Submission> details = fixture.claim(Purpose.TRACKING);
    for (int index = 0; index < 2; index++) {
      fixture
          .journal()
          .submissions()
          .record(
              details.get(index),
              Progress.to(SubmissionState.DONE)
                  .parentFound(List.of(OperatorError.of("E" + index, "found", "")), 200));
    }
    assertThat(fixture.submission(statement.id()).state()).isEqualTo(SubmissionState.PARTLY_DONE);
    assertThat(fixture.submission(statement.id()).failures())
        .as("the operator's one word gives way to what it found")
        .containsExactly(OperatorError.of("E0", "found", ""), OperatorError.of("E1", "found", ""));
  }

  private List<String> due() {
    return fixture.journal().documents().toReply("file", "", 100).stream()
        .map(Document::id)
        .toList();
  }

  /** What a tracking answer does to the statement that it follows. */
  private void change(Submission statement, SubmissionState state) {
    fixture
        .journal()
        .database()
        .change(
            JournalCommit.NOTE,
            transaction ->
                SubmissionRows.insert(
                    transaction,
                    statement.documentId(),
                    PlanningTest.question(statement, "document-status")));
    Submission question = fixture.claim(Purpose.TRACKING).get(0);
    fixture
        .journal()
        .submissions()
        .record(question, Progress.to(SubmissionState.DONE).parent(state, "SUCCESS"));
  }
}
