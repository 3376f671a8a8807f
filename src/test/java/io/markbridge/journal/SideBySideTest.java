package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.mapping.MappedDocument;
import io.markbridge.mapping.MappedPart;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes with one journal do the same at the same moment. */
@ParameterizedClass
@EnumSource(Dialect.class)
class SideBySideTest {
  private static final byte[] BODY = {'{', '}'};

  /** How long one commit stays open for another that should not get past it. */
  private static final long OPEN_MILLISECONDS = 300;

  @Parameter Dialect dialect;
  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private JournalFixture fixture;

  @BeforeEach
  void open() {
    fixture = new JournalFixture(directory, dialect);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    fixture.close();
  }

  @Test
  void ofTwoEqualDocumentsOneIsPlanned() throws Exception {
    CountDownLatch bothInside = new CountDownLatch(2);
    List<Future<Boolean>> planned = new ArrayList<>();
    for (String name : List.of("pharma/a", "pharma/b")) {
      Journal journal = fixture.another();
      Document document = JournalFixture.described(fixture.accept(name, "x"), "order", Map.of());
      journal.documents().claimReceived(1, Long.MAX_VALUE);
      PlannedBodies bodies = journal.submissions().begin(document);
      JournalFixture.write(bodies, 1, BODY);
      planned.add(
          threads.submit(
              () ->
                  journal
                      .submissions()
                      .plan(
                          document,
                          JournalFixture.ACCOUNT,
                          mapped("the same"),
                          bodies,
                          call -> {
                            meet(bothInside);
                            return "post";
                          },
                          "planned by a test",
                          Optional.empty())));
    }
    assertThat(List.of(planned.get(0).get(), planned.get(1).get()))
        .containsExactlyInAnyOrder(true, false);
    assertThat(fixture.count("select count(*) from submissions")).isEqualTo(1);
  }

