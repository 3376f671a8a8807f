package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxJournal.AcceptedDocument;
import io.markbridge.sandbox.SandboxJournal.AcceptedReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents larger than the heap, in a heap of 64 MB. The full size is in bench/. */
class LargeDocumentsIT {
  private static final long AGGREGATION_BYTES = 100L * 1024 * 1024;
  private static final int CODES_OF_UNIT = 1000;
  private static final int UNITS_OF_DOCUMENT = 200;
  private static final int CODES_OF_REPORT = 200_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir Path folder;

  @Test
  void largeDocumentsAreSplitSentAndAnswered() throws Exception {
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox)) {
      // Hundreds of megabytes are worth the second compiler, which the launcher leaves out.
      bridge.withFlags("-XX:TieredStopAtLevel=4").start();
      FileDrop files = bridge.files();
      Path report = folder.resolve("report.bytes");
      writeReport(report);
      files.move(report, "beer/report.json");
      Path aggregation = folder.resolve("aggregation.bytes");
      int units = writeAggregation(aggregation);
      assertThat(Files.size(aggregation)).isGreaterThanOrEqualTo(AGGREGATION_BYTES);
      files.move(aggregation, "beer/aggregation.json");

      JsonNode reported = files.await("beer/report.status.json", PATIENCE, LargeDocumentsIT::sent);
      JsonNode packed =
          files.await("beer/aggregation.status.json", PATIENCE, LargeDocumentsIT::sent);

      assertThat(sandbox.journal().reports().stream().mapToInt(AcceptedReport::codes))
          .containsExactlyInAnyOrder(30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 20_000);
      assertThat(sandbox.journal().documents().stream().mapToInt(AcceptedDocument::units).sum())
          .isEqualTo(units);
      assertThat(sandbox.journal().documents())
          .hasSize((units + UNITS_OF_DOCUMENT - 1) / UNITS_OF_DOCUMENT);
      assertThat(sandbox.journal().documents().stream().mapToLong(AcceptedDocument::codes).sum())
          .isEqualTo((long) units * CODES_OF_UNIT);
      for (JsonNode status : new JsonNode[] {reported, packed}) {
        assertThat(status.path("reportId").asText())
            .as("one legacy answer for all parts")
            .isEqualTo(status.path("bridge").path("document").asText());
      }
      assertThat(bridge.told()).doesNotContain("OutOfMemoryError");
    }
  }

  private static boolean sent(JsonNode status) {
    return status.path("reportStatus").asText().equals("SENT");
  }

  private static void writeReport(Path file) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      String head = LegacyBodies.report(java.util.List.of()).toString();
      writer.write(head, 0, head.lastIndexOf(']'));
      for (int number = 0; number < CODES_OF_REPORT; number++) {
        writer.write(number == 0 ? "\"" : ",\"");
        writer.write(LegacyBodies.code(number).replace("\u001d", "\\u001d"));
        writer.write('"');
      }
      writer.write("]}");
    }
  }

  private static int writeAggregation(Path file) throws IOException {
    long written = 0;
    int units = 0;
    StringBuilder unit = new StringBuilder();
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      writer.write("{\"productionLineId\":\"17\",\"aggregationUnits\":[");
      while (written < AGGREGATION_BYTES) {
        unit.setLength(0);
        unit.append(units == 0 ? "" : ",")
            .append("{\"unitSerialNumber\":\"")
            .append(LegacyBodies.sscc(units))
            .append("\",\"aggregationType\":\"AGGREGATION\",\"aggregationUnitCapacity\":1000,")
            .append("\"aggregatedItemsCount\":1000,\"sntins\":[");
        for (int index = 0; index < CODES_OF_UNIT; index++) {
          unit.append(index == 0 ? "\"" : ",\"")
              .append(LegacyBodies.bare(10_000_000L + (long) units * CODES_OF_UNIT + index))
              .append('"');
        }
        unit.append("]}");
        writer.append(unit);
        written += unit.length();
        units++;
      }
      writer.write("]}");
    }
    return units;
  }
}
