package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.Patience;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Submissions.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one PostgreSQL: who lives, who leads, and what a late one may still do. */
class ReplicasTest {
  private static final Duration LIFE = Duration.ofSeconds(30);
  private static final Duration MARGIN = Duration.ofSeconds(10);
  private static final byte[] CONTENT = {'{', '}'};

  @TempDir Path directory;
  private JournalFixture fixture;
  private Journal first;
  private Journal second;

  @BeforeEach
  void open() {
    fixture = new JournalFixture(directory, Dialect.POSTGRESQL);
    first = fixture.another(() -> fixture.clock.millis() * 1_000_000);
    second = fixture.another(() -> fixture.clock.millis() * 1_000_000);
    beat(first);
    beat(second);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aProcessLivesFromItsHeartbeatOnAsLongAsItSaid() {
    assertThat(first.replicas().alive(MARGIN)).isTrue();
    fixture.clock.advance(Duration.ofSeconds(19));
    assertThat(first.replicas().alive(MARGIN)).isTrue();
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(first.replicas().alive(MARGIN)).as("with too little left").isFalse();
    beat(first);
    assertThat(first.replicas().alive(MARGIN)).isTrue();
  }

  @Test
  void aMachineThatWasSuspendedIsNotAliveThoughItsOwnTimeStoodStill() {
    Journal suspended = fixture.another(() -> 0);
    beat(suspended);
    assertThat(suspended.replicas().alive(MARGIN)).isTrue();
    fixture.clock.advance(LIFE);
    assertThat(suspended.replicas().alive(Duration.ZERO)).isFalse();
  }

  @Test
  void aProcessThatNeverBeatMaySendNothing() {
    Journal silent = fixture.another(() -> 0);
    Submission sent = claimed(silent);
    assertThat(silent.submissions().mayLeave(sent, Duration.ZERO)).isFalse();
  }

  @Test
  void whatALivingProcessHoldsIsNotTakenOver() {
    Submission sent = claimed(first);
    Document received = fixture.accept("b", "1");
    assertThat(first.documents().claimReceived(1, 0)).hasSize(1);
    fixture.clock.advance(Duration.ofHours(1));
    assertThat(recoverWith(second)).isZero();
    assertThat(fixture.submission(sent.id()).state()).isEqualTo(SubmissionState.SENDING);
    assertThat(second.documents().claimReceived(5, 0)).as("%s", received.id()).isEmpty();
  }

  @Test
  void whatADeadProcessHeldIsTakenOverByTheLiving() {
    Submission sent = claimed(first);
    Document received = fixture.accept("b", "1");
    first.documents().claimReceived(1, 0);
    die(first);
    assertThat(second.documents().claimReceived(5, 0)).as("before it is looked after").isEmpty();
    assertThat(recoverWith(second)).isEqualTo(1);
    assertThat(fixture.submission(sent.id()).state()).isEqualTo(SubmissionState.IN_DOUBT);
    assertThat(second.documents().claimReceived(5, 0))
        .extracting(Document::id)
        .containsExactly(received.id());
    assertThat(fixture.count("select count(*) from replicas")).as("the dead is forgotten").isOne();
  }

  @Test
  void halvesOfLargeDocumentsAreRemovedWhenTheirReceiverDied() throws IOException {
    try (InputStream large =
        new InputStream() {
          private int given;

          @Override
          public int read() {
            given++;
            if (given == 9 * 1024 * 1024) {
              recoverWith(second);
              assertThat(receiving()).as("of a living one").isEqualTo(1);
              die(first);
              recoverWith(second);
              assertThat(receiving()).as("of a dead one").isZero();
            }
            return given > 10 * 1024 * 1024 ? -1 : 'x';
          }
        }) {
      Arrival arrival = fixture.arrival("large", 10 * 1024 * 1024);
      Leads.Term term = first.leads().held(Leads.FILES, Duration.ZERO).orElseThrow();
      assertThatThrownBy(() -> first.documents().accept(arrival, large, term))
          .as("its lead went with its life")
          .isInstanceOf(JournalException.class);
    }
    assertThat(fixture.count("select count(*) from documents")).isZero();
  }

  private long receiving() {
    return fixture.count("select count(*) from documents where state = 'RECEIVING'");
  }

  @Test
  void aProcessThatSleptThroughItsLifeSendsNothingOfWhatItHeld() {
    Submission sent = claimed(first);
    assertThat(first.submissions().mayLeave(sent, MARGIN)).isTrue();
    die(first);
    fixture.clock.advance(LIFE);
    assertThat(first.submissions().mayLeave(sent, MARGIN)).as("it can tell itself").isFalse();
    recoverWith(second);
    beat(first);
    assertThat(first.replicas().alive(MARGIN)).as("it lives again").isTrue();
    assertThat(first.submissions().mayLeave(sent, MARGIN))
        .as("but what it held then it holds no more")
        .isFalse();
  }

  @Test
  void aProcessThatSleptWhileItAskedSendsNothing() {
    boolean passed =
        first
            .replicas()
            .whileAlive(
                MARGIN,
                () -> {
                  die(first);
                  beat(first);
                  return true;
                });
    assertThat(passed).as("given up and reborn between question and answer").isFalse();
    assertThat(
            first
                .replicas()
                .whileAlive(
                    MARGIN,
                    () -> {
                      beat(first);
                      return true;
                    }))
        .as("a heartbeat in time is no gap")
        .isTrue();
  }

  @Test
  void whatDidNotLeaveIsGivenBackAlsoOutOfDoubt() {
    Submission sent = claimed(first);
    die(first);
    recoverWith(second);
    assertThat(fixture.submission(sent.id()).state()).isEqualTo(SubmissionState.IN_DOUBT);
    first.submissions().giveBack(sent, 0);
    assertThat(fixture.submission(sent.id()).state()).isEqualTo(SubmissionState.PLANNED);
    Submission again = claim(second);
    first.submissions().giveBack(sent, 0);
    assertThat(fixture.submission(sent.id()).state())
        .as("what another one sends is not touched")
        .isEqualTo(SubmissionState.SENDING);
    second.submissions().giveBack(again, 0);
    assertThat(fixture.submission(sent.id()).state()).isEqualTo(SubmissionState.PLANNED);
    claim(second);
    die(second);
    recoverWith(first);
    first.submissions().giveBack(sent, 0);
    assertThat(fixture.submission(sent.id()).state())
        .as("whose doubt it is counts too")
        .isEqualTo(SubmissionState.IN_DOUBT);
  }

  @Test
  void aLateAnswerSettlesItsDoubt() {
    Submission sent = claimed(first);
    die(first);
    recoverWith(second);
    assertThat(first.submissions().record(sent, accepted("R-1"))).isEqualTo(Recorded.APPLIED);
    assertThat(fixture.submission(sent.id()).operatorId()).contains("R-1");
  }

  @Test
  void aLateAnswerIsNotWrittenOverWhatOthersDid() {
    Submission sent = claimed(first);
    die(first);
    recoverWith(second);
    first.submissions().giveBack(sent, 0);
    Submission again = claim(second);
    assertThat(first.submissions().record(sent, Progress.to(SubmissionState.REJECTED)))
        .as("another attempt is on its way")
        .isEqualTo(Recorded.TOO_LATE);
    assertThat(second.submissions().record(again, accepted("R-2"))).isEqualTo(Recorded.APPLIED);
    assertThat(first.submissions().record(sent, accepted("R-2")))
        .as("it names what the journal knows")
        .isEqualTo(Recorded.TOO_LATE);
    assertThat(first.submissions().record(sent, accepted("R-1").note("accepted", "late")))
        .isEqualTo(Recorded.MADE_ANOTHER);
    Submission after = fixture.submission(sent.id());
    assertThat(after.operatorId()).contains("R-2");
    assertThat(after.state()).isEqualTo(SubmissionState.ACCEPTED);
    assertThat(first.documents().timeline(sent.documentId()))
        .filteredOn(entry -> entry.event().equals("late answer"))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.detail())
                    .contains("R-1", "R-2", "attempt 1", "a person must look"));
    assertThat(fixture.events(sent.documentId())).doesNotContain("accepted late");
  }

  @Test
  void aPlanIsNotDecidedByWhoHoldsTheDocumentNoMore() {
    Document received = fixture.accept("a", "1");
    first.documents().claimReceived(1, 0);
    die(first);
    recoverWith(second);
    second.documents().claimReceived(1, Long.MAX_VALUE);
    Document described = JournalFixture.described(received, "order", java.util.Map.of());
    assertThatThrownBy(() -> first.documents().stop(described, DocumentState.REJECTED, List.of()))
        .isInstanceOf(JournalException.class);
    assertThatThrownBy(() -> first.documents().planLater(received.id(), attempts -> 1, "late"))
        .isInstanceOf(JournalException.class);
    assertThatThrownBy(
            () ->
                first
                    .documents()
                    .answer(described, Optional.of("{}"), Optional.empty(), "key", "late"))
        .isInstanceOf(JournalException.class);
    first.documents().giveBack(List.of(received));
    assertThat(first.documents().claimReceived(1, 0)).as("the second holds it still").isEmpty();
    assertThat(fixture.find(received.id()).state()).isEqualTo(DocumentState.RECEIVED);
    second.documents().giveBack(List.of(received));
    assertThat(first.documents().claimReceived(1, 0)).hasSize(1);
  }

  @Test
  void whoLeavesHandsEverythingOverAtOnce() {
    Submission sent = claimed(first);
    fixture.accept("b", "1");
    first.documents().claimReceived(1, Long.MAX_VALUE);
    assertThat(leads(first)).isPresent();
    assertThat(new Recovery(first, fixture.preset().calls()).handOver()).isEqualTo(1);
    assertThat(fixture.submission(sent.id()).state()).isEqualTo(SubmissionState.IN_DOUBT);
    assertThat(second.documents().claimReceived(1, 0)).hasSize(1);
    assertThat(leads(first)).isEmpty();
    beat(second);
    assertThat(leads(second)).as("at its next heartbeat").isPresent();
    beat(first);
    assertThat(first.replicas().alive(Duration.ZERO)).as("who left does not come back").isFalse();
    assertThat(fixture.count("select count(*) from replicas")).isOne();
  }

  @Test
  void oneLeadsAtATimeAndTheNextWhenItDied() {
    Leads.Term term = leads(first).orElseThrow();
    assertThat(leads(second)).isEmpty();
    beat(second);
    beat(first);
    assertThat(leads(second)).isEmpty();
    assertThat(leads(first)).as("the same term goes on").contains(term);
    die(first);
    beat(second);
    assertThat(leads(second).orElseThrow().number()).isGreaterThan(term.number());
    beat(first);
    assertThat(leads(first)).as("it was taken").isEmpty();
  }

  @Test
  void aLeaderThatSleptAcceptsNothingInItsOldTerm() throws IOException {
    Leads.Term term = leads(first).orElseThrow();
    accept(first, "a", term);
    die(first);
    beat(second);
    assertThatThrownBy(() -> accept(first, "b", term)).isInstanceOf(JournalException.class);
    die(second);
    beat(first);
    Leads.Term next = leads(first).orElseThrow();
    assertThatThrownBy(() -> accept(first, "b", term))
        .as("it leads again, but began before")
        .isInstanceOf(JournalException.class);
    accept(first, "b", next);
    assertThat(fixture.count("select count(*) from documents")).isEqualTo(2);
  }

  @Test
  void aLeaderThatCannotRenewKnowsItself() {
    assertThat(leads(first)).isPresent();
    fixture.clock.advance(LIFE.minus(MARGIN));
    assertThat(leads(first)).isEmpty();
  }

  @Test
  void aHeartbeatWaitsForNobodyWhoSleepsInsideACommit() {
    Leads.Term term = leads(first).orElseThrow();
    first
        .database()
        .change(
            JournalCommit.NOTE,
            transaction -> {
              first.leads().fence(transaction, term);
              Thread other = new Thread(() -> beat(second));
              other.start();
              try {
                other.join(Patience.LONG.toMillis());
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
              assertThat(other.isAlive()).isFalse();
            });
  }

  @Test
  void clocksOfMachinesMayDiffer() {
    Submission sent = claimed(first);
    fixture.clock.advance(Duration.ofDays(1));
    Journal ahead = fixture.another(() -> fixture.clock.millis() * 1_000_000);
    beat(ahead);
    assertThat(recoverWith(ahead)).as("its clock is a day ahead").isZero();
    assertThat(fixture.submission(sent.id()).state()).isEqualTo(SubmissionState.SENDING);
  }

  @Test
  void onSqliteTheOneProcessLivesAndLeadsWithoutAHeartbeat() {
    try (JournalFixture one = new JournalFixture(directory)) {
      Journal journal = one.journal();
      one.clock.advance(Duration.ofDays(1));
      assertThat(journal.replicas().alive(LIFE)).isTrue();
      assertThat(journal.leads().held(Leads.FILES, LIFE)).isPresent();
      journal.replicas().renew(LIFE);
      journal.leads().renew(LIFE);
      assertThat(one.count("select count(*) from replicas")).isZero();
      new Recovery(journal, one.preset().calls()).handOver();
      assertThat(journal.replicas().alive(Duration.ZERO)).isFalse();
      assertThat(journal.leads().held(Leads.FILES, Duration.ZERO)).isEmpty();
    }
  }

  private void beat(Journal journal) {
    journal.replicas().renew(LIFE);
    journal.leads().renew(LIFE);
  }

  /** As the database sees one whose heartbeats did not come. */
  private void die(Journal journal) {
    fixture
        .journal()
        .database()
        .change(
            JournalCommit.NOTE,
            transaction -> {
              transaction.update(
                  "update replicas set alive_until = 1 where id = ?", journal.owner());
              transaction.update(
                  "update leads set held_until = 1 where replica = ?", journal.owner());
            });
  }

  private static Optional<Leads.Term> leads(Journal journal) {
    return journal.leads().held(Leads.FILES, MARGIN);
  }

  private int recoverWith(Journal journal) {
    return new Recovery(journal, fixture.preset().calls()).recoverExpired();
  }

  private void accept(Journal journal, String name, Leads.Term term) throws IOException {
    journal
        .documents()
        .accept(fixture.arrival(name, CONTENT.length), new ByteArrayInputStream(CONTENT), term);
  }

  /** A report that this process has claimed to send. */
  private Submission claimed(Journal journal) {
    fixture.plan(fixture.accepted("a", "utilisation"), 0);
    return claim(journal);
  }

  private static Submission claim(Journal journal) {
    Waiting waiting = new Waiting(JournalFixture.ACCOUNT, "post", Purpose.STATEMENT);
    List<Submission> claimed = journal.submissions().claim(waiting, 10, Long.MAX_VALUE);
    assertThat(claimed).hasSize(1);
    return claimed.get(0);
  }

  private static Progress accepted(String operatorId) {
    return Progress.to(SubmissionState.ACCEPTED).operator(operatorId, "IN_PROCESS");
  }
}
