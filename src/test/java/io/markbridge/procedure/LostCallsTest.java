package io.markbridge.procedure;

import static io.markbridge.procedure.DoubtFixture.GTIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.document.TimelineEntry;
import io.markbridge.journal.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing and first packs of codes whose answer was lost (sections 4 and 5 of the contract). */
@ParameterizedClass
@EnumSource(Dialect.class)
class LostCallsTest {
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
  void aClosedBufferIsAnsweredInTheOldWay() {
    Document document = operator.fixture.query("buffer-close", "orderId", "O-1", "gtin", GTIN);
    operator.lose("order-close");
    assertThat(operator.fixture.replies(document).get("status").path("bridge").has("inDoubt"))
        .isTrue();

    look(subOrder("CLOSED"));

    // Whoever read that it is in doubt reads that it no longer is.
    assertThat(
            operator.fixture.replies(document).get("status").path("bridge").path("state").asText())
        .isEqualTo("DONE");
    assertThat(operator.fixture.replies(document).get("status").path("bridge").has("inDoubt"))
        .isFalse();

    assertThat(operator.fixture.document(document).state()).isEqualTo(DocumentState.DONE);
    assertThat(operator.fixture.replies(document).get("reply").path("omsId").asText())
        .isEqualTo(ProcedureFixture.OMS_ID);
  }

  @Test
  void aBufferThatStaysOpenIsClosedAgain() {
    operator.fixture.query("buffer-close", "orderId", "O-1", "gtin", GTIN);
    Submission lost = operator.lose("order-close");

    look(subOrder("ACTIVE"));
    assertThat(operator.state(lost)).as("it may close late").isEqualTo(SubmissionState.IN_DOUBT);
    operator.fixture.journals.clock.advance(LONG_ENOUGH);
    look(subOrder("ACTIVE"));

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void noPackWasMade() {
    Submission lost = lostPack();

    look(packs());
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.IN_DOUBT);
    operator.fixture.journals.clock.advance(LONG_ENOUGH);
    look(packs());

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void theFirstPackIsReadAgain() {
    Submission lost = lostPack();

    look(packs("P-1"));
    Submission again = operator.fixture.sent("codes");
    assertThat(again.query()).doesNotContainKey("lastPackId");
    operator.fixture.answer(again, "{\"codes\":[\"c1\",\"c2\"],\"packId\":\"P-1\"}");

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.DONE);
    JsonReply reply = reply(lost);
    assertThat(reply.blockId()).isEqualTo("P-1");
    assertThat(reply.codes()).isEqualTo(2);
  }

  @Test
  void anotherFirstPackIsKeptAndTheLostOneTold() {
    Submission lost = lostPack();

    look(packs("P-1"));
    operator.fixture.answer("codes", "{\"codes\":[\"c3\",\"c4\"],\"packId\":\"P-2\"}");

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.DONE);
    assertThat(reply(lost).blockId()).isEqualTo("P-2");
    assertThat(
            operator.fixture.journal().documents().timeline(lost.documentId()).stream()
                .map(TimelineEntry::detail))
        .anyMatch(told -> told.contains("pack P-1 of 2 codes") && told.contains("cannot be read"));
  }

  @Test
  void aPackBehindAKnownOneIsReadWithIt() {
    Submission lost = lostPack();
    Document other =
        operator.fixture.query("codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2");
    operator.fixture.answer("codes", "{\"codes\":[\"c0\"],\"packId\":\"P-1\"}");
    assertThat(operator.fixture.document(other).state()).isEqualTo(DocumentState.DONE);

    look(packs("P-1", "P-2"));
    Submission again = operator.fixture.sent("codes");
    assertThat(again.query()).containsEntry("lastPackId", "P-1");
    operator.fixture.answer(again, "{\"codes\":[\"c1\",\"c2\"],\"packId\":\"P-2\"}");

    assertThat(reply(lost).blockId()).isEqualTo("P-2");
  }

  @Test
  void aPackOfSomebodyElseIsLeftAlone() {
    ObjectNode before = packs("STRANGER");
    ((ObjectNode) before.path("packs").get(0)).put("packDateTime", "2020-01-01T00:00:00Z");
    Submission lost = lostPack();
    operator.fixture.journals.clock.advance(LONG_ENOUGH);

    look(before);

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PLANNED);
  }

  @Test
  void anAnswerThatIsLostAgainBeginsTheLookUpAnew() {
    Submission lost = lostPack();

    look(packs("P-1"));
    operator.fixture.fail("codes", FailureKind.ANSWER_LOST, "cut");

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.IN_DOUBT);
    operator.fixture.journals.clock.advance(LONG_ENOUGH);
    look(packs("P-1", "P-2"));
    assertThat(operator.fixture.sent("codes").pathValues()).containsEntry("lost", "P-1");
  }

  @Test
  void aKilledLookUpOfCodesBeginsAnew() {
    Submission lost = lostPack();
    look(packs("P-1"));
    Submission again = operator.fixture.sent("codes");

    operator.fixture.journals.restart();
    operator.fixture.journals.recover();

    assertThat(operator.state(again)).isEqualTo(SubmissionState.DONE);
    assertThat(operator.state(lost)).isEqualTo(SubmissionState.IN_DOUBT);
  }

  @Test
  void codesThatCannotBeReadAreAPersons() {
    Submission lost = lostPack();

    look(packs("P-1"));
    operator.fixture.fail("codes", FailureKind.REFUSED, "codes-exhausted");

    assertThat(operator.state(lost)).isEqualTo(SubmissionState.PARKED);
    assertThat(operator.now(lost).failures().get(0).text())
        .contains("pack P-1 of 2", "codes-exhausted");
  }

  private record JsonReply(String blockId, int codes) {}

  private JsonReply reply(Submission lost) {
    var reply =
        operator.fixture.replies(operator.fixture.journals.find(lost.documentId())).get("reply");
    return new JsonReply(reply.path("blockId").asText(), reply.path("codes").size());
  }

  private Submission lostPack() {
    operator.fixture.query("codes", "orderId", "O-1", "gtin", GTIN, "quantity", "2");
    return operator.lose("codes");
  }

  /** The one look-up that is due gets this answer. */
  private void look(ObjectNode answer) {
    operator.fixture.lookUps().begin();
    List<Submission> due = operator.fixture.journals.claim(Purpose.LOOK_UP);
    assertThat(due).hasSize(1);
    operator.answer(due.get(0), answer);
  }

  private static ObjectNode subOrder(String state) {
    ObjectNode answer = DoubtFixture.object();
    answer.putArray("subOrderInfos").addObject().put("gtin", GTIN).put("bufferStatus", state);
    return answer;
  }

  private ObjectNode packs(String... ids) {
    ObjectNode answer = DoubtFixture.object();
    var list = answer.putArray("packs");
    for (String id : ids) {
      list.addObject()
          .put("packId", id)
          .put("quantity", 2)
          .put("packDateTime", operator.fixture.journals.clock.instant().toString());
    }
    return answer;
  }
}
