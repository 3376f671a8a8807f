package io.markbridge.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Dialect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Legacy calls without a body: each ends with exactly one legacy answer, or one legacy error. */
@ParameterizedClass
@EnumSource(Dialect.class)
class QuestionsTest {
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
  void everyCallOfTheLegacyApiHasAProcedure() {
    // The marketplace's calls have theirs in another package.
    List<String> kinds =
        fixture.bridge().legacyApi().kinds().stream()
            .filter(kind -> !kind.startsWith("market-"))
            .toList();
    assertThat(kinds).hasSizeGreaterThan(10);
    for (String kind : kinds) {
      assertThat(fixture.procedure(kind)).as(kind).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"ping, omsId", "version, apiVersion", "logs, omsId"})
  void theBridgeAnswersItself(String kind, String field) {
    Document document = fixture.query(kind);
    assertThat(document.state()).isEqualTo(DocumentState.DONE);
    assertThat(fixture.replies(document).get("reply").has(field)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"market, '{\"status\":\"ERROR\"}'", "pharma, '{\"reportStatus\":\"REJECTED\"}'"})
  void whatNobodyRecognisedIsAnsweredInTheShapeOfItsFolder(String folder, String status)
      throws Exception {
    Document stored = fixture.journals.accept(folder, "{");
    Problem problem = Problem.of(ProblemCode.NOT_JSON, "", "", "reason", "truncated");
    Document broken =
        new Document(
            stored.id(),
            stored.source(),
            folder + "/broken.json",
            stored.replyName(),
            stored.account(),
            java.util.Optional.of(folder),
            java.util.Optional.empty(),
            stored.omsId(),
            Map.of(),
            Map.of(),
            stored.charset(),
            0,
            DocumentState.REJECTED,
            stored.contentKey(),
            stored.orderNumber(),
            stored.answeredBy(),
            1,
            stored.receivedAt(),
            stored.finishedAt(),
            List.of(problem),
            stored.answer(),
            1);
    ObjectNode told = (ObjectNode) fixture.repliesAsItIs(broken).get("status");
    told.remove("bridge");
    assertThat(told.remove("omsId") == null).isEqualTo(folder.equals("market"));
    assertThat(told).isEqualTo(AnswerJson.parse(status));
  }

  @Test
  void aCallThatIsNotServedIsToldWhatToDoInstead() {
    Document document = fixture.query("receipts");
    assertThat(document.state()).isEqualTo(DocumentState.REJECTED);
    assertThat(fixture.replies(document).get("error").toString()).contains("/report/info");
  }

  @Test
  void aHeldDropOutIsAnsweredOnceAPersonReportedIt() {
    fixture.settings.put("markbridge.dropouts", "hold");
    Document document = fixture.query("dropout");
    assertThat(document.state()).isEqualTo(DocumentState.HELD);
    assertThat(fixture.replies(document).get("error").toString())
        .contains("9403", "replay " + document.id() + " --as done")
        .doesNotContain("ask the bridge's administrator");
    new io.markbridge.journal.Replay(fixture.journal(), fixture.journals.preset().calls())
        .done(document.id(), new io.markbridge.journal.Replay.Person("aziza", "by hand"));
    assertThat(fixture.replies(document).keySet()).containsExactly("reply");
    assertThat(fixture.replies(document).get("reply").path("omsId").asText())
        .isEqualTo(ProcedureFixture.OMS_ID);
    assertThat(fixture.replies(document).get("reply").path("reportId").asText())
        .isEqualTo(document.id());
  }

  @Test
  void theOrderListIsReadPageByPageWithItsBuffers() {
    Document document = fixture.query("order-list");
    String page =
        IntStream.range(0, 100)
            .mapToObj(index -> "{\"orderId\":\"O-" + index + "\",\"orderStatus\":\"READY\"}")
            .collect(Collectors.joining(",", "{\"orderInfos\":[", "]}"));
    Submission first = fixture.sent("orders");
    assertThat(first.query()).containsEntry("limit", "100").doesNotContainKey("cursor");
    fixture.answer(first, page);
    var claimed = fixture.journals.claim(io.markbridge.document.Purpose.QUERY);
    assertThat(claimed).hasSize(101);
    for (Submission one : claimed) {
      if (one.call().equals("orders")) {
        assertThat(one.query()).containsEntry("cursor", "O-99");
        fixture.answer(one, "{\"orderInfos\":[]}");
      } else {
        fixture.answer(one, "{\"subOrderInfos\":[]}");
      }
    }
    assertThat(fixture.document(document).state()).isEqualTo(DocumentState.DONE);
    assertThat(fixture.replies(document).get("reply").path("orderInfos")).hasSize(100);
  }

