package io.markbridge.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports and documents whose answer was lost (sections 9, 10 and 12 of the contract). */
@ParameterizedClass
@EnumSource(Dialect.class)
class LostDocumentsTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(4);

  @Parameter Dialect dialect;
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
  void aReportIsFoundByItsCodesHoweverItIsWritten() {
    Submission lost = lostReport("a", "one", "two");
    ObjectNode body =
        report("two", "one").put("productionDate", "2026-11-19T19:00:00Z").put("createdBy", "x");
    operator.hasDocument("other", "UTILISATION", report("one", "three"));
    operator.hasDocument("made", "UTILISATION", body);

    operator.lookUp();

    assertThat(operator.now(lost).state()).isEqualTo(SubmissionState.ACCEPTED);
    assertThat(operator.now(lost).operatorId()).contains("made");
    operator.fixture.later();
    assertThat(operator.fixture.sent("utilisation-status").pathValues())
        .containsEntry("reportId", "made");
  }

  @Test
  void aWrappedBodyIsReadToo() {
    Submission lost = lostReport("a", "one", "two");
    byte[] inner =
        report("one", "two").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    operator.hasDocument(
        "made",
        "UTILISATION",
        DoubtFixture.object().put("documentBody", Base64.getEncoder().encodeToString(inner)));

    operator.lookUp();

    assertThat(operator.now(lost).operatorId()).contains("made");
  }

  @Test
  void aReportWhoseCodesAreAsBeforeIsSentAgain() {
    Submission lost = lostReport("a", "one", "two");

    operator.lookUpFor(Duration.ofMinutes(2));
    assertThat(operator.asked("private-codes")).isZero();
    operator.lookUpFor(LONG_ENOUGH);

    assertThat(operator.asked("private-codes")).isEqualTo(1);
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void theCodesAreAskedForWithoutTail() throws Exception {
    lostReport("a", "one", "two");
    operator.fixture.journals.clock.advance(LONG_ENOUGH);
    operator.fixture.lookUps().begin();
    operator.tell(claimed().get(0));

    Submission codes = claimed().get(0);

    try (var body =
        operator.fixture.journal().chunks().payload(codes.id(), codes.size(), 0).open()) {
      assertThat(new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("{\"codes\":[\"one\",\"two\"]}");
    }
  }

  @Test
  void aReportOfOthersCodesIsSentAgainForTheOperatorToRefuse() {
    Submission lost = lostReport("a", "one");
    operator.fixture.journals.clock.advance(LONG_ENOUGH);
    operator.fixture.lookUps().begin();
    operator.tell(claimed().get(0));

    operator.fixture.fail(claimed().get(0), FailureKind.REFUSED, 307, "HTTP 307");

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void aReportThatArrivedButIsNowhereIsAPersons() {
    Submission lost = lostReport("a", "one", "two");
    operator.codeState = "APPLIED";

    operator.lookUpFor(LONG_ENOUGH);
    assertThat(operator.state(lost)).as("it may still appear").isEqualTo(SubmissionState.IN_DOUBT);
    operator.lookUpFor(Duration.ofMinutes(8));

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PARKED);
    assertThat(operator.now(lost).failures().get(0).text()).contains("APPLIED", "--as sent");
  }

  @Test
  void aReportOfTheSameCodesThatSaysSomethingElseIsAPersons() {
    Submission lost = lostReport("a", "one", "two");
    operator.hasDocument(
        "nearly",
        "UTILISATION",
        report("one", "two").put("productionDate", "2026-01-01T00:00:00Z"));

    operator.lookUpFor(LONG_ENOUGH);

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PARKED);
    assertThat(operator.now(lost).failures().get(0).text()).contains("nearly");
  }

  @Test
  void aReportThatBelongsToAnotherDocumentIsNotRead() {
    operator.fixture.statement("first", "utilisation", report("one", "two").toString());
    operator.fixture.answer("utilisation", "{\"reportId\":\"TAKEN\"}");
    operator.hasDocument("taken", "UTILISATION", report("one", "two"));
    Submission lost = lostReport("a", "one", "two");

    operator.lookUp();

    assertThat(operator.asked("document-body")).isZero();
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.IN_DOUBT);
  }

  @Test
  void aDocumentWhoseBodyIsNotVisibleYetIsLookedAtLater() {
    Submission lost = lostReport("a", "one", "two");
    operator.hasDocument("made", "UTILISATION", report("one", "two"));
    operator.hides("made");
    operator.lookUpFor(Duration.ofSeconds(20));
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.IN_DOUBT);

    operator.hasDocument("made", "UTILISATION", report("one", "two"));
    operator.lookUpFor(LONG_ENOUGH);

    assertThat(operator.now(lost).operatorId()).contains("made");
  }

  @Test
  void aBodyThatNeverArrivesHoldsUpNoLookUp() {
    Submission lost = lostReport("a", "one", "two");
    operator.hasDocument("huge", "UTILISATION", report("three"));
    operator.hasDocument("made", "UTILISATION", report("one", "two"));
    operator.fixture.lookUps().begin();
    operator.tell(claimed().get(0));
    for (int tries = 0; tries < 5; tries++) {
      Submission body = claimed().get(0);
      if (body.pathValues().get("documentId").equals("made")) {
        operator.tell(body);
        return;
      }
      operator.fixture.fail(body, FailureKind.ANSWER_LOST, 0, "larger than 16 MB");
      operator.fixture.later();
    }
    operator.lookUp();

    assertThat(operator.now(lost).operatorId()).contains("made");
  }

  @Test
  void anAggregationIsFoundByItsUnits() {
    operator.fixture.statement("a", "aggregation", aggregation("unit-1", "one").toString());
    Submission lost = operator.lose("aggregation");
    operator.hasDocument("other", "AGGREGATION", aggregation("unit-2", "one"));
    operator.hasDocument("made", "AGGREGATION", aggregation("unit-1", "one"));

    operator.lookUp();

    assertThat(operator.now(lost).operatorId()).contains("made");
  }

  @Test
  void aDocumentOfManyIsFoundOnALaterPage() {
    Submission lost = lostReport("a", "one", "two");
    for (int number = 0; number < 120; number++) {
      operator.hasDocument("other " + number, "UTILISATION", report("other " + number));
    }
    operator.hasDocument("made", "UTILISATION", report("one", "two"));

    operator.lookUp();

    assertThat(operator.now(lost).operatorId()).contains("made");
    assertThat(operator.asked("document-search")).isEqualTo(2);
  }

  private Submission lostReport(String name, String... codes) {
    operator.fixture.statement(name, "utilisation", report(codes).toString());
    return operator.lose("utilisation");
  }

  private static ObjectNode report(String... codes) {
    ObjectNode body = DoubtFixture.object();
    body.put("businessPlaceId", 17).put("productionDate", "2026-11-20T00:00:00+05:00");
    var list = body.putArray("sntins");
    for (String code : codes) {
      list.add(code + "\u001d93abcd");
    }
    return body;
  }

  private static ObjectNode aggregation(String unit, String... codes) {
    ObjectNode body = DoubtFixture.object();
    ObjectNode one = body.putArray("aggregationUnits").addObject();
    var list = one.putArray("codes");
    List.of(codes).forEach(list::add);
    one.put("unitSerialNumber", unit);
    return body.put("documentDate", "2026-11-20T10:00:00.123+05:00");
  }

  private List<Submission> claimed() {
    return operator.fixture.journals.claim(Purpose.LOOK_UP);
  }
}
