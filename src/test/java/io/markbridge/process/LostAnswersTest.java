package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.journal.Journal;
import io.markbridge.sandbox.SandboxJournal.AcceptedOrder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of call whose answer is lost, in every way that an answer can be lost: answered
 * without a person, and at the operator exactly once.
 */
@QuarkusTest
@QuarkusTestResource(value = PlantResource.class, restrictToAnnotatedClass = true)
class LostAnswersTest {
  /** As the configuration says. */
  private static final Duration ABSENT_AFTER = Duration.ofMinutes(3);

  private static int units = 1;

  Plant plant;
  @Inject Journal journal;
  private long lookedFor;

  @BeforeEach
  void packsCanBeReadAgain() {
    lookedFor = lookedFor();
    plant.sandbox().set("codes-without-pack", "first");
    // Nothing is found at once.
    plant.sandbox().set("document-visible-after", "700ms");
  }

  @AfterEach
  void nothingFails() {
    plant.sandbox().set("fail", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut-after", "504-after", "half-answer", "empty-200-after", "cut-before"})
  void everyKindOfCallIsAnsweredAndArrivesOnce(String shape) {
    plant.sandbox().set("fail", "order:" + shape + ";codes:" + shape);
    files().put("beer/" + shape + ".json", LegacyBodies.order("PO-" + shape, 3).toString());
    String orderId = files().awaitOrder("beer/" + shape, "READY").path("orderId").asText();
    List<String> codes = codes(shape);
    assertThat(codes).hasSize(3);
    assertThat(orders("PO-" + shape)).extracting(AcceptedOrder::orderId).containsExactly(orderId);

    int reports = plant.sandbox().journal().reports().size();
    fail("utilisation", shape);
    files().put("beer/" + shape + "-report.json", LegacyBodies.report(codes).toString());
    files().awaitReport("beer/" + shape + "-report", "SENT");

    fail("aggregation", shape);
    files()
        .put(
            "beer/" + shape + "-unit.json",
            LegacyBodies.unit(
                    LegacyBodies.aggregation(),
                    LegacyBodies.sscc(units++),
                    codes.stream().map(LegacyBodies::withoutTail).toList())
                .toString());
    files().awaitReport("beer/" + shape + "-unit", "SENT");

    fail("order-close", shape);
    files().put("beer/" + shape + "-close.http", close(orderId));
    assertThat(files().await("beer/" + shape + "-close.reply.json").path("omsId").asText())
        .isEqualTo(BridgeProcess.OMS_ID);

    assertThat(plant.sandbox().journal().duplicates()).isEmpty();
    assertThat(plant.sandbox().journal().reports()).hasSize(reports + 1);
  }

  /** An order without a number is found by one of ours, which nobody is told. */
  @ParameterizedTest
  @ValueSource(strings = {"cut-after", "cut-before"})
  void ordersWithoutNumberAreFoundByOneOfOurs(String shape) {
    List<String> names = List.of("a", "b");
    fail("order", shape + ":2");
    for (String name : names) {
      var order = LegacyBodies.order("", 5);
      order.remove("poNumber");
      files().put("beer/nameless-" + shape + name + ".json", order.toString());
    }
    List<String> ids = new ArrayList<>();
    for (String name : names) {
      JsonNode status = files().awaitOrder("beer/nameless-" + shape + name, "READY");
      ids.add(status.path("orderId").asText());
    }

    assertThat(ids).doesNotHaveDuplicates();
    List<AcceptedOrder> made =
        plant.sandbox().journal().orders().stream()
            .filter(one -> ids.contains(one.orderId()))
            .toList();
    assertThat(made).extracting(AcceptedOrder::poNumber).allMatch(one -> one.startsWith("MB-"));
    files().put("beer/list-" + shape + ".http", request("GET", "orders", "orderId=" + ids.get(0)));
    JsonNode list = files().await("beer/list-" + shape + ".reply.json");
    assertThat(list.path("orderInfos")).hasSize(1);
    assertThat(list.toString()).doesNotContain("MB-");
  }

  private List<AcceptedOrder> orders(String poNumber) {
    return plant.sandbox().journal().orders().stream()
        .filter(order -> order.poNumber().equals(poNumber))
        .toList();
  }

  private List<String> codes(String name) {
    List<String> codes = new ArrayList<>();
    files()
        .await("beer/" + name + ".codes-" + LegacyBodies.GTIN + "-1.json")
        .path("codes")
        .forEach(code -> codes.add(code.asText()));
    return codes;
  }

  private static String close(String orderId) {
    return request("POST", "buffer/close", "orderId=" + orderId + "&gtin=" + LegacyBodies.GTIN);
  }

  private static String request(String method, String path, String query) {
    return method
        + " /api/v2/beer/"
        + path
        + "?omsId="
        + BridgeProcess.OMS_ID
        + "&"
        + query
        + "\nclientToken: 00000000-0000-4000-8000-000000000001\n\n";
  }

  /** The next call of this name fails in this way. */
  private void fail(String call, String shape) {
    plant.sandbox().set("fail", call + ":" + shape);
  }

  private FileDrop files() {
    return plant.files(this::passTime);
  }

  /** What was looked for in vain is looked for again when it would be there. */
  private void passTime() {
    long now = lookedFor();
    if (now > lookedFor) {
      lookedFor = now;
      PassingClock.pass(ABSENT_AFTER);
    }
  }

  private long lookedFor() {
    return journal
        .database()
        .read(
            "counting for a test",
            transaction ->
                transaction.count("select count(*) from timeline where event = 'looked for'"));
  }
}
