package io.markbridge.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.JournalFixture;
import io.markbridge.mapping.MappedDocument;
import io.markbridge.mapping.MappedPart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders and reports from their plan to what the legacy side is told. */
@ParameterizedClass
@EnumSource(Dialect.class)
class StatementsTest {
  @Parameter Dialect dialect;
  private static final String GTIN = "04780009876541";

  @TempDir Path directory;
  private ProcedureFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ProcedureFixture(directory, dialect);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anEqualReportUnderWayIsAnsweredWithTheReplyOfTheFirst() {
    fixture.maps("a", "same", Optional.empty(), "utilisation", 1);
    fixture.maps("b", "same", Optional.empty(), "utilisation", 1);
    Document first = fixture.statement("a", "utilisation");
    Document second = fixture.statement("b", "utilisation");
    assertThat(second.answeredBy()).contains(first.id());
    assertThat(fixture.journal().submissions().of(second.id())).isEmpty();
    assertThat(reportStatus(second)).isEqualTo("PENDING");
    fixture.answer("utilisation", "{\"reportId\":\"R-1\"}");
    assertThat(fixture.replies(second).get("reply").path("reportId").asText()).isEqualTo("R-1");
    fixture.later();
    fixture.answer("utilisation-status", "{\"reportStatus\":\"SUCCESS\"}");
    assertThat(reportStatus(second)).isEqualTo("SENT");
  }

  @Test
  void aReportEqualToARefusedOneIsSentAgain() {
    fixture.maps("a", "same", Optional.empty(), "utilisation", 1);
    fixture.maps("b", "same", Optional.empty(), "utilisation", 1);
    fixture.statement("a", "utilisation");
    fixture.fail("utilisation", FailureKind.REFUSED, "no");
    Document second = fixture.statement("b", "utilisation");
    assertThat(second.answeredBy()).isEmpty();
    assertThat(second.state()).isEqualTo(DocumentState.PLANNED);
  }

  @Test
  void anEqualOrderWithTheSameNumberIsHeldAndTold() {
    fixture.maps("a", "same", Optional.of("PO-1"), "order", 1);
    fixture.maps("b", "same", Optional.of("PO-1"), "order", 1);
    Document first = fixture.statement("a", "order");
    Document second = fixture.statement("b", "order");
    assertThat(second.state()).isEqualTo(DocumentState.HELD);
    assertThat(fixture.replies(second)).containsKeys("status", "error");
    assertThat(fixture.replies(second).get("error").toString()).contains(first.id());
  }

  @Test
  void equalOrdersWithoutANumberAreSent() {
    fixture.maps("a", "same", Optional.empty(), "order", 1);
    fixture.maps("b", "same", Optional.empty(), "order", 1);
    fixture.statement("a", "order");
    assertThat(fixture.statement("b", "order").state()).isEqualTo(DocumentState.PLANNED);
  }

  @Test
  void equalOrdersAreSentWhereTheSiteWantsIt() {
    fixture.settings.put("markbridge.equal-orders", "send");
    fixture.maps("a", "same", Optional.of("PO-1"), "order", 1);
    fixture.maps("b", "same", Optional.of("PO-1"), "order", 1);
    fixture.statement("a", "order");
    assertThat(fixture.statement("b", "order").state()).isEqualTo(DocumentState.PLANNED);
  }

  @Test
  void aDocumentThatStatesNothingIsAnsweredAndNotSent() {
    fixture.maps("a", "same", Optional.empty(), "utilisation", 0);
    Document document = fixture.statement("a", "utilisation");
    assertThat(document.state()).isEqualTo(DocumentState.DONE);
    assertThat(fixture.replies(document).get("reply").path("reportId").asText())
        .isEqualTo(document.id());
    assertThat(reportStatus(document)).isEqualTo("SENT");
  }

  @Test
  void anOrderIsTrackedAndItsCodesAreFetchedPackByPack() {
    Document document = fixture.statement("a", "order");
    assertThat(fixture.replies(document).get("status").path("orderStatus").asText())
        .isEqualTo("PENDING");
    fixture.answer("order", "{\"orderId\":\"O-1\"}");
    assertThat(fixture.replies(document).get("reply").path("orderId").asText()).isEqualTo("O-1");
    fixture.later();
    fixture.answer("orders", "{\"orderInfos\":[]}");
    fixture.later();
    fixture.answer("orders", order("o-1", "PENDING"));
    fixture.later();
    long changes = fixture.document(document).changeNumber();
    fixture.answer("orders", order("O-1", "PENDING"));
    assertThat(fixture.document(document).changeNumber())
        .as("nothing new, so no reply is written")
        .isEqualTo(changes);
    fixture.later();
    fixture.answer("orders", order("O-1", "READY"));
    fixture.answer("sub-orders", subOrders("PENDING", 12));
    fixture.later();
    fixture.answer("sub-orders", subOrders("ACTIVE", 3));
    Submission first = fixture.sent("codes");
    assertThat(first.query()).containsEntry("quantity", "3").doesNotContainKey("lastPackId");
    fixture.answer(first, QuestionsTest.pack("P-1", "A", "B"));
    Submission second = fixture.sent("codes");
    assertThat(second.query()).containsEntry("quantity", "1").containsEntry("lastPackId", "P-1");
    fixture.answer(second, QuestionsTest.pack("P-2", "C"));
    assertThat(fixture.document(document).state()).isEqualTo(DocumentState.DONE);
    assertThat(fixture.replies(document))
        .containsKeys("reply", "status", "codes-" + GTIN + "-1", "codes-" + GTIN + "-2");
    assertThat(fixture.replies(document).get("status").path("orderStatus").asText())
        .isEqualTo("READY");
  }

