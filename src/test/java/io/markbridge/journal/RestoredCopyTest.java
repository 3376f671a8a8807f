package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.Patience;
import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a copy holds as not sent may have been sent since. */
class RestoredCopyTest {
  @TempDir private Path directory;
  private JournalFixture journal;
  private JournalFixture restored;
  private long madeAt;

  @BeforeEach
  void open() {
    journal = new JournalFixture(directory.resolve("."));
  }

  @AfterEach
  void close() {
    journal.close();
    if (restored != null) {
      restored.close();
    }
  }

  /** Copies the journal, and opens the copy in a folder of its own an hour later. */
  private Optional<RestoredCopy.Restored> restore() throws Exception {
    madeAt = journal.clock.millis();
    Path folder = Files.createDirectories(directory.resolve("restored"));
    JournalCopy.make(journal.journal(), folder.resolve("markbridge.db"));
    restored = new JournalFixture(folder);
    restored.clock.advance(Duration.ofHours(1));
    return takeIntoUse();
  }

  private Optional<RestoredCopy.Restored> takeIntoUse() {
    return new RestoredCopy(restored.journal(), restored.preset().calls()).takeIntoUse();
  }

  private Submission only(Document document) {
    List<Submission> all = restored.journal().submissions().of(document.id());
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void journalThatIsNoCopyStaysAsItIs() {
    journal.plan(journal.accepted("a", "utilisation"), 0);
    assertThat(new RestoredCopy(journal.journal(), journal.preset().calls()).takeIntoUse())
        .isEmpty();
    assertThat(journal.claim(Purpose.STATEMENT)).hasSize(1);
  }

  @Test
  void whatWasPlannedOrUnderWayIsInDoubtOnce() throws Exception {
    Document planned = journal.accepted("planned", "utilisation");
    Document sending = journal.accepted("sending", "order");
    Document done = journal.accepted("done", "aggregation");
    journal.plan(sending, 0);
    long sent = journal.clock.millis();
    journal.claim(Purpose.STATEMENT);
    journal.clock.advance(Duration.ofMinutes(1));
    journal.plan(done, 0);
    journal.claim(Purpose.STATEMENT).forEach(one -> journal.record(one, SubmissionState.DONE));
    journal.plan(planned, 0);

    assertThat(restore())
        .hasValueSatisfying(
            found -> {
              assertThat(found.madeAt().toEpochMilli()).isEqualTo(madeAt);
              assertThat(found.inDoubt()).isEqualTo(2);
              assertThat(found.documents()).isEqualTo(2);
            });

    assertThat(restored.claim(Purpose.STATEMENT)).isEmpty();
    assertThat(only(planned).state()).isEqualTo(SubmissionState.IN_DOUBT);
    assertThat(only(planned).firstSentAt()).contains(madeAt);
    assertThat(only(planned).sentAt().orElseThrow()).as("until the restore").isGreaterThan(madeAt);
    assertThat(only(sending).state()).isEqualTo(SubmissionState.IN_DOUBT);
    assertThat(only(sending).firstSentAt()).contains(sent);
    assertThat(only(sending).sentAt().orElseThrow()).as("until the restore").isGreaterThan(sent);
    assertThat(only(done).state()).isEqualTo(SubmissionState.DONE);
    assertThat(restored.journal().documents().timeline(planned.id()))
        .anySatisfy(entry -> assertThat(entry.detail()).contains("the journal is a copy of "));
    assertThat(takeIntoUse()).as("the mark is gone").isEmpty();
    assertThat(journal.claim(Purpose.STATEMENT)).as("the journal itself goes on").hasSize(1);
  }

  @Test
  void higherLevelIsInDoubtWhenItsTurnComes() throws Exception {
    Document document = journal.accepted("levels", "aggregation");
    journal.plan(document, 0, 1);
    restore();
    List<Submission> levels = restored.journal().submissions().of(document.id());
    assertThat(levels)
        .extracting(Submission::state)
        .containsExactly(SubmissionState.IN_DOUBT, SubmissionState.WAITING);

    restored.record(levels.get(0), SubmissionState.DONE);

    assertThat(restored.submission(levels.get(1).id()).state()).isEqualTo(SubmissionState.IN_DOUBT);
    assertThat(restored.submission(levels.get(1).id()).firstSentAt()).contains(madeAt);
    assertThat(restored.submission(levels.get(1).id()).sentAt().orElseThrow())
        .as("until the restore")
        .isGreaterThan(madeAt);
  }

  @Test
  void documentThatWasReceivedIsPlannedAsInDoubt() throws Exception {
    Document received = journal.accept("received", "{}");
    restore();
    restored.claimAll();
    restored.plan(JournalFixture.described(received, "utilisation", Map.of()), 0);

    assertThat(only(received).state()).isEqualTo(SubmissionState.IN_DOUBT);
    assertThat(only(received).firstSentAt()).contains(madeAt);
    assertThat(only(received).sentAt().orElseThrow()).as("until the restore").isGreaterThan(madeAt);
  }

  @Test
  void laterRequestOfACopiedDocumentIsInDoubtOnceUnlessItIsRepeatable() throws Exception {
    Document order = journal.accepted("order", "order");
    journal.plan(order, 0);
    Submission statement = journal.claim(Purpose.STATEMENT).get(0);
    journal.record(statement, SubmissionState.ACCEPTED);
    restore();

    Map<String, String> first = Map.of("orderId", "o", "gtin", "g");
    Map<String, String> second = Map.of("orderId", "o", "gtin", "g", "lastPackId", "p");
    for (Map<String, String> query : List.of(first, second, first)) {
      restored
          .journal()
          .database()
          .change(
              JournalCommit.NOTE,
              transaction ->
                  SubmissionRows.insert(transaction, order.id(), codes(statement.id(), query)));
    }
    assertThat(restored.journal().submissions().of(order.id()))
        .extracting(Submission::state)
        .containsExactly(
            SubmissionState.ACCEPTED,
            SubmissionState.IN_DOUBT,
            SubmissionState.PLANNED,
            SubmissionState.PLANNED);
  }

  private NewSubmission codes(String parent, Map<String, String> query) {
    return new NewSubmission(
        Optional.of(parent),
        Purpose.DETAIL,
        "codes",
        JournalFixture.ACCOUNT,
        "poll",
        Map.of(),
        query,
        restored.clock.millis());
  }

  @Test
  void fileOlderThanTheFirstStartMayHaveBeenTakenByTheLostJournal() throws Exception {
    restore();
    restored.clock.advance(Duration.ofMinutes(1));
    Document old = come("old", restored.clock.millis() - Duration.ofMinutes(5).toMillis());
    Document fresh = come("fresh", restored.clock.millis());
    restored.claimAll();
    restored.plan(JournalFixture.described(old, "utilisation", Map.of()), 0);
    restored.plan(JournalFixture.described(fresh, "utilisation", Map.of()), 0);

    assertThat(only(old).state()).isEqualTo(SubmissionState.IN_DOUBT);
    assertThat(only(old).firstSentAt()).contains(madeAt);
    assertThat(only(old).sentAt().orElseThrow()).as("until the restore").isGreaterThan(madeAt);
    assertThat(only(fresh).state()).isEqualTo(SubmissionState.PLANNED);
  }

  private Document come(String name, long time) throws Exception {
    Arrival arrival = restored.arrival(name, 2);
    Arrival timed =
        new Arrival(
            arrival.source(),
            arrival.sourcePath(),
            arrival.replyName(),
            arrival.identity(),
            arrival.account(),
            arrival.productGroup(),
            arrival.kind(),
            arrival.given(),
            arrival.charset(),
            arrival.expectedSize(),
            Optional.of(time));
    return restored.find(
        restored
            .journal()
            .documents()
            .accept(timed, new ByteArrayInputStream(new byte[] {'{', '}'}))
            .document());
  }

  /** One of them does it; the others neither do it again nor take anything from who began. */
  @Test
  void replicasThatStartAtOnceTakeItIntoUseOnce() throws Exception {
    ExecutorService replicas = Executors.newFixedThreadPool(2);
    try (JournalFixture shared = new JournalFixture(directory, Dialect.POSTGRESQL)) {
      shared.plan(shared.accepted("a", "utilisation"), 0);
      try (Connection connection = shared.source().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("insert into copies (made_at) values (1700000000000)");
        connection.setAutoCommit(false);
        // Both have looked, and neither has written.
        statement.execute("select * from copies for update");
        List<Future<Optional<RestoredCopy.Restored>>> starts = new ArrayList<>();
        for (Journal one : List.of(shared.journal(), shared.another())) {
          starts.add(
              replicas.submit(() -> new RestoredCopy(one, shared.preset().calls()).takeIntoUse()));
        }
        Patience.await("both wait")
            .until(
                () ->
                    shared.count(
                            "select count(*) from pg_stat_activity where datname ="
                                + " current_database() and wait_event_type = 'Lock'")
                        == 2);
        connection.rollback();
        List<Long> taken = new ArrayList<>();
        for (Future<Optional<RestoredCopy.Restored>> start : starts) {
          start.get().ifPresent(restored -> taken.add(restored.madeAt().toEpochMilli()));
        }
        assertThat(taken).containsExactly(1700000000000L);
      }
    } finally {
      replicas.shutdownNow();
    }
  }
}