  @Test
  void oneArrivalIsAcceptedOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      String identity = "identity of round " + round;
      String name = "pharma/round" + round;
      CyclicBarrier start = new CyclicBarrier(4);
      List<Callable<String>> all = new ArrayList<>();
      for (int number = 0; number < 4; number++) {
        Journal journal = fixture.another();
        Arrival arrival = fixture.arrival(name, BODY.length, identity);
        all.add(
            () -> {
              start.await();
              return journal.documents().accept(arrival, new ByteArrayInputStream(BODY)).document();
            });
      }
      assertThat(results(threads.invokeAll(all))).as(identity).hasSize(1);
    }
    assertThat(fixture.count("select count(*) from documents")).isEqualTo(20);
  }

  @Test
  void documentsOfOneNameGetNamesOfTheirOwn() throws Exception {
    for (int round = 0; round < 20; round++) {
      String name = "pharma/round" + round;
      CyclicBarrier start = new CyclicBarrier(4);
      List<Callable<String>> all = new ArrayList<>();
      for (int number = 0; number < 4; number++) {
        Journal journal = fixture.another();
        Arrival arrival = fixture.arrival(name, BODY.length);
        all.add(
            () -> {
              start.await();
              return fixture
                  .find(
                      journal
                          .documents()
                          .accept(arrival, new ByteArrayInputStream(BODY))
                          .document())
                  .replyName()
                  .orElseThrow();
            });
      }
      assertThat(results(threads.invokeAll(all))).hasSize(4).contains(name);
    }
  }

  @Test
  void theLastTwoAnswersEndTheirDocument() throws Exception {
    Document document = fixture.accepted("pharma/a", "order");
    fixture.plan(document, 0, 0);
    answerBoth(false);
    assertThat(fixture.find(document.id()).state()).isEqualTo(DocumentState.DONE);
  }

  @Test
  void questionsAskedAtOnceGetNumbersOfTheirOwn() throws Exception {
    Document document = fixture.accepted("pharma/a", "order");
    fixture.plan(document, 0, 0);
    answerBoth(true);
    assertThat(fixture.journal().submissions().of(document.id()))
        .extracting(Submission::number)
        .containsExactly(1, 2, 3, 4);
  }

  /** Each by the process that claimed it, both commits at once. */
  private void answerBoth(boolean askMore) throws Exception {
    CountDownLatch bothInside = new CountDownLatch(2);
    List<Callable<Boolean>> answers = new ArrayList<>();
    for (int number = 0; number < 2; number++) {
      Journal journal = fixture.another();
      Submission submission = claim(journal, 1).get(0);
      Progress progress = Progress.to(SubmissionState.DONE).effect(transaction -> meet(bothInside));
      if (askMore) {
        progress.add(
            new NewSubmission(
                Optional.of(submission.id()),
                Purpose.TRACKING,
                "order-info",
                JournalFixture.ACCOUNT,
                "poll",
                Map.of(),
                Map.of(),
                0));
      }
      answers.add(
          () -> {
            journal.submissions().record(submission, progress);
            return true;
          });
    }
    results(threads.invokeAll(answers));
  }

  @Test
  void onePackGoesToOneOfTwoAskers() throws Exception {
    CountDownLatch bothInside = new CountDownLatch(2);
    List<Future<?>> stored = new ArrayList<>();
    for (String asker : List.of("one", "other")) {
      Journal journal = fixture.another();
      Packs.Pack pack =
          new Packs.Pack(
              "pack", "order", "gtin", Optional.empty(), 1, asker + "/1", Optional.of(asker), 1);
      stored.add(
          threads.submit(
              () ->
                  journal
                      .database()
                      .change(
                          JournalCommit.RECORD_ANSWER,
                          transaction -> {
                            journal
                                .packs()
                                .storeForOne(pack, JournalFixture.ACCOUNT, List.of("code"))
                                .run(transaction);
                            meet(bothInside);
                          })));
    }
    int refused = 0;
    for (Future<?> one : stored) {
      try {
        one.get();
      } catch (ExecutionException failure) {
        assertThat(failure).cause().hasMessageContaining("was handed to another document");
        refused++;
      }
    }
    assertThat(refused).isEqualTo(1);
  }

  @Test
  void nothingIsClaimedTwiceOrBeyondTheLimit() throws Exception {
    for (int number = 0; number < 25; number++) {
      fixture.plan(fixture.accepted("pharma/" + number, "order"), 0, 0, 0, 0);
    }
    List<Callable<List<String>>> all = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      Journal journal = fixture.another();
      all.add(
          () -> {
            List<String> claimed = new ArrayList<>();
            List<Submission> some = claim(journal, 3);
            while (!some.isEmpty()) {
              assertThat(some.size()).isLessThanOrEqualTo(3);
              some.forEach(one -> claimed.add(one.id()));
              some = claim(journal, 3);
            }
            return claimed;
          });
    }
    List<String> claimed = new ArrayList<>();
    for (Future<List<String>> one : threads.invokeAll(all)) {
      claimed.addAll(one.get());
    }
    assertThat(claimed).doesNotHaveDuplicates().hasSize(100);
  }

  @Test
  void documentTakenByAnotherProcessIsNotPlanned() {
    Document document =
        JournalFixture.described(fixture.accept("pharma/a", "x"), "order", Map.of());
    Journal journal = fixture.another();
    journal.documents().claimReceived(1, Long.MAX_VALUE);
    PlannedBodies bodies = fixture.another().submissions().begin(document);
    assertThatThrownBy(() -> JournalFixture.write(bodies, 1, new byte[9 * 1024 * 1024]))
        .hasRootCauseMessage("document " + document.id() + " is not held by this process");
  }

  private static List<Submission> claim(Journal journal, int limit) {
    return journal
        .submissions()
        .claim(
            new Submissions.Waiting(JournalFixture.ACCOUNT, "post", Purpose.STATEMENT),
            limit,
            Long.MAX_VALUE);
  }

  private static MappedDocument mapped(String contentKey) {
    return new MappedDocument(
        List.of(new MappedPart(1, 0, "order", Map.of(), BODY.length, 2)),
        List.of(),
        List.of(),
        contentKey,
        Optional.empty());
  }

  /** Waits inside a commit for the other one; it comes only where nothing keeps it out. */
  private static void meet(CountDownLatch bothInside) {
    bothInside.countDown();
    try {
      bothInside.await(OPEN_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static <T> Set<T> results(List<Future<T>> futures) throws Exception {
    Set<T> results = new java.util.HashSet<>();
    for (Future<T> one : futures) {
      results.add(one.get());
    }
    return results;
  }
}
