package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.document.SubmissionState;
import io.markbridge.mapping.OrderFacts;
import java.nio.file.Path;
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

/** What the journal remembers beyond a document: orders, packs, accepted codes. */
@ParameterizedClass
@EnumSource(Dialect.class)
class MemoriesTest {
  @Parameter Dialect dialect;
  private static final String GTIN = "04780009876541";
  private static final String ACCOUNT = JournalFixture.ACCOUNT;

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
  void anOrderIsFoundByItsNumberItsGtinAndItsCodes() {
    Document order = ordered("a", "PO-1");
    OrderFactsStore memory = fixture.journal().orderFacts();
    assertThat(memory.byProductionOrder(ACCOUNT, "pharma", "PO-1"))
        .containsExactly(facts("PO-1", order.id()));
    assertThat(memory.byProductionOrder("other", "pharma", "PO-1")).isEmpty();
    assertThat(memory.byProductionOrder(ACCOUNT, "water", "PO-1")).isEmpty();
    assertThat(memory.byGtin(ACCOUNT, "pharma", GTIN)).hasSize(1);

    assertThat(memory.forAccount(ACCOUNT).byCodes(ACCOUNT, List.of("B"))).isEmpty();
    Packs packs = fixture.journal().packs();
    change(packs.bindOrder(order.id(), "O-1"));
    change(packs.store(pack("P-1", order.id(), 1), ACCOUNT, List.of("A", "B")));
    assertThat(memory.byCodes(ACCOUNT, List.of("A", "C", "B")))
        .isEqualTo(Map.of("A", facts("PO-1", order.id()), "B", facts("PO-1", order.id())));
    assertThat(memory.forAccount(ACCOUNT).byCodes(ACCOUNT, List.of("B"))).hasSize(1);
    assertThat(memory.byCodes("other", List.of("B"))).isEmpty();
  }

  @Test
  void anOrderThatWasRefusedTeachesNothing() {
    ordered("a", "PO-1");
    fixture.record(fixture.claim(Purpose.STATEMENT).get(0), SubmissionState.REJECTED);
    assertThat(fixture.journal().orderFacts().byProductionOrder(ACCOUNT, "pharma", "PO-1"))
        .isEmpty();
    Document corrected = ordered("b", "PO-1");
    fixture.record(fixture.claim(Purpose.STATEMENT).get(0), SubmissionState.DONE);
    assertThat(fixture.journal().orderFacts().byProductionOrder(ACCOUNT, "pharma", "PO-1"))
        .containsExactly(facts("PO-1", corrected.id()));
  }

  @Test
  void packsAreKeptInTheOrderInWhichTheyCame() {
    Packs packs = fixture.journal().packs();
    change(packs.store(pack("P-2", "d", 20), ACCOUNT, List.of("C")));
    change(packs.store(pack("P-1", "d", 10), ACCOUNT, List.of("A")));
    change(packs.store(pack("P-1", "e", 30), ACCOUNT, List.of("A")));
    assertThat(packs.of("O-1", GTIN)).extracting(Packs.Pack::packId).containsExactly("P-1", "P-2");
    assertThat(packs.of("O-1", GTIN).get(0).handedTo()).contains("d");
    assertThat(packs.of("O-2", GTIN)).isEmpty();
  }

  @Test
  void aPackForOneIsNeverHandedToAnother() {
    Packs packs = fixture.journal().packs();
    change(packs.storeForOne(pack("P-1", "d", 10), ACCOUNT, List.of("A")));
    change(packs.storeForOne(pack("P-1", "d", 10), ACCOUNT, List.of("A")));
    assertThatThrownBy(
            () -> change(packs.storeForOne(pack("P-1", "e", 20), ACCOUNT, List.of("A", "B"))))
        .isInstanceOf(JournalException.class);
    assertThat(fixture.count("select count(*) from order_codes")).isEqualTo(1);
  }

  @Test
  void acceptedCodesAreRememberedByAccountAndKind() {
    AcceptedCodeStore accepted = fixture.journal().acceptedCodes();
    assertThat(accepted.any(ACCOUNT, "aggregation")).isFalse();
    change(accepted.remember(ACCOUNT, "aggregation", "d", List.of("A", "B", "A")));
    assertThat(accepted.any(ACCOUNT, "aggregation")).isTrue();
    assertThat(accepted.any(ACCOUNT, "utilisation")).isFalse();
    assertThat(accepted.contains(ACCOUNT, "aggregation", "B")).isTrue();
    assertThat(accepted.contains("other", "aggregation", "B")).isFalse();
    assertThat(accepted.contains(ACCOUNT, "utilisation", "B")).isFalse();
  }

  private Document ordered(String name, String number) {
    Document order = fixture.accepted(name, "order");
    fixture.plan(order, "key of " + name, List.of(facts(number, "")), 0);
    return order;
  }

  private static OrderFacts facts(String number, String document) {
    return new OrderFacts(
        ACCOUNT,
        "pharma",
        GTIN,
        document.isEmpty() ? Optional.empty() : Optional.of(document),
        Optional.of(number),
        Optional.of("PRODUCTION"),
        Optional.of("UZ"),
        Optional.of(17L));
  }

  private static Packs.Pack pack(String id, String handedTo, long at) {
    return new Packs.Pack(id, "O-1", GTIN, Optional.empty(), 2, "s", Optional.of(handedTo), at);
  }

  private void change(Database.Change change) {
    fixture.journal().database().change(JournalCommit.NOTE, change);
  }
}