  @Test
  void anOrderThatTheOperatorRejectsIsToldWithItsReason() {
    Document document = fixture.statement("a", "order");
    fixture.answer("order", "{\"orderId\":\"O-1\"}");
    fixture.later();
    fixture.answer(
        "orders",
        "{\"orderInfos\":[{\"orderId\":\"O-1\",\"orderStatus\":\"REJECTED\",\"rejectionReason\":\"no funds\"}]}");
    assertThat(fixture.document(document).state()).isEqualTo(DocumentState.REJECTED);
    assertThat(fixture.replies(document).get("status").path("declineReason").asText())
        .contains("no funds");
    assertThat(fixture.replies(document).get("error").toString()).contains("no funds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"orderId\":null}", "{\"orderId\":\"\"}", "[]"})
  void aSuccessWithoutAnIdIsInDoubtAndNeverSentAgain(String answer) {
    Document document = fixture.statement("a", "order");
    fixture.answer("order", answer);
    assertThat(statement(document).state()).isEqualTo(SubmissionState.IN_DOUBT);
    fixture.later();
    assertThat(fixture.journals.claim(Purpose.values())).isEmpty();
    assertThat(fixture.replies(document).get("status").path("orderStatus").asText())
        .isEqualTo("PENDING");
  }

  @Test
  void aReportIsAnsweredAtOnceUnderOurIdWhereTheSiteWantsIt() {
    fixture.settings.put("markbridge.replies.reports-at-once", "true");
    Document document = fixture.statement("a", "utilisation");
    assertThat(fixture.replies(document).get("reply").path("reportId").asText())
        .isEqualTo(document.id());
    fixture.answer("utilisation", "{\"reportId\":\"R-1\"}");
    assertThat(fixture.replies(document).get("reply").path("reportId").asText())
        .as("an id that was told does not change")
        .isEqualTo(document.id());
    Document order = fixture.statement("b", "order");
    assertThat(fixture.replies(order))
        .as("an order waits for the operator's")
        .doesNotContainKey("reply");
  }

  @Test
  void aReportIsTrackedUntilItsEnd() {
    Document document = fixture.statement("a", "utilisation");
    fixture.answer("utilisation", "{\"reportId\":\"R-1\"}");
    fixture.later();
    fixture.answer("utilisation-status", "{\"reportStatus\":\"IN_PROCESS\"}");
    fixture.later();
    long changes = fixture.document(document).changeNumber();
    fixture.answer("utilisation-status", "{\"reportStatus\":\"IN_PROCESS\"}");
    assertThat(fixture.document(document).changeNumber()).isEqualTo(changes);
    fixture.later();
    fixture.fail("utilisation-status", FailureKind.NOT_FOUND, "not visible yet");
    fixture.later();
    fixture.answer(
        "utilisation-status", "{\"reportStatus\":\"ERROR\",\"rejectReason\":\"used before\"}");
    assertThat(reportStatus(document)).isEqualTo("REJECTED");
    fixture.answer(
        "document-errors",
        "{\"documentErrors\":[{\"propertyName\":\"sntins\",\"index\":1,\"errorCode\":\"used\"}]}");
    assertThat(fixture.document(document).state()).isEqualTo(DocumentState.REJECTED);
    assertThat(fixture.replies(document).get("error").toString())
        .contains("used before")
        .contains("sntins[1]");
  }

  @Test
  void aDocumentWhoseErrorsCannotBeHadEndsAllTheSame() {
    Document document = fixture.statement("a", "aggregation");
    fixture.answer("aggregation", "{\"documentId\":\"D-1\"}");
    fixture.later();
    fixture.answer("document-status", "{\"documentId\":\"D-1\",\"status\":\"ERROR\"}");
    fixture.fail("document-errors", FailureKind.NOT_PERMITTED, "role missing");
    assertThat(fixture.document(document).state()).isEqualTo(DocumentState.REJECTED);
    assertThat(fixture.replies(document).get("error").toString()).contains("ERROR");
  }