  @Test
  void aBufferIsToldInOldWords() {
    Document document = fixture.query("buffer-status", "orderId", "O-1", "gtin", GTIN);
    fixture.answer(
        "sub-orders",
        "{\"subOrderInfos\":[{\"parentOrderId\":\"O-1\",\"gtin\":\""
            + GTIN
            + "\",\"bufferStatus\":\"ACTIVE\",\"availableCodes\":10,\"leftInBuffer\":7,\"totalPassed\":3}]}");
    fixture.answer("orders", order("O-1", "READY"));
    JsonNode reply = fixture.replies(document).get("reply");
    assertThat(reply.path("bufferStatus").asText()).isEqualTo("ACTIVE");
    assertThat(reply.path("leftInBuffer").asLong()).isEqualTo(7);
    assertThat(reply.path("omsId").asText()).isEqualTo(ProcedureFixture.OMS_ID);
  }

  @ParameterizedTest
  @CsvSource({"READY, 7", "CLOSED, 7", "OUTSOURCED, -1", "PENDING, -1", "REJECTED, -1"})
  void aBufferCountsOnlyWhereItsOrderIsReady(String status, long left) {
    Document document = fixture.query("buffer-status", "orderId", "O-1", "gtin", GTIN);
    fixture.answer("sub-orders", subOrder());
    fixture.answer("orders", order("O-1", status));
    JsonNode reply = fixture.replies(document).get("reply");
    assertThat(reply.path("leftInBuffer").asLong()).isEqualTo(left);
    assertThat(reply.path("availableCodes").asLong()).isEqualTo(left);
  }

  @Test
  void aBufferIsToldWhereNothingIsSaidOfItsOrder() {
    Document document = fixture.query("buffer-status", "orderId", "O-1", "gtin", GTIN);
    fixture.answer("sub-orders", subOrder());
    fixture.fail("orders", FailureKind.REFUSED, "no");
    assertThat(fixture.replies(document).get("reply").path("leftInBuffer").asLong()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"true, 9408, gtin", "false, 9402, orderId"})
  void whatIsUnknownOfABufferIsNamed(boolean orderKnown, int code, String field) {
    Document document = fixture.query("buffer-status", "orderId", "O-1", "gtin", GTIN);
    fixture.answer("sub-orders", "{\"subOrderInfos\":[]}");
    fixture.answer("orders", orderKnown ? order("O-1", "READY") : "{\"orderInfos\":[]}");
    JsonNode error = fixture.replies(document).get("error");
    assertThat(error.at("/globalErrors/0/errorCode").asInt()).isEqualTo(code);
    assertThat(error.at("/fieldErrors/0/fieldName").asText()).isEqualTo(field);
    assertThat(error.at("/globalErrors/0/error").asText())
        .contains(orderKnown ? GTIN : "O-1")
        .doesNotContain("The operator refused");
  }

  @Test
  void anOrderIsFoundByTheIdThatTheBridgeTold() {
    Document order = fixture.statement("a", "order");
    Document before = fixture.query("buffer-status", "orderId", order.id(), "gtin", GTIN);
    JsonNode pending = fixture.replies(before).get("reply");
    assertThat(pending.path("bufferStatus").asText()).isEqualTo("PENDING");
    assertThat(pending.path("orderId").asText()).isEqualTo(order.id());
    assertThat(pending.path("leftInBuffer").asLong()).isEqualTo(-1);
    fixture.answer("order", "{\"orderId\":\"O-1\"}");
    fixture.later();
    fixture.answer("orders", order("O-1", "READY"));
    fixture.query("buffer-status", "orderId", order.id(), "gtin", GTIN);
    assertThat(
            fixture.journals.claim(io.markbridge.document.Purpose.QUERY).stream()
                .filter(one -> one.call().equals("sub-orders"))
                .map(Submission::query))
        .containsExactly(Map.of("orderId", "O-1", "gtin", GTIN));
    fixture.query("codes-blocks", "orderId", order.id(), "gtin", GTIN);
    assertThat(fixture.sent("code-packs").query()).containsEntry("orderId", "O-1");
  }

  private static String order(String id, String status) {
    return "{\"orderInfos\":[{\"orderId\":\"" + id + "\",\"orderStatus\":\"" + status + "\"}]}";
  }

  private static String subOrder() {
    return "{\"subOrderInfos\":[{\"parentOrderId\":\"O-1\",\"gtin\":\""
        + GTIN
        + "\",\"bufferStatus\":\"ACTIVE\",\"availableCodes\":10,\"leftInBuffer\":7,\"totalPassed\":3}]}";
  }

