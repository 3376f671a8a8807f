package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.journal.Submissions.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who waits longest goes first, and nobody pays for how many wait. */
@ParameterizedClass
@EnumSource(Dialect.class)
class SubmissionQueueTest {
  private static final Set<Purpose> FOLLOWING =
      Set.of(Purpose.TRACKING, Purpose.DETAIL, Purpose.LOOK_UP);

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

  @Test
  void queueThatHasWaitedLongestIsFirst() {
    long now = fixture.clock.millis();
    add("a", "post", Purpose.TRACKING, now - 1000);
    add("b", "poll", Purpose.DETAIL, now - 3000);
    add("b", "poll", Purpose.TRACKING, now - 2000);
    add("c", "poll", Purpose.TRACKING, now + 1);
    add("d", "poll", Purpose.QUERY, now - 9000);
    assertThat(fixture.journal().submissions().waiting(FOLLOWING))
        .containsExactly(
            new Waiting("b", "poll", Purpose.DETAIL),
            new Waiting("b", "poll", Purpose.TRACKING),
            new Waiting("a", "post", Purpose.TRACKING));
    assertThat(fixture.journal().submissions().waiting(FOLLOWING, now + 1))
        .as("what is due a little later is looked for as well")
        .hasSize(4);
  }

  @Test
  void claimTakesTheLongestDueOfItsQueue() {
    long now = fixture.clock.millis();
    List<String> expected = new ArrayList<>();
    for (int seconds = 1; seconds <= 5; seconds++) {
      expected.add(0, add("a", "poll", Purpose.TRACKING, now - seconds * 1000L));
    }
    add("a", "poll", Purpose.DETAIL, now - 60_000);
    add("b", "poll", Purpose.TRACKING, now - 60_000);
    Waiting waiting = new Waiting("a", "poll", Purpose.TRACKING);
    List<String> claimed = new ArrayList<>();
    for (int claim = 0; claim < 5; claim++) {
      fixture
          .journal()
          .submissions()
          .claim(waiting, 1, now + Duration.ofMinutes(1).toMillis())
          .forEach(one -> claimed.add(one.id()));
    }
    assertThat(claimed).isEqualTo(expected);
  }

  @Test
  void neitherLookNorClaimSorts() {
    long now = fixture.clock.millis();
    for (int number = 0; number < 300; number++) {
      add("account " + number % 3, "poll", Purpose.TRACKING, now - number);
    }
    assertThat(plan(SubmissionQueue.HEAD, "TRACKING", "", ""))
        .contains("submissions_due")
        .doesNotContainIgnoringCase("sort")
        .doesNotContain("TEMP B-TREE");
    assertThat(plan(SubmissionQueue.DUE, "TRACKING", "account 1", "poll", now, 8))
        .contains("submissions_due")
        .doesNotContainIgnoringCase("sort")
        .doesNotContain("TEMP B-TREE");
  }

  private String plan(String sql, Object... parameters) {
    String explain = dialect == Dialect.SQLITE ? "explain query plan " : "explain ";
    int column = dialect == Dialect.SQLITE ? 4 : 1;
    List<String> lines =
        fixture
            .journal()
            .database()
            .write(
                JournalCommit.NOTE,
                transaction -> {
                  if (dialect == Dialect.POSTGRESQL) {
                    // Of a small table it would read all.
                    transaction.execute("set local enable_seqscan = off");
                    transaction.execute("set local enable_bitmapscan = off");
                  }
                  return transaction.list(explain + sql, row -> row.getString(column), parameters);
                });
    return String.join("\n", lines);
  }

  /** A follow-up of a document of its own. */
  private String add(String account, String bucket, Purpose purpose, long at) {
    Document document = fixture.accepted(account + at + purpose, "aggregation");
    Submission statement = fixture.plan(document, 0).get(0);
    fixture
        .journal()
        .database()
        .change(
            JournalCommit.RECORD_ANSWER,
            transaction ->
                SubmissionRows.insert(
                    transaction,
                    document.id(),
                    new NewSubmission(
                        Optional.of(statement.id()),
                        purpose,
                        "aggregation",
                        account,
                        bucket,
                        Map.of(),
                        Map.of(),
                        at)));
    return document.id() + "/2";
  }
}
