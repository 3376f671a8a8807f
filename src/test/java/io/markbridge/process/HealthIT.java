package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What monitoring sees of the packaged bridge. */
class HealthIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void probesTellEachPartAndAskTheOperatorNothing() throws Exception {
    try (Sandbox sandbox = FastSandbox.start();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox)) {
      // So that nothing is left to ask when the order is ready.
      bridge.with("markbridge.orders.fetch-codes", "none").start();
      FileDrop files = bridge.files();
      files.put("beer/one.json", LegacyBodies.order("one", 1).toString());
      bridge.await("its end", () -> told(bridge).contains("beer/one.json DONE"));
      long calls = sandbox.journal().callsByName().values().stream().mapToLong(one -> one).sum();

      for (int probe = 0; probe < 20; probe++) {
        assertThat(checks(bridge, "health/started")).containsExactly(Map.entry("routes", "UP"));
        assertThat(checks(bridge, "health/live")).containsExactly(Map.entry("heartbeat", "UP"));
        assertThat(checks(bridge, "health/ready"))
            .containsOnly(Map.entry("journal", "UP"), Map.entry("disk space", "UP"));
        assertThat(checks(bridge, "health/well"))
            .containsOnly(
                Map.entry("source file", "UP"),
                Map.entry("operator", "UP"),
                Map.entry("limiter", "UP"));
      }
      assertThat(checks(bridge, "health")).hasSize(7);
      assertThat(sandbox.journal().callsByName().values().stream().mapToLong(one -> one).sum())
          .isEqualTo(calls);
      JsonNode operator = data(bridge, "operator");
      assertThat(operator.path("last answer").asText()).startsWith("20");
      assertThat(operator.path("breaker").asText()).isEqualTo("closed");
      assertThat(operator.path("token of default").asText()).startsWith("renewed at 20");
      assertThat(data(bridge, "source file").path("last success").asText()).startsWith("20");
      assertThat(data(bridge, "journal").path("place").asText()).endsWith("markbridge.db");
    }
  }

  @Test
  void operatorAndInboxThatAreGoneAreToldAndMakeNothingUnready() throws Exception {
    try (Sandbox sandbox = FastSandbox.start();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox)) {
      bridge.with("markbridge.retry.first", "100ms").with("markbridge.retry.longest", "1s").start();
      sandbox.close();
      // As many as the failures that open the breaker.
      for (int number = 0; number < 5; number++) {
        bridge
            .files()
            .put("beer/" + number + ".json", LegacyBodies.order("PO-" + number, 1).toString());
      }
      bridge.await(
          "the outage", () -> "DOWN".equals(checks(bridge, "health/well").get("operator")));
      assertThat(data(bridge, "operator").path("breaker").asText()).isEqualTo("open");

      Files.move(folder.resolve("inbox"), folder.resolve("elsewhere"));
      bridge.await(
          "the inbox", () -> "DOWN".equals(checks(bridge, "health/well").get("source file")));
      assertThat(data(bridge, "source file").path("trouble").asText()).contains("is no folder");
      assertThat(checks(bridge, "health/ready").values()).containsOnly("UP");
      assertThat(checks(bridge, "health/live").values()).containsOnly("UP");

      Files.move(folder.resolve("elsewhere"), folder.resolve("inbox"));
      bridge.await(
          "the inbox again", () -> "UP".equals(checks(bridge, "health/well").get("source file")));
    }
  }

  @Test
  void onlyRunListensAndOnLoopbackOnly() throws Exception {
    try (Sandbox sandbox = FastSandbox.start();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      bridge.start();
      assertThat(bridge.http("health").statusCode()).isEqualTo(200);
      assertThat(bridge.address().orElseThrow().getHost()).isEqualTo("127.0.0.1");
      bridge.stop();

      bridge.with("markbridge.http.port", Integer.toString(taken.getLocalPort()));
      Path output = folder.resolve("orders.txt");
      assertThat(bridge.command(output, "orders")).as(Files.readString(output)).isZero();
      bridge.start();
      assertThat(bridge.awaitEnd()).isEqualTo(1);
      assertThat(bridge.told())
          .contains("port " + taken.getLocalPort() + " is taken", "markbridge.http.port");

      bridge.with("markbridge.http.enabled", "false").start();
      bridge.await("a start without HTTP", () -> told(bridge).contains("no HTTP"));
    }
  }

  /** Names and states. */
  private static Map<String, String> checks(BridgeProcess bridge, String path) {
    Map<String, String> states = new LinkedHashMap<>();
    ask(bridge, path)
        .path("checks")
        .forEach(one -> states.put(one.path("name").asText(), one.path("status").asText()));
    return states;
  }

  private static JsonNode data(BridgeProcess bridge, String check) {
    for (JsonNode one : ask(bridge, "health").path("checks")) {
      if (one.path("name").asText().equals(check)) {
        return one.path("data");
      }
    }
    throw new AssertionError("no check named " + check);
  }

  private static JsonNode ask(BridgeProcess bridge, String path) {
    try {
      HttpResponse<String> answer = bridge.http(path);
      JsonNode told = JSON.readTree(answer.body());
      assertThat(answer.statusCode())
          .isEqualTo(told.path("status").asText().equals("UP") ? 200 : 503);
      return told;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  private static String told(BridgeProcess bridge) {
    try {
      return bridge.told();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
