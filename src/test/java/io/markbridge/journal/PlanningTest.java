package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
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

/** From a document to submissions, and the way back after a crash. */
@ParameterizedClass
@EnumSource(Dialect.class)
class PlanningTest {
  @Parameter Dialect dialect;
  private static final byte[] LARGE = new byte[9 * 1024 * 1024];

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
  void aPlanBringsSubmissionsWithTheirBodies() throws IOException {
    Document document = fixture.accepted("a", "aggregation");
    List<Submission> planned = fixture.plan(document, 0, 0, 1);
    assertThat(fixture.find(document.id()).state()).isEqualTo(DocumentState.PLANNED);
    assertThat(planned)
        .extracting(Submission::state)
        .containsExactly(SubmissionState.PLANNED, SubmissionState.PLANNED, SubmissionState.WAITING);
    for (Submission one : planned) {
      try (InputStream body = fixture.journal().chunks().payload(one.id(), one.size(), 0).open()) {
        assertThat(body.readAllBytes()).asString().isEqualTo("{\"part\":" + one.number() + "}");
      }
    }
    assertThat(fixture.events(document.id())).containsExactly("accepted", "planned");
  }

  @Test
  void whatACrashLeftOfAPlanIsRemovedByTheNextPlan() {
    Document document = fixture.accepted("a", "aggregation");
    JournalFixture.write(fixture.journal().submissions().begin(document), 1, LARGE);
    assertThat(bodies(document)).isPositive();
    fixture.plan(document, 0);
    assertThat(bodies(document)).as("of the new plan alone").isEqualTo(1);
  }

  @Test
  void whatACrashLeftOfAPlanIsRemovedByRecovery() {
    Document document = fixture.accepted("a", "aggregation");
    Document other = fixture.accepted("b", "aggregation");
    fixture.plan(other, 0);
    JournalFixture.write(fixture.journal().submissions().begin(document), 1, LARGE);
    fixture.restart();
    fixture.recover();
    assertThat(bodies(document)).isZero();
    assertThat(bodies(other)).as("a committed plan stays").isPositive();
  }

  @Test
  void aDocumentThatIsNotSentLeavesNoBodies() {
    Document rejected = fixture.accepted("a", "aggregation");
    JournalFixture.write(fixture.journal().submissions().begin(rejected), 1, LARGE);
    fixture
        .journal()
        .documents()
        .stop(
            rejected,
            DocumentState.REJECTED,
            List.of(Problem.of(ProblemCode.DUPLICATE_KEY, "", "")));
    assertThat(bodies(rejected)).isZero();

    Document answered = fixture.accepted("b", "aggregation");
    JournalFixture.write(fixture.journal().submissions().begin(answered), 1, LARGE);
    fixture
        .journal()
        .documents()
        .answer(answered, Optional.of("{}"), Optional.empty(), "key", "equal");
    assertThat(bodies(answered)).isZero();
  }

  @Test
  void onlyWhoHoldsADocumentPlansIt() {
    Document document = fixture.accepted("a", "aggregation");
    fixture.plan(document, 0);
    assertThatThrownBy(() -> fixture.plan(document, 0)).isInstanceOf(JournalException.class);
    PlannedBodies large = fixture.journal().submissions().begin(document);
    assertThatThrownBy(() -> JournalFixture.write(large, 1, LARGE))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("document " + document.id() + " is not held by this process");
    assertThat(fixture.journal().submissions().of(document.id()))
        .as("a plan under way is never removed")
        .hasSize(1);

    Document taken = fixture.accepted("b", "aggregation");
    Journal slow = fixture.journal();
    fixture.clock.advance(Duration.ofHours(1));
    fixture.restart();
    fixture.recover();
    fixture.claimAll();
    PlannedBodies late = slow.submissions().begin(taken);
    assertThatThrownBy(() -> JournalFixture.write(late, 1, LARGE))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(bodies(taken)).isZero();
  }

