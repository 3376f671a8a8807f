package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of files in one drop, in a small heap. The full size is in bench/. */
class ManyDocumentsIT {
  private static final int PAIRS = 1000;

  @TempDir Path folder;

  @Test
  void everyDocumentIsAnsweredOnceAndReportsFindTheirOrders() throws Exception {
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox)) {
      placeOfFactory(folder);
      bridge.with("markbridge.orders.fetch-codes", "none");
      FileDrop files = bridge.files();
      Files.createDirectories(folder.resolve("inbox"));
      // Names that sort against the order of arrival; nothing but the order says what the report
      // lacks.
      for (int number = 0; number < PAIRS; number++) {
        files.put("water/z-order-" + number + ".json", order(number));
      }
      for (int number = 0; number < PAIRS; number++) {
        files.put("water/a-report-" + number + ".json", report(number));
      }
      bridge.start();

      bridge.await(
          "all replies",
          Duration.ofMinutes(8),
          // Seldom: each look lists all answers.
          Duration.ofMillis(500),
          () ->
              files.replies(".reply.json").size() + files.replies(".error.json").size()
                  >= 2 * PAIRS);
      bridge.await("an empty inbox", () -> files.waiting(".json").isEmpty());

      assertThat(files.replies(".error.json")).isEmpty();
      assertThat(sandbox.journal().orders()).hasSize(PAIRS);
      assertThat(sandbox.journal().reports()).hasSize(PAIRS);
      assertThat(sandbox.journal().duplicateCounts())
          .allSatisfy((kind, count) -> assertThat(count).isZero());
      Set<String> ordered =
          sandbox.journal().orders().stream()
              .map(order -> order.poNumber())
              .collect(Collectors.toSet());
      assertThat(ordered).hasSize(PAIRS);
      assertThat(bridge.told()).doesNotContain("OutOfMemoryError", "ERROR");
    }
  }

  static void placeOfFactory(Path folder) throws IOException {
    Path file = folder.resolve("config/directories/business-places.csv");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "factory-id,business-place-id\nF-1,17\n");
  }

  private static String order(int number) {
    return LegacyBodies.order("PO-" + number, 2).toString();
  }

  private static String report(int number) {
    return LegacyBodies.report(LegacyBodies.codes(number * 2L, 2))
        .put("productionOrderId", "PO-" + number)
        .toString();
  }
}