  @Test
  void aFieldIsNamedInOldWordsAndPlaceAndCodeStandOnce() {
    Document document = fixture.statement("a", "aggregation");
    fixture.answer("aggregation", "{\"documentId\":\"D-1\"}");
    fixture.later();
    fixture.answer("document-status", "{\"documentId\":\"D-1\",\"status\":\"ERROR\"}");
    fixture.answer(
        "document-errors",
        "{\"documentErrors\":[{\"propertyName\":\"aggregationUnits[0].codes[1]\",\"index\":1,"
            + "\"errorCode\":\"code-not-issued\",\"errorTags\":{\"code\":\"01A\"}}]}");
    JsonNode error = fixture.replies(document).get("error");
    assertThat(error.at("/fieldErrors/0/fieldName").asText())
        .isEqualTo("aggregationUnits[0].sntins[1]");
    assertThat(error.at("/fieldErrors/0/fieldError").asText())
        .endsWith(": code-not-issued: aggregationUnits[0].codes[1] (code=01A)");
  }

  @Test
  void whatWasRefusedOfSeveralPartsIsToldAtItsPlaceInTheDocument() {
    fixture.maps("a", "two", Optional.empty(), "utilisation", 2);
    fixture.places.put("{}", Map.of("sntins[1]", "sntins[30001]"));
    Document document = fixture.statement("a", "utilisation");
    for (Submission part : fixture.journals.claim(Purpose.STATEMENT)) {
      fixture.answer(part, "{\"reportId\":\"R-" + part.number() + "\"}");
    }
    fixture.later();
    for (Submission question : fixture.journals.claim(Purpose.TRACKING)) {
      fixture.answer(
          question,
          question.pathValues().containsValue("R-1")
              ? "{\"reportStatus\":\"SUCCESS\"}"
              : "{\"reportStatus\":\"ERROR\"}");
    }
    fixture.answer(
        "document-errors",
        "{\"documentErrors\":[{\"propertyName\":\"sntins[1]\",\"index\":1,\"errorCode\":\"E\"},"
            + "{\"propertyName\":\"sntins[2]\",\"index\":2,\"errorCode\":\"E\"}]}");
    assertThat(fixture.replies(document).get("error").path("fieldErrors"))
        .extracting(error -> error.path("fieldName").asText())
        .as("what is not found is told without an index")
        .containsExactly("sntins[30001]", "sntins");
  }

  @Test
  void unitsThatWereNotSentAreToldInOurWordsAndLast() {
    fixture.mapped.put(
        "a",
        new MappedDocument(
            List.of(
                new MappedPart(1, 0, "aggregation", Map.of(), 2, 2),
                new MappedPart(2, 1, "aggregation", Map.of(), 2, 2)),
            List.of(),
            List.of(),
            "levels",
            Optional.empty()));
    fixture.places.put(
        "{}", Map.of("aggregationUnits[0].codes[0]", "aggregationUnits[1].sntins[0]"));
    Document document = fixture.statement("a", "aggregation");
    fixture.answer("aggregation", "{\"documentId\":\"D-1\"}");
    fixture.later();
    fixture.answer("document-status", "{\"documentId\":\"D-1\",\"status\":\"ERROR\"}");
    fixture.answer(
        "document-errors",
        "{\"documentErrors\":[{\"propertyName\":\"aggregationUnits[0].codes[0]\",\"index\":1,"
            + "\"errorCode\":\"code-not-issued\"}]}");
    JsonNode error = fixture.replies(document).get("error");
    assertThat(error.at("/globalErrors/0/error").asText())
        .startsWith("aggregationUnits[1].sntins[0]: The operator refused it: code-not-issued");
    assertThat(error.at("/fieldErrors/1/fieldError").asText())
        .startsWith("Not sent, because smaller units");
    assertThat(error.at("/fieldErrors/1/errorCode").asInt()).isEqualTo(9407);
    assertThat(fixture.replies(document).get("status").path("errorReason").asText())
        .contains("code-not-issued", "; Not sent, because smaller units")
        .doesNotContain("not sent: the units");
  }

