package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.cli.CommandHarness.Result;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.document.TimelineEntry;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalCommit;
import io.markbridge.journal.Progress;
import io.markbridge.mapping.OrderFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Dialect.class)
class ReplayCommandTest {
  @Parameter Dialect dialect;
  @TempDir private Path directory;
  private CommandHarness harness;
  private Journal journal;

  @BeforeEach
  void makeJournal() throws IOException {
    harness = new CommandHarness(directory).withJournal(dialect);
    journal = harness.journal();
  }

  @AfterEach
  void close() {
    harness.close();
  }

  private Result replay(String... arguments) {
    // Later than what it decides about, as in life: the timeline is in the order of time.
    Clock later = Clock.fixed(CommandHarness.NOW.plusSeconds(1), ZoneOffset.UTC);
    Workplace workplace = new Workplace(directory, Map.of(), later, "aziza");
    return CommandHarness.run(new ReplayCommand(workplace), arguments);
  }

  private Document stopped(String name, DocumentState state) throws IOException {
    Document document = CommandHarness.accept(journal, name, "order");
    CommandHarness.stop(
        journal,
        document,
        state,
        Problem.of(ProblemCode.EQUAL_TO_EARLIER, "", "", "document", "earlier"));
    return document;
  }

  private Document now(Document document) {
    return journal.documents().find(document.id()).orElseThrow();
  }

  private TimelineEntry last(Document document) {
    List<TimelineEntry> timeline = journal.documents().timeline(document.id());
    return timeline.get(timeline.size() - 1);
  }

  /** In a container the user is root or a number. */
  @Test
  void notesTheNameThatAPersonGivesBesideTheUser() throws IOException {
    Document held = stopped("dropout", DocumentState.HELD);

    Result result =
        replay(held.id(), "--as", "new", "--by", " Anna\nPetrova ", "--reason", "second shift");

    assertThat(result.status()).as(result.errors()).isZero();
    assertThat(last(held).detail()).isEqualTo("by Anna\\u000aPetrova, as aziza: second shift");
  }

  @Test
  void plansAHeldOrderAsNew() throws IOException {
    Document held = stopped("order", DocumentState.HELD);

    Result result = replay(held.id(), "--as", "new", "--reason", "second shift");

    assertThat(result.status()).isZero();
    assertThat(result.output()).contains("is planned as new");
    assertThat(now(held).state()).isEqualTo(DocumentState.RECEIVED);
    assertThat(now(held).given()).isEqualTo(Map.of("replay", "new"));
    assertThat(now(held).problems()).isEmpty();
    assertThat(now(held).changeNumber()).isGreaterThan(held.changeNumber());
    assertThat(last(held).event()).isEqualTo("replayed as new");
    assertThat(last(held).detail()).isEqualTo("by aziza: second shift");
    assertThat(journal.documents().claimReceived(10, Long.MAX_VALUE))
        .extracting(Document::id)
        .containsExactly(held.id());
  }

  @Test
  void endsADropOutThatAPersonReportedElsewhere() throws IOException {
    Document held = CommandHarness.accept(journal, "dropout", "dropout");
    CommandHarness.stop(
        journal, held, DocumentState.HELD, Problem.of(ProblemCode.HELD_FOR_PERSON, "", "X7"));
    assertThat(replay(held.id()).errors()).contains("--as done");
    assertThat(replay(held.id(), "--as", "new").errors()).contains("--as done");
    long before = now(held).changeNumber();

    Result result = replay(held.id(), "--as", "done", "--reason", "entered by hand");

    assertThat(result.status()).isZero();
    assertThat(result.output()).contains("is done");
    assertThat(now(held).state()).isEqualTo(DocumentState.DONE);
    assertThat(now(held).problems()).isEmpty();
    assertThat(now(held).finishedAt()).isPresent();
    assertThat(now(held).changeNumber()).isGreaterThan(before);
    assertThat(last(held).event()).isEqualTo("done by a person");
    assertThat(last(held).detail()).isEqualTo("by aziza: entered by hand");
    assertThat(replay(held.id(), "--as", "done").errors()).contains("is DONE");
  }

