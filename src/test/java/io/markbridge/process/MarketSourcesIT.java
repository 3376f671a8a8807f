package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.outbox.OutboxDatabase;
import io.markbridge.outbox.TestOutbox;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.step.TestSftpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents for the marketplace come from every source, and each is answered where it came from.
 */
class MarketSourcesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long CAMPAIGN = 1001;

  /** Beyond what a number of JavaScript can hold: every digit counts. */
  private static final long FIRST_ORDER = 9_007_199_254_740_993L;

  @TempDir Path folder;

  @Test
  void filesServersAndRowsAreAnsweredWhereTheyCameFrom() throws Exception {
    TestOutbox legacy = TestOutbox.of(OutboxDatabase.SQLITE, folder);
    try (Sandbox sandbox =
            Sandbox.start(FastSandbox.options().with("market-limit", "0").with("limit", "0"));
        TestSftpServer server =
            new TestSftpServer(Files.createDirectories(folder.resolve("server")));
        BridgeProcess bridge =
            BridgeProcess.of(Files.createDirectories(folder.resolve("bridge")), sandbox)) {
      bridge
          .with("markbridge.market.url", sandbox.uri().toString())
          .with("markbridge.market.campaigns." + CAMPAIGN + ".api-key", MarketPlant.KEY)
          .with("markbridge.market.campaigns." + CAMPAIGN + ".model", "DBS")
          .with("markbridge.outbox.erp.url", legacy.url())
          .with("markbridge.outbox.erp.poll", "50ms")
          .with("markbridge.sftp.shop.poll", "100ms")
          .with("markbridge.sftp.shop.stable-for", "100ms");
      server.settings().forEach((key, value) -> bridge.with("markbridge.sftp.shop." + key, value));
      FileDrop here = bridge.files();
      FileDrop there =
          new FileDrop(
              server.root(),
              (what, patience, condition) ->
                  Awaitility.await(what).atMost(patience).until(condition::getAsBoolean));
      bridge.start();

      here.put("market/here.json", body(0).toString());
      there.put("market/there.json", body(1).toString());
      String row = legacy.insert(Map.of("product_group", "market", "payload", body(2).toString()));
      JsonNode items = JSON.createObjectNode().set("items", body(3).path("items"));
      String call =
          legacy.insert(
              Map.of(
                  "request",
                  "PUT /campaigns/" + CAMPAIGN + "/orders/" + (FIRST_ORDER + 3) + "/cis",
                  "payload",
                  items.toString()));

      assertThat(here.await("market/here.reply.json").path("status").asText()).isEqualTo("OK");
      assertThat(there.await("market/there.reply.json").path("status").asText()).isEqualTo("OK");
      for (String id : List.of(row, call)) {
        bridge.await("row " + id, () -> "ENDED".equals(legacy.value(id, "state")));
        assertThat(legacy.value(id, "outcome")).isEqualTo("DONE");
        JsonNode reply = JSON.readTree(legacy.value(id, "reply"));
        assertThat(reply.path("status").asText()).isEqualTo("OK");
        assertThat(reply.at("/result/items/0/instances")).hasSize(1);
      }
      for (int number = 0; number < 4; number++) {
        assertThat(sandbox.market().held(CAMPAIGN, FIRST_ORDER + number).codes())
            .containsEntry(1L, List.of(MarketBodies.code(number)));
      }
    }
  }

  private static ObjectNode body(int number) {
    return MarketBodies.item(
        MarketBodies.document(CAMPAIGN, FIRST_ORDER + number), 1, MarketBodies.code(number));
  }
}