  @Test
  void recoveryHoldsWhatMayHaveHadAnEffectAndPlansTheRestAgain() {
    Document document = fixture.accepted("a", "utilisation");
    fixture.plan(document, 0);
    Submission statement = fixture.claim(Purpose.STATEMENT).get(0);
    fixture
        .journal()
        .submissions()
        .record(
            statement,
            Progress.to(SubmissionState.ACCEPTED)
                .operator("R-1", null)
                .add(question(statement, "utilisation-status")));
    Submission question = fixture.claim(Purpose.TRACKING).get(0);
    Document second = fixture.accepted("b", "utilisation");
    fixture.plan(second, 0);
    Submission onItsWay = fixture.claim(Purpose.STATEMENT).get(0);

    fixture.restart();
    long changes = fixture.find(second.id()).changeNumber();
    assertThat(fixture.recover()).isEqualTo(1);
    assertThat(fixture.submission(onItsWay.id()).state()).isEqualTo(SubmissionState.IN_DOUBT);
    assertThat(fixture.submission(question.id()).state()).isEqualTo(SubmissionState.PLANNED);
    assertThat(fixture.submission(statement.id()).state()).isEqualTo(SubmissionState.ACCEPTED);
    assertThat(fixture.claim(Purpose.STATEMENT)).as("never sent blindly").isEmpty();
    assertThat(fixture.claim(Purpose.TRACKING)).hasSize(1);
    assertThat(fixture.find(second.id()).changeNumber()).isGreaterThan(changes);
    assertThat(fixture.events(second.id())).contains("in doubt");
    assertThat(fixture.recover()).as("what the tracking claim left").isZero();
  }

  @Test
  void submissionsAreClaimedOnceInTheOrderOfTheirDocumentsAndParts() {
    Document first = fixture.accepted("a", "aggregation");
    Document second = fixture.accepted("b", "aggregation");
    fixture.plan(second, 0);
    fixture.plan(first, 0, 0);
    List<Submission> claimed = fixture.claim(Purpose.STATEMENT, Purpose.QUERY);
    assertThat(claimed)
        .extracting(Submission::id)
        .containsExactly(first.id() + "/1", first.id() + "/2", second.id() + "/1");
    assertThat(claimed).extracting(Submission::attempts).containsOnly(1);
    assertThat(claimed)
        .extracting(one -> one.firstSentAt().orElseThrow())
        .containsOnly(fixture.clock.millis());
    assertThat(fixture.claim(Purpose.STATEMENT, Purpose.QUERY)).isEmpty();
  }

  @Test
  void aClaimTakesNoMoreThanAskedForAndNothingBeforeItsTime() {
    Document document = fixture.accepted("a", "aggregation");
    fixture.plan(document, 0, 0, 0);
    Submissions.Waiting waiting =
        fixture.journal().submissions().waiting(Set.of(Purpose.STATEMENT)).iterator().next();
    assertThat(waiting)
        .isEqualTo(new Submissions.Waiting(JournalFixture.ACCOUNT, "post", Purpose.STATEMENT));
    List<Submission> two =
        fixture.journal().submissions().claim(waiting, 2, fixture.clock.millis() + 1000);
    assertThat(two).hasSize(2);
    fixture
        .journal()
        .submissions()
        .record(two.get(0), Progress.again(fixture.clock.millis() + 5000));
    assertThat(fixture.claim(Purpose.STATEMENT)).extracting(Submission::number).containsExactly(3);
    fixture.clock.advance(Duration.ofSeconds(5));
    assertThat(fixture.claim(Purpose.STATEMENT))
        .extracting(Submission::attempts)
        .containsExactly(2);
  }

  @Test
  void anErrorInsideATransactionLeavesNothing() {
    assertThatThrownBy(
            () ->
                fixture
                    .journal()
                    .database()
                    .change(
                        JournalCommit.NOTE,
                        transaction -> {
                          transaction.update(
                              "insert into arrivals (identity, document_id) values ('a', 'b')");
                          throw new OutOfMemoryError("a test says so");
                        }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(fixture.count("select count(*) from arrivals where identity = 'a'")).isZero();
  }

  static NewSubmission question(Submission statement, String call) {
    return new NewSubmission(
        Optional.of(statement.id()),
        Purpose.TRACKING,
        call,
        JournalFixture.ACCOUNT,
        "poll",
        Map.of(),
        Map.of(),
        0);
  }

  private long bodies(Document document) {
    return fixture.count("select count(*) from chunks where owner_id like ?", document.id() + "/%");
  }
}
