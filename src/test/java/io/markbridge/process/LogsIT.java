package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line that the packaged bridge logs in a whole run. */
class LogsIT {
  private static final String LOGIN = "login-of-the-plant";
  private static final String PASSWORD = "password-of-the-plant";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void normalWorkHasALineForStartAndStopAndEachEnd() throws Exception {
    try (Sandbox sandbox = sandbox();
        BridgeProcess bridge = bridge(sandbox).with("markbridge.log.json", "true").start()) {
      run(bridge);
      bridge.stop();

      List<JsonNode> lines = new ArrayList<>();
      for (String line : bridge.told().lines().toList()) {
        lines.add(JSON.readTree(line));
      }
      assertThat(lines.get(0).path("message").asText()).startsWith("markbridge ").contains("inbox");
      assertThat(lines.get(lines.size() - 1).path("message").asText())
          .isEqualTo("markbridge stops");
      List<JsonNode> ends = lines.subList(1, lines.size() - 1);
      assertThat(ends)
          .extracting(line -> line.path("message").asText())
          .containsExactlyInAnyOrder(
              "beer/order.json DONE",
              "beer/report.json DONE",
              "beer/packed.json DONE",
              "beer/broken.json REJECTED");
      for (JsonNode end : ends) {
        assertThat(end.path("level").asText()).isEqualTo("INFO");
        assertThat(end.at("/mdc/document").asText()).hasSize(36);
        assertThat(end.at("/mdc/source").asText()).isEqualTo("file");
        assertThat(end.at("/mdc/kind").asText()).isIn("order", "utilisation", "aggregation");
      }
    }
  }

  @Test
  void nothingSecretIsToldHoweverMuchIsAskedFor() throws Exception {
    try (Sandbox sandbox = sandbox();
        BridgeProcess bridge = bridge(sandbox)) {
      bridge
          .with("quarkus.log.level", "DEBUG")
          .with("quarkus.log.category.\"io.quarkus\".level", "DEBUG")
          .with("quarkus.log.category.\"org.apache.camel\".level", "DEBUG")
          .start();
      // Failed calls tell more than usual.
      sandbox.set("fail", "order:429-retry-after:1;utilisation:429:1");
      List<String> codes = run(bridge);
      bridge.stop();

      String log = Files.readString(folder.resolve("bridge.log"), StandardCharsets.ISO_8859_1);
      assertThat(log).contains("DEBUG").doesNotContain(LOGIN, PASSWORD, "Bearer ");
      for (String code : codes) {
        assertThat(log).doesNotContain(tail(code));
      }
      // In front of a line about a document stand its id, source and kind.
      assertThat(log).containsPattern("INFO .* [0-9a-f-]{36} file order: beer/order.json DONE\n");
    }
  }

  /** All kinds of documents, and one that is refused; gives the codes with their tails. */
  private static List<String> run(BridgeProcess bridge) {
    FileDrop files = bridge.files();
    files.put("beer/order.json", LegacyBodies.order("order", 4).toString());
    files.awaitOrder("beer/order", "READY");
    List<String> codes = new ArrayList<>();
    files
        .await("beer/order.codes-" + LegacyBodies.GTIN + "-1.json")
        .path("codes")
        .forEach(code -> codes.add(code.asText()));
    assertThat(codes).hasSize(4).allMatch(code -> !tail(code).isEmpty());
    files.put(
        "beer/broken.json", LegacyBodies.report(codes).put("usageType", "NONSENSE").toString());
    files.await("beer/broken.error.json");
    files.put("beer/report.json", LegacyBodies.report(codes).toString());
    files.awaitReport("beer/report", "SENT");
    files.put(
        "beer/packed.json",
        LegacyBodies.unit(
                LegacyBodies.aggregation(),
                LegacyBodies.sscc(1),
                codes.stream().map(LegacyBodies::withoutTail).toList())
            .toString());
    files.awaitReport("beer/packed", "SENT");
    bridge.await("the last line", () -> told(bridge).contains("beer/packed.json DONE"));
    return codes;
  }

  /** What stands after the last separator; who knows it can forge the code. */
  private static String tail(String code) {
    return code.substring(code.lastIndexOf('\u001d') + 1).substring(2);
  }

  private static Sandbox sandbox() {
    return Sandbox.start(FastSandbox.options().with("users", LOGIN + ":" + PASSWORD));
  }

  private BridgeProcess bridge(Sandbox sandbox) {
    return BridgeProcess.of(folder, sandbox).withCredentials(LOGIN, PASSWORD);
  }

  private static String told(BridgeProcess bridge) {
    try {
      return bridge.told();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
