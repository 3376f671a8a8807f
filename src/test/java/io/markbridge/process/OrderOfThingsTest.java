package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.journal.Journal;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Report, case and pallet dropped at the same moment: the operator refuses a unit whose codes are
 * not applied yet.
 */
@QuarkusTest
@QuarkusTestResource(value = PlantResource.class, restrictToAnnotatedClass = true)
class OrderOfThingsTest {
  /** As the configuration says. */
  private static final Duration WAIT_FOR_EARLIER = Duration.ofHours(24);

  Plant plant;
  @Inject Journal journal;

  @AfterEach
  void asItWas() {
    plant.sandbox().set("utilisation-delay", "20ms");
    plant.sandbox().set("reject-codes", "");
  }

  @Test
  void allAreSentOneAfterTheOther() {
    plant.sandbox().set("utilisation-delay", "2s");
    drop("right", 100, 2);
    plant.files().awaitReport("beer/right-3-pallet", "SENT");
    plant.files().awaitReport("beer/right-2-case", "SENT");
    plant.files().awaitReport("beer/right-1-report", "SENT");
  }

  @Test
  void aRefusedReportTellsItsCaseAndItsPalletWhy() {
    plant.sandbox().set("utilisation-delay", "1s");
    drop("refused", 200, 2, true);
    plant.files().awaitReport("beer/refused-1-report", "REJECTED");
    JsonNode packed = plant.files().awaitReport("beer/refused-2-case", "REJECTED");
    JsonNode pallet = plant.files().awaitReport("beer/refused-3-pallet", "REJECTED");
    assertThat(packed.path("errorReason").asText()).contains("beer/refused-1-report.json");
    assertThat(pallet.path("errorReason").asText()).contains("beer/refused-2-case.json");
    assertThat(plant.files().await("beer/refused-2-case.error.json").toString())
        .contains("beer/refused-1-report.json");
    plant.files().awaitFailed("beer/refused-3-pallet.json");
  }

  @Test
  void aReportThatComesToNoEndParksItsCase() {
    plant.sandbox().set("utilisation-delay", "100000h");
    drop("stuck", 300, 2);
    JsonNode packed =
        plant
            .files(this::passTime)
            .await(
                "beer/stuck-2-case.status.json",
                status -> status.path("bridge").path("state").asText().equals("PARKED"));
    assertThat(packed.path("reportStatus").asText()).isEqualTo("PENDING");
    assertThat(plant.files().await("beer/stuck-2-case.error.json").toString())
        .contains("beer/stuck-1-report.json");
  }

  /** Once there is a wait, and again where it was excused. */
  private void passTime() {
    if (waits("") > 0 && waits(" where waits_until <= " + journal.now()) == 0) {
      PassingClock.pass(WAIT_FOR_EARLIER);
    }
  }

  private long waits(String which) {
    return journal
        .database()
        .read(
            "counting for a test",
            transaction -> transaction.count("select count(*) from prerequisites" + which));
  }

  private void drop(String name, long unit, int count) {
    drop(name, unit, count, false);
  }

  private void drop(String name, long unit, int count, boolean refused) {
    List<String> codes = plant.sandbox().issue("beer", LegacyBodies.GTIN, count).codes();
    List<String> bare = codes.stream().map(LegacyBodies::withoutTail).toList();
    if (refused) {
      String serial = bare.get(0).substring(18);
      plant.sandbox().set("reject-codes", ".*" + Pattern.quote(serial) + ".*");
    }
    String box = LegacyBodies.sscc(unit);
    FileDrop files = plant.files();
    files.put("beer/" + name + "-1-report.json", LegacyBodies.report(codes).toString());
    files.put(
        "beer/" + name + "-2-case.json",
        LegacyBodies.unit(LegacyBodies.aggregation(), box, bare).toString());
    files.put(
        "beer/" + name + "-3-pallet.json",
        LegacyBodies.unit(LegacyBodies.aggregation(), LegacyBodies.sscc(unit + 1), List.of(box))
            .toString());
  }
}
