package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.outbox.OutboxDatabase;
import io.markbridge.outbox.TestOutbox;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.step.TestSftpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      bridge.await("the first line", () -> told(bridge).contains("runs: inbox"));
      run(bridge);
      bridge.stop();

      List<JsonNode> lines = lines(bridge);
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

  @Test
  void linesAboutDocumentsOfServersAndRowsSayWhoseTheyAre() throws Exception {
    TestOutbox legacy = TestOutbox.of(OutboxDatabase.SQLITE, folder);
    try (Sandbox sandbox = sandbox();
        TestSftpServer server =
            new TestSftpServer(Files.createDirectories(folder.resolve("server")));
        BridgeProcess bridge = bridge(sandbox)) {
      bridge
          .with("markbridge.log.json", "true")
          .with("quarkus.log.category.\"io.markbridge\".level", "DEBUG")
          .with("markbridge.sftp.plant.poll", "100ms")
          .with("markbridge.sftp.plant.stable-for", "100ms")
          .with("markbridge.outbox.erp.url", legacy.url())
          .with("markbridge.outbox.erp.poll", "50ms");
      server.settings().forEach((key, value) -> bridge.with("markbridge.sftp.plant." + key, value));
      // Neither can be answered at first: those lines are about a document too.
      Path replies = server.root().resolve("replies");
      Files.delete(replies);
      Files.writeString(replies, "in the way");
      legacy.execute("alter table markbridge_outbox rename column reply to away");
      bridge.start();
      FileDrop there = new FileDrop(server.root(), bridge);
      there.put("beer/over-there.json", LegacyBodies.order("over-there", 1).toString());
      String row = legacy.insert("PO-1", LegacyBodies.order("PO-1", 1).toString());
      bridge.await(
          "both troubles",
          () ->
              told(bridge).contains("sftp:plant replies: ")
                  && told(bridge).contains("outbox:erp answers: "));
      Files.delete(replies);
      Files.createDirectory(replies);
      legacy.execute("alter table markbridge_outbox rename column away to reply");
      there.awaitOrder("beer/over-there", "READY");
      bridge.await("the row's end", () -> "ENDED".equals(legacy.value(row, "state")));
      bridge.await(
          "both ends",
          () ->
              told(bridge).contains("over-there.json DONE\"")
                  && told(bridge).contains(row + " PO-1.json DONE\""));
      bridge.stop();

      Map<String, String> sources =
          Map.of(
              legacy.value(row, "document"),
              "outbox:erp",
              ended(bridge, "over-there.json DONE").at("/mdc/document").asText(),
              "sftp:plant");
      List<String> troubles = new ArrayList<>();
      for (JsonNode line : lines(bridge)) {
        sources.forEach(
            (document, source) -> {
              if (line.toString().contains(document)) {
                assertThat(line.at("/mdc/document").asText())
                    .as(line.toString())
                    .isEqualTo(document);
                assertThat(line.at("/mdc/source").asText()).as(line.toString()).isEqualTo(source);
                assertThat(line.at("/mdc/kind").asText())
                    .as(line.toString())
                    .isIn("order", "unknown");
                troubles.add(source + " " + line.path("level").asText());
              }
            });
      }
      assertThat(troubles)
          .contains("sftp:plant ERROR", "outbox:erp ERROR", "sftp:plant INFO", "outbox:erp INFO");
    }
  }

  private static JsonNode ended(BridgeProcess bridge, String end) throws IOException {
    return lines(bridge).stream()
        .filter(line -> line.path("message").asText().endsWith(end))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> lines(BridgeProcess bridge) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : bridge.told().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
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
    for (String end :
        List.of(
            "order.json DONE", "report.json DONE", "packed.json DONE", "broken.json REJECTED")) {
      bridge.await(end, () -> told(bridge).contains("beer/" + end));
    }
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
