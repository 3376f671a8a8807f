package io.markbridge.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.JournalCommit;
import io.markbridge.journal.LongWaits;
import io.markbridge.journal.Replay;
import io.markbridge.mapping.MappedDocument;
import io.markbridge.mapping.MappedPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents that wait for earlier ones: the order of things. */
@ParameterizedClass
@EnumSource(Dialect.class)
class EarlierDocumentsTest {
  @Parameter Dialect dialect;
  private static final Duration BOUND = Duration.ofHours(24);
  private static final Replay.Person PERSON = new Replay.Person("somebody", "");

  @TempDir Path directory;
  private LongWaits waits;
  private ProcedureFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ProcedureFixture(directory, dialect);
    fixture.brings.put("report", List.of("code 1", "code 2"));
    fixture.needs.put("case", List.of("code 1"));
    fixture.brings.put("case", List.of("unit 1"));
    fixture.needs.put("pallet", List.of("unit 1"));
    fixture.brings.put("pallet", List.of("unit 9"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void reportCaseAndPalletGoOneAfterTheOther() {
    Document report = fixture.statement("report", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    Document pallet = fixture.statement("pallet", "aggregation");
    assertThat(packed.state()).isEqualTo(DocumentState.PLANNED);
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.WAITING);
    assertThat(told(packed)).contains("for document " + report.id(), "which reports its codes");
    assertThat(told(pallet)).contains("for document " + packed.id(), "which makes its units");
    assertThat(told(pallet)).doesNotContain(report.id());
    reported("SUCCESS");
    assertThat(fixture.document(report).state()).isEqualTo(DocumentState.DONE);
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.PLANNED);
    assertThat(statement(pallet).state()).isEqualTo(SubmissionState.WAITING);
    packed("D-1");
    assertThat(statement(pallet).state()).isEqualTo(SubmissionState.PLANNED);
    packed("D-2");
    assertThat(fixture.document(pallet).state()).isEqualTo(DocumentState.DONE);
    assertNothingIsLeft();
  }

  @Test
  void aDocumentWaitsForAllOfItsReports() {
    fixture.brings.put("second report", List.of("code 3"));
    fixture.needs.put("case", List.of("code 1", "code 3"));
    fixture.statement("report", "utilisation");
    fixture.statement("second report", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    List<Submission> reports = fixture.journals.claim(Purpose.STATEMENT);
    fixture.answer(reports.get(0), "{\"reportId\":\"R-1\"}");
    fixture.answer(reports.get(1), "{\"reportId\":\"R-2\"}");
    fixture.later();
    List<Submission> questions = fixture.journals.claim(Purpose.TRACKING);
    fixture.answer(questions.get(0), "{\"reportStatus\":\"SUCCESS\"}");
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.WAITING);
    fixture.answer(questions.get(1), "{\"reportStatus\":\"SUCCESS\"}");
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void ofTwoReportsThatEndAtOnceTheLastLetsTheirCaseGo() throws Exception {
    for (int round = 0; round < 10; round++) {
      String own = "-" + round;
      fixture.brings.put("a" + own, List.of("code a" + own));
      fixture.brings.put("b" + own, List.of("code b" + own));
      fixture.needs.put("c" + own, List.of("code a" + own, "code b" + own));
      fixture.statement("a" + own, "utilisation");
      fixture.statement("b" + own, "utilisation");
      Document packed = fixture.statement("c" + own, "aggregation");
      List<Submission> reports = fixture.journals.claim(Purpose.STATEMENT);
      ExecutorService two = Executors.newFixedThreadPool(2);
      try {
        two.invokeAll(
            reports.stream()
                .map(
                    one ->
                        Executors.callable(
                            () -> fixture.journals.record(one, SubmissionState.DONE)))
                .toList());
      } finally {
        two.shutdown();
      }
      assertThat(statement(packed).state()).as("round " + round).isEqualTo(SubmissionState.PLANNED);
      fixture.journals.record(fixture.sent("aggregation"), SubmissionState.DONE);
    }
  }

  @Test
  void aRefusedReportTellsItsCaseAndItsPalletWhy() {
    Document report = fixture.statement("report", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    Document pallet = fixture.statement("pallet", "aggregation");
    fixture.fail("utilisation", FailureKind.REFUSED, "codes were used before");
    assertThat(fixture.document(report).state()).isEqualTo(DocumentState.REJECTED);
    for (Document dependent : List.of(packed, pallet)) {
      assertThat(fixture.document(dependent).state()).isEqualTo(DocumentState.REJECTED);
      assertThat(fixture.document(dependent).finishedAt()).isPresent();
      assertThat(statement(dependent).state()).isEqualTo(SubmissionState.REJECTED);
      assertThat(fixture.replies(dependent).get("error").toString())
          .contains("codes were used before");
      assertThat(fixture.replies(dependent).get("status").path("reportStatus").asText())
          .isEqualTo("REJECTED");
    }
    assertThat(fixture.replies(packed).get("error").toString())
        .contains(report.id(), "report.json");
    assertThat(fixture.replies(pallet).get("error").toString()).contains(packed.id());
    assertThat(statement(packed).failures().get(0).text())
        .startsWith("not sent: document " + report.id())
        .contains("which reports its codes, was refused: codes were used before");
    fixture.later();
    assertThat(fixture.journals.claim(Purpose.values())).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void whatTheOperatorFoundInTheReportIsTold() {
    fixture.statement("report", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    fixture.answer("utilisation", "{\"reportId\":\"R-1\"}");
    fixture.later();
    fixture.answer("utilisation-status", "{\"reportStatus\":\"ERROR\",\"rejectReason\":\"used\"}");
    assertThat(statement(packed).state())
        .as("its errors are yet to be fetched")
        .isEqualTo(SubmissionState.WAITING);
    fixture.answer(
        "document-errors",
        "{\"documentErrors\":[{\"propertyName\":\"sntins\",\"index\":1,\"errorCode\":\"E-7\"}]}");
    assertThat(fixture.replies(packed).get("error").toString()).contains("used").contains("E-7");
  }

  @Test
  void ofAReportThatIsTakenInPartTheOperatorJudges() {
    fixture.maps("report", "two parts", Optional.empty(), "utilisation", 2);
    fixture.statement("report", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    List<Submission> parts = fixture.journals.claim(Purpose.STATEMENT);
    fixture.journals.record(parts.get(0), SubmissionState.DONE);
    fixture.journals.record(parts.get(1), SubmissionState.REJECTED);
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.PLANNED);
    assertThat(told(packed)).contains("was taken in part");
  }

  @Test
  void reportsOfOtherCodesAndLaterReportsAreNotWaitedFor() {
    fixture.brings.put("other", List.of("code 7"));
    fixture.statement("other", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    fixture.statement("report", "utilisation");
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void aReportThatHasEndedIsNotWaitedFor() {
    fixture.statement("report", "utilisation");
    reported("SUCCESS");
    Document packed = fixture.statement("case", "aggregation");
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void thousandsOfCodesAreStoredInBatchesAndForgotten() {
    List<String> codes = IntStream.range(0, 200_000).mapToObj(number -> "code " + number).toList();
    fixture.brings.put("report", codes);
    fixture.needs.put("case", codes.subList(199_000, 200_000));
    fixture.statement("report", "utilisation");
    assertThat(fixture.journals.count("select count(*) from codes_under_way")).isEqualTo(200_000);
    Document packed = fixture.statement("case", "aggregation");
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.WAITING);
    reported("SUCCESS");
    assertThat(fixture.journals.count("select count(*) from codes_under_way"))
        .as("what blocks nobody is removed at once, the rest later")
        .isEqualTo(195_001);
    assertNothingIsLeft("packed");
  }

  @Test
  void aReportWaitsUntilItsOrderIsReadyAndNotForItsCodes() {
    fixture.maps("order", "an order", Optional.of("PO-1"), "order", 1);
    fixture.maps("report", "a report", Optional.of("PO-1"), "utilisation", 1);
    Document order = fixture.statement("order", "order");
    Document report = fixture.statement("report", "utilisation");
    assertThat(told(report)).contains("for document " + order.id(), "which is its order");
    fixture.answer("order", "{\"orderId\":\"O-1\"}");
    fixture.later();
    assertThat(statement(report).state()).isEqualTo(SubmissionState.WAITING);
    fixture.answer("orders", order("READY"));
    assertThat(fixture.document(order).state()).isEqualTo(DocumentState.PLANNED);
    assertThat(statement(report).state()).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void ordersOfOneNumberDoNotWaitForEachOther() {
    fixture.maps("order", "an order", Optional.of("PO-1"), "order", 1);
    fixture.maps("second", "another order", Optional.of("PO-1"), "order", 1);
    fixture.statement("order", "order");
    assertThat(statement(fixture.statement("second", "order")).state())
        .isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void aReportWaitsForTheOrderThatGaveItAValue() {
    Document order = fixture.statement("order", "order");
    fixture.mapped.put(
        "report",
        new MappedDocument(
            List.of(new MappedPart(1, 0, "utilisation", Map.of(), 2, 2)),
            List.of(),
            List.of(),
            "a report",
            Optional.empty(),
            Set.of(order.id())));
    Document report = fixture.statement("report", "utilisation");
    assertThat(statement(report).state()).isEqualTo(SubmissionState.WAITING);
    fixture.fail("order", FailureKind.REFUSED, "no funds");
    assertThat(fixture.replies(report).get("error").toString()).contains("no funds");
  }

  @Test
  void aWaitThatIsTooLongParksAndAPersonMaySendIt() {
    Document report = fixture.statement("report", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    Document pallet = fixture.statement("pallet", "aggregation");
    fixture.answer("utilisation", "{\"reportId\":\"R-1\"}");
    fixture.journals.clock.advance(BOUND.minusMinutes(1));
    fixture.answer("utilisation-status", "{\"reportStatus\":\"IN_PROCESS\"}");
    assertThat(waits().end(BOUND)).isZero();
    fixture.journals.clock.advance(Duration.ofMinutes(1));
    LongWaits afterANightSwitchedOff = new LongWaits(fixture.journal());
    assertThat(afterANightSwitchedOff.end(BOUND)).as("nobody could work on it").isZero();
    fixture.journals.clock.advance(BOUND.minusMinutes(1));
    fixture.answer("utilisation-status", "{\"reportStatus\":\"IN_PROCESS\"}");
    assertThat(waits().end(BOUND)).isZero();
    fixture.journals.clock.advance(Duration.ofMinutes(1));
    assertThat(waits().end(BOUND)).isEqualTo(1);
    assertThat(fixture.document(packed).state()).isEqualTo(DocumentState.PARKED);
    assertThat(statement(pallet).state())
        .as("its time begins when its case comes to a person")
        .isEqualTo(SubmissionState.WAITING);
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.PARKED);
    assertThat(fixture.replies(packed).get("error").toString()).contains(report.id());
    new Replay(fixture.journal(), fixture.journals.preset().calls())
        .notSent(statement(packed).id(), PERSON);
    assertThat(fixture.document(packed).state()).isEqualTo(DocumentState.PLANNED);
    packed("D-1");
    assertThat(fixture.document(packed).state()).isEqualTo(DocumentState.DONE);
    assertThat(statement(pallet).state()).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void anOutageParksNothingAndTheTimeBeginsAgain() {
    fixture.statement("report", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    Document pallet = fixture.statement("pallet", "aggregation");
    fixture.journals.clock.advance(Duration.ofDays(3));
    assertThat(waits().end(BOUND)).as("the report never left").isZero();
    fixture.answer("utilisation", "{\"reportId\":\"R-1\"}");
    fixture.later();
    assertThat(waits().end(BOUND)).isZero();
    fixture.fail("utilisation-status", FailureKind.NOT_REACHED, "no connection");
    fixture.journals.clock.advance(Duration.ofDays(3));
    assertThat(waits().end(BOUND)).as("nobody can ask about the report").isZero();
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.WAITING);
    fixture.answer("utilisation-status", "{\"reportStatus\":\"SUCCESS\"}");
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.PLANNED);
    assertThat(statement(pallet).state()).isEqualTo(SubmissionState.WAITING);
  }

  @Test
  void aParkedReportIsWaitedForAndOneThatIsReplayedToo() {
    Document report = fixture.statement("report", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    fixture.journals.record(fixture.sent("utilisation"), SubmissionState.PARKED);
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.WAITING);
    new Replay(fixture.journal(), fixture.journals.preset().calls())
        .notSent(statement(report).id(), PERSON);
    reported("SUCCESS");
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void aReportThatIsRefusedByTheBridgeAtItsReplayTellsItsCase() {
    Document report = fixture.statement("report", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    heldHere(report);
    fixture
        .journal()
        .documents()
        .stop(
            report,
            DocumentState.REJECTED,
            List.of(Problem.of(ProblemCode.GROUP_UNKNOWN, "", "G3")));
    assertThat(fixture.document(packed).state()).isEqualTo(DocumentState.REJECTED);
    assertThat(fixture.replies(packed).get("error").toString()).contains("product group");
  }

  @Test
  void aRefusedDocumentThatIsReplayedWaitsAgainForWhatIsUnderWay() {
    Document report = fixture.statement("report", "utilisation");
    Document packed = fixture.statement("case", "aggregation");
    fixture.fail("utilisation", FailureKind.REFUSED, "no");
    Replay replay = new Replay(fixture.journal(), fixture.journals.preset().calls());
    replay.again(report.id(), PERSON);
    replay.again(packed.id(), PERSON);
    fixture.planAgain(report, "utilisation");
    fixture.planAgain(packed, "aggregation");
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.WAITING);
    reported("SUCCESS");
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void whatAnotherProcessIsYetToPlanComesFirst() {
    fixture.maps("report", "a report", Optional.empty(), "utilisation", 1);
    Document report = fixture.journals.accepted("report", "utilisation");
    fixture.journals.restart();
    fixture.journals.clock.advance(Duration.ofSeconds(1));
    Document packed = fixture.statement("case", "aggregation");
    assertThat(packed.state()).isEqualTo(DocumentState.RECEIVED);
    assertThat(fixture.journals.events(packed.id())).containsExactly("accepted");
    fixture.journals.clock.advance(Duration.ofMinutes(11));
    // The other process is gone, and somebody takes over what it held.
    fixture.journals.recover();
    fixture.planAgain(report, "utilisation");
    fixture.planAgain(packed, "aggregation");
    assertThat(statement(packed).state()).isEqualTo(SubmissionState.WAITING);
  }

  private void heldHere(Document document) {
    fixture
        .journal()
        .database()
        .change(
            JournalCommit.NOTE,
            transaction ->
                transaction.update(
                    "update documents set state = 'RECEIVED', lease_owner = ? where id = ?",
                    fixture.journal().owner(),
                    document.id()));
  }

  private LongWaits waits() {
    if (waits == null) {
      waits = new LongWaits(fixture.journal());
    }
    return waits;
  }

  /** The operator takes the report that is due, and tells how it ended. */
  private void reported(String status) {
    fixture.answer("utilisation", "{\"reportId\":\"R-1\"}");
    fixture.later();
    fixture.answer("utilisation-status", "{\"reportStatus\":\"" + status + "\"}");
  }

  private void packed(String id) {
    fixture.answer("aggregation", "{\"documentId\":\"" + id + "\"}");
    fixture.later();
    fixture.answer("document-status", "{\"documentId\":\"" + id + "\",\"status\":\"SUCCESS\"}");
  }

  private void assertNothingIsLeft(String... stillUnderWay) {
    while (waits().forgetCodes()) {
      // One batch at a time.
    }
    assertThat(fixture.journals.count("select count(*) from prerequisites")).isZero();
    assertThat(fixture.journals.count("select count(*) from codes_under_way"))
        .isEqualTo(stillUnderWay.length);
    assertThat(fixture.journals.count("select count(*) from code_holders"))
        .isEqualTo(stillUnderWay.length);
  }

  private Submission statement(Document document) {
    return fixture.journal().submissions().of(document.id()).get(0);
  }

  private String told(Document document) {
    return fixture.timeline(document).stream()
        .map(entry -> entry.event() + " " + entry.detail())
        .collect(Collectors.joining("\n"));
  }

  private static String order(String status) {
    return "{\"orderInfos\":[{\"orderId\":\"O-1\",\"orderStatus\":\"" + status + "\"}]}";
  }
}