  @Test
  void endsNothingThatOnlyLooksLikeAnother() throws IOException {
    Document held = stopped("order", DocumentState.HELD);
    assertThat(replay(held.id(), "--as", "done").errors()).contains("use --as new");
    assertThat(now(held).state()).isEqualTo(DocumentState.HELD);
  }

  @Test
  void refusesToPlanAHeldOrderWithoutKnowingThatItIsMeant() throws IOException {
    Document held = stopped("order", DocumentState.HELD);

    Result result = replay(held.id());

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).contains("use --as new");
    assertThat(now(held).state()).isEqualTo(DocumentState.HELD);
  }

  @Test
  void plansRejectedAndParkedDocumentsAgain() throws IOException {
    Document rejected = stopped("rejected", DocumentState.REJECTED);
    Document parked = stopped("parked", DocumentState.PARKED);

    Result result = replay(rejected.id(), parked.id());

    assertThat(result.status()).isZero();
    assertThat(now(rejected).state()).isEqualTo(DocumentState.RECEIVED);
    assertThat(now(rejected).finishedAt()).isEmpty();
    assertThat(now(parked).state()).isEqualTo(DocumentState.RECEIVED);
    assertThat(last(parked).detail()).isEqualTo("by aziza: no reason given");
  }

  @Test
  void forgetsTheRefusedPlanOfARejectedOrder() throws IOException {
    Document order = CommandHarness.accept(journal, "order", "order");
    journal
        .submissions()
        .record(
            CommandHarness.send(journal, order),
            Progress.to(SubmissionState.REJECTED).note("refused", "HTTP 400"));
    journal.orderFacts().remember(List.of(facts(order)));

    assertThat(replay(order.id()).status()).isZero();

    assertThat(journal.submissions().of(order.id())).isEmpty();
    assertThat(journal.orderFacts().list(10)).isEmpty();
    assertThat(journal.documents().timeline(order.id()))
        .extracting(TimelineEntry::event)
        .contains("refused");
  }

  private static OrderFacts facts(Document order) {
    return new OrderFacts(
        "default",
        "pharma",
        "04600000000008",
        Optional.of(order.id()),
        Optional.of("PO-1"),
        Optional.of("PRODUCTION"),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void sendsAgainWhatTheOperatorNeverGot() throws IOException {
    Document document = CommandHarness.accept(journal, "report", "utilisation");
    Submission doubtful = CommandHarness.inDoubt(journal, document);

    Result result = replay(document.id(), "--as", "not-sent", "--reason", "asked the operator");

    assertThat(result.status()).isZero();
    Submission submission = journal.submissions().find(doubtful.id()).orElseThrow();
    assertThat(submission.state()).isEqualTo(SubmissionState.PLANNED);
    assertThat(submission.failureKind()).isEmpty();
    assertThat(last(document).event()).isEqualTo("replayed as not sent");
    assertThat(last(document).submissionId()).contains(doubtful.id());
    assertThat(last(document).detail()).isEqualTo("by aziza: asked the operator");
  }

  @Test
  void tracksAnOrderThatTheOperatorHas() throws IOException {
    Document document = CommandHarness.accept(journal, "order", "order");
    journal.orderFacts().remember(List.of(facts(document)));
    Submission doubtful = CommandHarness.inDoubt(journal, document);

    Result result = replay(document.id(), "--as", "sent", "--operator-id", "b024");

    assertThat(result.status()).isZero();
    assertThat(result.output()).contains("is tracked as b024");
    Submission submission = journal.submissions().find(doubtful.id()).orElseThrow();
    assertThat(submission.state()).isEqualTo(SubmissionState.ACCEPTED);
    assertThat(submission.operatorId()).contains("b024");
    Submission tracking = journal.submissions().of(document.id()).get(1);
    assertThat(tracking.purpose()).isEqualTo(Purpose.TRACKING);
    assertThat(tracking.call()).isEqualTo("orders");
    assertThat(tracking.query()).isEqualTo(Map.of("orderId", "b024"));
    assertThat(tracking.parentId()).contains(doubtful.id());
    assertThat(tracking.state()).isEqualTo(SubmissionState.PLANNED);
    long bound =
        journal
            .database()
            .read(
                "counting",
                transaction ->
                    transaction.count(
                        "select count(*) from order_memory where operator_order_id = 'b024'"));
    assertThat(bound).isEqualTo(1);
    assertThat(last(document).detail()).isEqualTo("operator id b024, by aziza: no reason given");
  }

  @Test
  void tracksReportsAndAggregationsByTheirOwnQuestions() throws IOException {
    Document report = CommandHarness.accept(journal, "report", "utilisation");
    CommandHarness.inDoubt(journal, report);
    Document aggregation = CommandHarness.accept(journal, "aggregation", "aggregation");
    CommandHarness.inDoubt(journal, aggregation);

    assertThat(replay(report.id(), "--as", "sent", "--operator-id", "r1").status()).isZero();
    assertThat(replay(aggregation.id() + "/1", "--as", "sent", "--operator-id", "d1").status())
        .isZero();

    Submission ofReport = journal.submissions().of(report.id()).get(1);
    assertThat(ofReport.call()).isEqualTo("utilisation-status");
    assertThat(ofReport.pathValues()).isEqualTo(Map.of("reportId", "r1"));
    Submission ofAggregation = journal.submissions().of(aggregation.id()).get(1);
    assertThat(ofAggregation.call()).isEqualTo("document-status");
    assertThat(ofAggregation.pathValues()).isEqualTo(Map.of("documentId", "d1"));
  }

  @Test
  void refusesAnIdThatBelongsToAnotherSubmission() throws IOException {
    Document first = CommandHarness.accept(journal, "first", "order");
    CommandHarness.inDoubt(journal, first);
    replay(first.id(), "--as", "sent", "--operator-id", "b024");
    Document second = CommandHarness.accept(journal, "second", "order");
    CommandHarness.inDoubt(journal, second);

    Result result = replay(second.id(), "--as", "sent", "--operator-id", "B024");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).contains("belongs to submission " + first.id() + "/1");
  }

  @Test
  void refusesWhatMakesNoSenseAndNamesTheNextStep() throws IOException {
    Document doubtful = CommandHarness.accept(journal, "doubtful", "order");
    CommandHarness.inDoubt(journal, doubtful);
    Document done = CommandHarness.accept(journal, "done", "utilisation");
    journal
        .submissions()
        .record(CommandHarness.send(journal, done), Progress.to(SubmissionState.DONE));
    Document fresh = CommandHarness.accept(journal, "fresh", "order");

    assertThat(replay(doubtful.id()).errors()).contains("use --as sent or --as not-sent");
    assertThat(replay(done.id()).errors()).contains("drop it again");
    assertThat(replay(fresh.id()).errors()).contains("is under way by itself");
    assertThat(replay(fresh.id(), "--as", "new").errors()).contains("is for HELD documents");
    assertThat(replay(done.id(), "--as", "not-sent").errors())
        .contains("nothing of it is in doubt");
    assertThat(replay(done.id()).status()).isEqualTo(1);
  }

  @Test
  void refusesADocumentWhoseBytesAreNoLongerKept() throws IOException {
    Document rejected = stopped("old", DocumentState.REJECTED);
    journal
        .database()
        .change(JournalCommit.NOTE, transaction -> transaction.update("delete from chunks"));

    assertThat(replay(rejected.id()).errors()).contains("retention.payloads");
    assertThat(now(rejected).state()).isEqualTo(DocumentState.REJECTED);
  }

  @Test
  void doesTheOthersWhenOneIsRefusedAndTellsMachines() throws IOException {
    Document held = stopped("held", DocumentState.HELD);

    Result result = replay("nothing", held.id(), "--as", "new", "--json");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.json())
        .extracting(node -> node.path("done").asBoolean())
        .containsExactly(false, true);
    assertThat(now(held).state()).isEqualTo(DocumentState.RECEIVED);
  }

  @Test
  void isUsedWronglyWithHalfOfWhatBelongsTogether() throws IOException {
    assertThat(replay("x", "--as", "sent").status()).isEqualTo(2);
    assertThat(replay("x", "--operator-id", "y").status()).isEqualTo(2);
    assertThat(replay("x", "y", "--as", "sent", "--operator-id", "z").status()).isEqualTo(2);
    assertThat(replay("x", "--as", "maybe").status()).isEqualTo(2);
    assertThat(replay().status()).isEqualTo(2);
  }
}