  @Test
  void partialAcceptanceIsReadPageByPageAndRemembered() {
    Document document = fixture.statement("a", "aggregation");
    fixture.answer("aggregation", "{\"documentId\":\"D-1\"}");
    fixture.later();
    fixture.answer(
        "document-status", "{\"documentId\":\"D-1\",\"status\":\"PARTIALLY_PROCESSED\"}");
    String errors =
        IntStream.range(0, 100)
            .mapToObj(
                index -> "{\"propertyName\":\"codes\",\"index\":" + index + ",\"errorCode\":\"E\"}")
            .collect(Collectors.joining(",", "{\"documentErrors\":[", "]}"));
    String results =
        "{\"codes\":[{\"code\":\"A\\u001d93x\",\"state\":\"SUCCESS\"},"
            + "{\"code\":\"B\",\"state\":\"WARNING\"},"
            + "{\"code\":\"C\",\"state\":\"ERROR\",\"errorCode\":\"used\"},"
            + "{\"code\":\"D\",\"state\":\"NEW_WORD\"}]}";
    List<Submission> details = fixture.journals.claim(Purpose.DETAIL);
    assertThat(details).hasSize(2);
    for (Submission detail : details) {
      fixture.answer(detail, detail.call().equals("document-errors") ? errors : results);
    }
    Submission page = fixture.sent("document-errors");
    assertThat(page.query()).containsEntry("lastIndex", "99");
    fixture.answer(page, "{\"documentErrors\":[]}");
    assertThat(fixture.document(document).state()).isEqualTo(DocumentState.PARTLY_DONE);
    assertThat(statement(document).failures())
        .hasSize(101)
        .extracting(OperatorError::code)
        .contains("E", "used");
    assertThat(List.of("A", "B", "C", "D")).filteredOn(this::remembered).containsExactly("A", "B");
  }

  @Test
  void aCodeThatWasLeftOutIsToldAtItsPlace() {
    fixture.places.put("{}", Map.of("C\u001d93x", "aggregationUnits[0].sntins[2]"));
    Document document = fixture.statement("a", "aggregation");
    fixture.answer("aggregation", "{\"documentId\":\"D-1\"}");
    fixture.later();
    fixture.answer(
        "document-status", "{\"documentId\":\"D-1\",\"status\":\"PARTIALLY_PROCESSED\"}");
    for (Submission detail : fixture.journals.claim(Purpose.DETAIL)) {
      fixture.answer(
          detail,
          detail.call().equals("document-errors")
              ? "{\"documentErrors\":[]}"
              : "{\"codes\":[{\"code\":\"C\\u001d93x\",\"state\":\"ERROR\",\"errorCode\":\"used\"},"
                  + "{\"code\":\"D\",\"state\":\"ERROR\",\"errorCode\":\"used\"}]}");
    }
    JsonNode error = fixture.replies(document).get("error");
    assertThat(error.path("fieldErrors"))
        .extracting(one -> one.path("fieldName").asText())
        .containsExactly("aggregationUnits[0].sntins[2]");
    assertThat(error.at("/globalErrors/0/error").asText())
        .as("a code that the document does not have")
        .endsWith("used: D");
  }

  @Test
  void severalSubmissionsAreOneReportUnderOurId() {
    fixture.maps("a", "three", Optional.empty(), "utilisation", 3);
    Document document = fixture.statement("a", "utilisation");
    List<Submission> parts = fixture.journals.claim(Purpose.STATEMENT);
    assertThat(parts).hasSize(3);
    for (Submission part : parts) {
      fixture.answer(part, "{\"reportId\":\"R-" + part.number() + "\"}");
    }
    assertThat(fixture.replies(document).get("reply").path("reportId").asText())
        .isEqualTo(document.id());
    fixture.later();
    List<Submission> questions = fixture.journals.claim(Purpose.TRACKING);
    fixture.answer(questions.get(0), "{\"reportStatus\":\"SUCCESS\"}");
    fixture.answer(questions.get(1), "{\"reportStatus\":\"SUCCESS\"}");
    assertThat(reportStatus(document)).isEqualTo("PENDING");
    fixture.answer(questions.get(2), "{\"reportStatus\":\"SUCCESS\"}");
    assertThat(reportStatus(document)).isEqualTo("SENT");
    assertThat(fixture.document(document).state()).isEqualTo(DocumentState.DONE);
  }

  private boolean remembered(String code) {
    return fixture.journal().acceptedCodes().contains(JournalFixture.ACCOUNT, "aggregation", code);
  }

  private Submission statement(Document document) {
    return fixture.journal().submissions().of(document.id()).get(0);
  }

  private String reportStatus(Document document) {
    return fixture.replies(document).get("status").path("reportStatus").asText();
  }

  private static String order(String id, String status) {
    return "{\"orderInfos\":[{\"orderId\":\"" + id + "\",\"orderStatus\":\"" + status + "\"}]}";
  }

  private static String subOrders(String status, int left) {
    return "{\"subOrderInfos\":[{\"parentOrderId\":\"O-1\",\"gtin\":\""
        + GTIN
        + "\",\"bufferStatus\":\""
        + status
        + "\",\"availableCodes\":3,\"leftInBuffer\":"
        + left
        + ",\"totalPassed\":0}]}";
  }
}
