package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.legacy.LegacyWords.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyWordsTest {
  private final LegacyWords words = new LegacyWords(Fixtures.api(), Fixtures.preset("uz"));

  @ParameterizedTest
  @CsvSource({
    "ORDER_STATUS, CREATED, CREATED",
    "ORDER_STATUS, PENDING, PENDING",
    "ORDER_STATUS, READY, READY",
    "ORDER_STATUS, CLOSED, CLOSED",
    "ORDER_STATUS, REJECTED, DECLINED",
    "ORDER_STATUS, OUTSOURCED, APPROVED",
    "BUFFER_STATUS, PENDING, PENDING",
    "BUFFER_STATUS, ACTIVE, ACTIVE",
    "BUFFER_STATUS, EXHAUSTED, EXHAUSTED",
    "BUFFER_STATUS, REJECTED, REJECTED",
    "BUFFER_STATUS, CLOSED, CLOSED",
    "UTILISATION_STATUS, IN_PROCESS, PENDING",
    "UTILISATION_STATUS, SUCCESS, SENT",
    "UTILISATION_STATUS, ERROR, REJECTED",
    "DOCUMENT_STATUS, CREATED, PENDING",
    "DOCUMENT_STATUS, VALIDATING, PENDING",
    "DOCUMENT_STATUS, IN_PROCESS, PENDING",
    "DOCUMENT_STATUS, SUCCESS, SENT",
    "DOCUMENT_STATUS, ERROR, REJECTED",
    "DOCUMENT_STATUS, PARTIALLY_PROCESSED, REJECTED",
  })
  void tellsOldWords(Table table, String operator, String legacy) {
    Word word = words.legacy(table, operator);
    assertThat(word.legacy()).isEqualTo(legacy);
    assertThat(word.note()).isEmpty();
  }

  @Test
  void fallsBackAndSaysSo() {
    Word word = words.legacy(Table.DOCUMENT_STATUS, "ARCHIVED");
    assertThat(word.legacy()).isEqualTo("PENDING");
    assertThat(word.note()).hasValueSatisfying(note -> assertThat(note).contains("ARCHIVED"));
  }

  @Test
  void readsOldWordsInFilters() {
    assertThat(words.operator(Table.ORDER_STATUS, "DECLINED")).contains("REJECTED");
    assertThat(words.operator(Table.ORDER_STATUS, "EXPIRED")).isEmpty();
  }
}