  @Test
  void closingABufferIsAnswered() {
    Document document = fixture.query("buffer-close", "orderId", "O-1", "gtin", GTIN);
    fixture.answer("order-close", "{\"orderId\":\"O-1\"}");
    assertThat(fixture.replies(document).get("reply").path("omsId").asText())
        .isEqualTo(ProcedureFixture.OMS_ID);
  }

  @Test
  void codesAreAskedForAfterTheNewestPack() {
    Document first = fixture.query("codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2");
    Submission asked = fixture.sent("codes");
    assertThat(asked.query()).doesNotContainKey("lastPackId");
    fixture.answer(asked, pack("P-1", "A", "B"));
    assertThat(codes(first)).containsExactly("A\u001d93x", "B\u001d93x");
    assertThat(fixture.replies(first).get("reply").path("blockId").asText()).isEqualTo("P-1");

    Document second =
        fixture.query("codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2", "lastBlockId", "0");
    Submission next = fixture.sent("codes");
    assertThat(next.query()).containsEntry("lastPackId", "P-1");
    fixture.answer(next, pack("P-2", "C"));
    assertThat(codes(second)).containsExactly("C\u001d93x");

    Document sameChain =
        fixture.query(
            "codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2", "lastBlockId", "P-1");
    assertThat(sameChain.state()).as("known to the journal").isEqualTo(DocumentState.DONE);
    assertThat(codes(sameChain)).containsExactly("C\u001d93x");
  }

  @Test
  void twoAskersAtOnceNeverGetTheSamePack() {
    Document first = fixture.query("codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2");
    Document second = fixture.query("codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2");
    var both = fixture.journals.claim(io.markbridge.document.Purpose.QUERY);
    assertThat(both).hasSize(2);
    fixture.answer(both.get(0), pack("P-1", "A", "B"));
    fixture.answer(both.get(1), pack("P-1", "A", "B"));
    Submission again = fixture.sent("codes");
    assertThat(again.query()).containsEntry("lastPackId", "P-1");
    fixture.answer(again, pack("P-2", "C", "D"));
    assertThat(codes(first)).containsExactly("A\u001d93x", "B\u001d93x");
    assertThat(codes(second)).containsExactly("C\u001d93x", "D\u001d93x");
  }

  @Test
  void aLostFirstPackIsInDoubtAndALaterOneIsAskedForAgain() {
    Document document = fixture.query("codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2");
    fixture.fail("codes", FailureKind.ANSWER_LOST, "no answer");
    assertThat(only(document).state()).isEqualTo(SubmissionState.IN_DOUBT);
    assertThat(fixture.document(document).state()).isEqualTo(DocumentState.PLANNED);
  }

  @Test
  void aBlockIsReadOnceMoreWithThePackBeforeIt() {
    Document document =
        fixture.query("codes-retry", "orderId", "O-1", "gtin", GTIN, "blockId", "P-2");
    fixture.answer(
        "code-packs",
        "{\"packs\":[{\"packId\":\"P-1\",\"quantity\":5},{\"packId\":\"P-2\",\"quantity\":3}]}");
    Submission asked = fixture.sent("codes");
    assertThat(asked.query()).containsEntry("lastPackId", "P-1").containsEntry("quantity", "3");
    fixture.answer(asked, pack("P-2", "A"));
    assertThat(codes(document)).containsExactly("A\u001d93x");

    Document known = fixture.query("codes-retry", "orderId", "O-1", "gtin", GTIN, "blockId", "P-2");
    assertThat(codes(known)).containsExactly("A\u001d93x");
  }

  @Test
  void aBlockThatWasReadOnceMoreIsNotTheNewest() {
    fixture.query("codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2", "lastBlockId", "P-3");
    fixture.answer("codes", pack("P-4", "D"));
    fixture.later();
    fixture.query("codes-retry", "orderId", "O-1", "gtin", GTIN, "blockId", "P-2");
    fixture.answer(
        "code-packs",
        "{\"packs\":[{\"packId\":\"P-1\",\"quantity\":5},{\"packId\":\"P-2\",\"quantity\":3}]}");
    fixture.answer("codes", pack("P-2", "B"));
    fixture.later();
    fixture.query("codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2");
    assertThat(fixture.sent("codes").query())
        .as("P-3 was handed out before the bridge")
        .containsEntry("lastPackId", "P-4");
  }

