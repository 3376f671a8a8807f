package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrivalTest {
  /** {@code replay --as new} releases a held order: a side file that says so is not a person. */
  @Test
  void noDocumentDecidesForAPerson() {
    Map<String, String> said = Map.of("replay", "new", "releaseType", "IMPORT");
    Arrival arrival =
        new Arrival(
            "file",
            "water/a.json",
            Optional.empty(),
            "a",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            said,
            Optional.empty(),
            1);
    assertThat(arrival.given())
        .containsOnly(Map.entry("meta.replay", "new"), Map.entry("releaseType", "IMPORT"));
  }
}
