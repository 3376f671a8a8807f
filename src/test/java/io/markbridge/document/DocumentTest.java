package io.markbridge.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private static final Problem PROBLEM = Problem.of(ProblemCode.BRIDGE_FAILED, "", "");

  private static Document document(String id, DocumentState state) {
    return new Document(
        id,
        "file",
        "pharma/" + id + ".http",
        Optional.of("pharma/" + id),
        Optional.empty(),
        Optional.of("pharma"),
        Optional.empty(),
        Optional.of("oms of " + id),
        Map.of(),
        Map.of("seriesNumber", "S-1"),
        Optional.of("UTF-16LE"),
        0,
        state,
        Optional.of("content of " + id),
        Optional.empty(),
        Optional.empty(),
        17,
        1_000,
        Optional.empty(),
        List.of(PROBLEM),
        Optional.of("{}"),
        3);
  }

  @Test
  void isDescribedBitByBit() {
    Document plain = document("a", DocumentState.RECEIVED);
    Document described =
        plain
            .withKind("codes")
            .withAccount("north")
            .withCall(
                "order",
                Optional.of("water"),
                Optional.empty(),
                Map.of("gtin", "1"),
                Optional.empty(),
                42);
    assertThat(described)
        .usingRecursiveComparison()
        .ignoringFields(
            "kind", "account", "productGroup", "omsId", "parameters", "charset", "bodyOffset")
        .isEqualTo(plain);
    assertThat(described.kind()).contains("order");
    assertThat(described.account()).contains("north");
    assertThat(described.productGroup()).contains("water");
    assertThat(described.omsId()).isEmpty();
    assertThat(described.parameters()).isEqualTo(Map.of("gtin", "1"));
    assertThat(described.charset()).isEmpty();
    assertThat(described.bodyOffset()).isEqualTo(42);
  }

  @Test
  void takesTheOutcomeOfAnEqualOneUnderItsOwnOmsId() {
    Document equal = document("earlier", DocumentState.DONE).withAccount("north");
    Document told = document("later", DocumentState.DONE).withOutcomeOf(equal);
    assertThat(told.id()).isEqualTo("earlier");
    assertThat(told.contentKey()).contains("content of earlier");
    assertThat(told.account()).contains("north");
    assertThat(told.omsId()).contains("oms of later");
    assertThat(told.replyName()).contains("pharma/later");
  }
}