  @Test
  void aBlockThatNobodyKnowsIsAnError() {
    Document document =
        fixture.query("codes-retry", "orderId", "O-1", "gtin", GTIN, "blockId", "P-9");
    fixture.answer("code-packs", "{\"packs\":[]}");
    assertThat(fixture.document(document).state()).isEqualTo(DocumentState.REJECTED);
    assertThat(fixture.replies(document)).containsOnlyKeys("error");
  }

  @Test
  void aBlockWhoseCodesAreRefusedIsAnErrorToo() {
    Document document =
        fixture.query("codes-retry", "orderId", "O-1", "gtin", GTIN, "blockId", "P-1");
    fixture.answer("code-packs", "{\"packs\":[{\"packId\":\"P-1\",\"quantity\":5}]}");
    fixture.fail("codes", FailureKind.REFUSED, "the sub-order is closed");
    assertThat(fixture.document(document).state().terminal()).isTrue();
    assertThat(fixture.replies(document).get("error").toString())
        .contains("the sub-order is closed");
  }

  @Test
  void aRefusedParameterHasItsOldName() {
    Document document =
        fixture.query("codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2", "lastBlockId", "P");
    Submission asked = fixture.sent("codes");
    fixture
        .journal()
        .submissions()
        .record(
            asked,
            io.markbridge.journal.Progress.to(SubmissionState.REJECTED)
                .failed(
                    FailureKind.REFUSED,
                    List.of(
                        io.markbridge.document.OperatorError.of(
                            "invalid-input-parameter", "", "lastPackId"))));
    assertThat(fixture.replies(document).get("error").at("/fieldErrors/0/fieldName").asText())
        .isEqualTo("lastBlockId");
  }

  @Test
  void aReportThatTheOperatorKnowsIsTold() {
    Document report = fixture.query("report-info", "reportId", "R-1");
    fixture.answer("utilisation-status", "{\"reportId\":\"R-1\",\"reportStatus\":\"SUCCESS\"}");
    assertThat(fixture.replies(report).get("reply").path("reportStatus").asText())
        .isEqualTo("SENT");

    Document document = fixture.query("report-info", "reportId", "D-1");
    fixture.fail("utilisation-status", FailureKind.NOT_FOUND, "no such report");
    fixture.answer("document-status", "{\"documentId\":\"D-1\",\"status\":\"ERROR\"}");
    fixture.answer(
        "document-errors",
        "{\"documentErrors\":[{\"propertyName\":\"codes\",\"index\":3,\"errorCode\":\"bad\"}]}");
    JsonNode reply = fixture.replies(document).get("reply");
    assertThat(reply.path("reportStatus").asText()).isEqualTo("REJECTED");
    assertThat(reply.path("errorReason").asText()).contains("codes[3]: bad");
  }

  @Test
  void aReportThatNobodyKnowsIsAnError() {
    Document document = fixture.query("report-info", "reportId", "X-1");
    fixture.fail("utilisation-status", FailureKind.NOT_FOUND, "no such report");
    fixture.fail("document-status", FailureKind.NOT_FOUND, "no such document");
    assertThat(fixture.document(document).state().terminal()).isTrue();
    assertThat(fixture.replies(document)).containsOnlyKeys("error");
    assertThat(fixture.replies(document).get("error").toString()).contains("X-1");
  }

  @Test
  void aReportOfOursIsToldFromTheJournal() {
    Document statement = fixture.statement("a", "utilisation");
    Document before = fixture.query("report-info", "reportId", statement.id());
    assertThat(fixture.replies(before).get("reply").path("reportStatus").asText())
        .isEqualTo("PENDING");
    fixture.answer("utilisation", "{\"reportId\":\"R-1\"}");
    fixture.later();
    fixture.answer("utilisation-status", "{\"reportId\":\"R-1\",\"reportStatus\":\"SUCCESS\"}");
    Document after = fixture.query("report-info", "reportId", "r-1");
    assertThat(fixture.replies(after).get("reply").path("reportStatus").asText()).isEqualTo("SENT");
  }

  private Iterable<String> codes(Document document) {
    return fixture.replies(document).getOrDefault("reply", missing()).findValues("codes").stream()
        .flatMap(list -> java.util.stream.StreamSupport.stream(list.spliterator(), false))
        .map(JsonNode::asText)
        .toList();
  }

  private static JsonNode missing() {
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private Submission only(Document document) {
    return fixture.journal().submissions().of(document.id()).get(0);
  }

  static String pack(String packId, String... codes) {
    return IntStream.range(0, codes.length)
        .mapToObj(index -> "\"" + codes[index] + "\\u001d93x\"")
        .collect(Collectors.joining(",", "{\"codes\":[", "],\"packId\":\"" + packId + "\"}"));
  }
}
