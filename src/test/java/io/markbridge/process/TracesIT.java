package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.outbox.OutboxDatabase;
import io.markbridge.outbox.TestOutbox;
import io.markbridge.process.TraceCollector.Told;
import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of each document of the packaged bridge, as a collector of OpenTelemetry sees it. */
class TracesIT {
  private static final String LOGIN = "login-of-the-plant";
  private static final String PASSWORD = "password-of-the-plant";

  @TempDir Path folder;

  @Test
  void eachDocumentIsATraceOfItsOwnThatSaysNothingSecret() throws Exception {
    TestOutbox legacy = TestOutbox.of(OutboxDatabase.SQLITE, folder);
    Path authorization = Files.writeString(folder.resolve("authorization"), "Bearer of-the-site\n");
    try (TraceCollector collector = TraceCollector.start();
        Sandbox sandbox =
            Sandbox.start(FastSandbox.options().with("users", LOGIN + ":" + PASSWORD));
        BridgeProcess bridge =
            BridgeProcess.of(Files.createDirectories(folder.resolve("bridge")), sandbox)
                .withCredentials(LOGIN, PASSWORD)) {
      bridge
          .with("markbridge.traces.endpoint", collector.uri().toString())
          .with("markbridge.traces.authorization-file", authorization.toString())
          .with("markbridge.log.json", "true")
          .with("markbridge.outbox.erp.url", legacy.url())
          .with("markbridge.outbox.erp.poll", "50ms")
          .start();
      sandbox.set("fail", "utilisation:429:1");
      FileDrop files = bridge.files();
      files.put("beer/order.json", LegacyBodies.order("order", 2).toString());
      files.awaitOrder("beer/order", "READY");
      List<String> codes = new ArrayList<>();
      files
          .await("beer/order.codes-" + LegacyBodies.GTIN + "-1.json")
          .path("codes")
          .forEach(code -> codes.add(code.asText()));
      files.put("beer/report.json", LegacyBodies.report(codes).toString());
      files.awaitReport("beer/report", "SENT");
      String row = legacy.insert("PO-1", LegacyBodies.order("PO-1", 1).toString());
      bridge.await("the row's end", () -> "ENDED".equals(legacy.value(row, "state")));
      String order = document(bridge, "beer/order.json DONE");
      String report = document(bridge, "beer/report.json DONE");
      bridge.stop();

      assertThat(collector.resource()).containsEntry("service.name", "markbridge");
      assertThat(collector.authorizations()).containsOnly("Bearer of-the-site");
      List<Told> way = of(collector, order);
      assertThat(way)
          .extracting(Told::name)
          .contains("collect", "plan", "send", "POST order", "record", "reply");
      assertThat(way)
          .filteredOn(span -> !span.isCall())
          .allSatisfy(
              span -> {
                assertThat(span.attribute("markbridge.document")).isEqualTo(order);
                assertThat(span.attribute("markbridge.source")).isEqualTo("file");
              });
      // What it is, nobody knows before it is planned.
      assertThat(way)
          .filteredOn(span -> List.of("plan", "send", "record", "reply").contains(span.name()))
          .allSatisfy(span -> assertThat(span.attribute("markbridge.kind")).isEqualTo("order"));
      Told collected = one(way, "collect");
      Told sent = one(way, "send");
      Told called = one(way, "POST order");
      assertThat(collected.parent()).isEmpty();
      assertThat(one(way, "plan").parent()).isEqualTo(collected.id());
      assertThat(sent.parent()).isEqualTo(collected.id());
      assertThat(called.parent()).isEqualTo(sent.id());
      assertThat(called.isCall()).isTrue();
      assertThat(called.attribute("http.response.status_code")).isEqualTo("200");
      assertThat(called.attribute("server.address")).isEqualTo(sandbox.uri().getHost());
      assertThat(way)
          .filteredOn(span -> span.name().equals("record"))
          .anyMatch(span -> span.parent().equals(sent.id()));
      assertThat(called.ended()).isBetween(called.begun(), sent.ended());
      assertThat(of(collector, report))
          .filteredOn(span -> span.attribute("error.type").equals("OVER_LIMIT"))
          .allMatch(span -> span.status() == Told.ERROR)
          .hasSize(1);
      List<Told> ofRow = of(collector, legacy.value(row, "document"));
      assertThat(ofRow).extracting(Told::name).contains("collect", "plan", "send", "reply");
      assertThat(one(ofRow, "collect").attribute("markbridge.source")).isEqualTo("outbox:erp");

      assertThat(collector.everything())
          .contains("markbridge.document")
          .doesNotContain(LOGIN, PASSWORD, "of-the-site");
      for (String code : codes) {
        assertThat(collector.everything())
            .doesNotContain(code.substring(code.lastIndexOf('\u001d') + 3));
      }
    }
  }

  @Test
  void aCollectorThatIsAwayIsToldOnceAndDisturbsNothing() throws Exception {
    try (TraceCollector collector = TraceCollector.start();
        Sandbox sandbox = FastSandbox.start();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox)) {
      collector.refuse(true);
      bridge.with("markbridge.traces.endpoint", collector.uri() + "/v1/traces").start();
      for (String name : List.of("one", "two", "three")) {
        bridge.files().put("beer/" + name + ".json", LegacyBodies.order(name, 1).toString());
        bridge.await("its end", () -> told(bridge).contains("beer/" + name + ".json DONE"));
      }
      bridge.await("the trouble", () -> told(bridge).contains("traces: they are dropped"));
      assertThat(told(bridge)).containsOnlyOnce("traces: ").doesNotContain("HttpExporter");
      collector.refuse(false);
      bridge.files().put("beer/four.json", LegacyBodies.order("four", 1).toString());
      bridge.await("its end", () -> told(bridge).contains("traces: works again"));
      assertThat(collector.spans()).isNotEmpty();
    }
  }

  private static List<Told> of(TraceCollector collector, String document) {
    String trace = document.replace("-", "");
    return collector.spans().stream().filter(span -> span.trace().equals(trace)).toList();
  }

  private static Told one(List<Told> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  /** The id of the document whose line says this. */
  private static String document(BridgeProcess bridge, String line) {
    bridge.await(line, () -> lineWith(bridge, line).isPresent());
    return lineWith(bridge, line).orElseThrow().replaceAll(".*\"document\":\"([^\"]+)\".*", "$1");
  }

  private static Optional<String> lineWith(BridgeProcess bridge, String text) {
    return told(bridge).lines().filter(line -> line.contains(text)).findFirst();
  }

  private static String told(BridgeProcess bridge) {
    try {
      return bridge.told();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
