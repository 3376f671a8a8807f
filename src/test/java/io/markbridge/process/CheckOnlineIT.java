package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.outbox.OutboxDatabase;
import io.markbridge.outbox.TestOutbox;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.step.TestSftpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --online} of the packaged program, with everybody that it logs in at. */
class CheckOnlineIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void logsInEverywhereAndTellsWhoRefuses() throws Exception {
    TestOutbox sqlite = TestOutbox.of(OutboxDatabase.SQLITE, folder);
    TestOutbox postgresql = TestOutbox.of(OutboxDatabase.POSTGRESQL, folder);
    String row = postgresql.insert("key", "{}");
    try (Sandbox sandbox = FastSandbox.start();
        TestSftpServer server =
            new TestSftpServer(Files.createDirectories(folder.resolve("server")));
        BridgeProcess bridge =
            BridgeProcess.of(Files.createDirectories(folder.resolve("bridge")), sandbox)) {
      bridge
          .with("markbridge.market.url", sandbox.uri().toString())
          .with("markbridge.market.campaigns.1001.api-key", MarketPlant.KEY)
          .with("markbridge.outbox.mes.url", sqlite.url())
          .with("markbridge.outbox.erp.url", postgresql.url());
      server.settings().forEach((key, value) -> bridge.with("markbridge.sftp.plant." + key, value));

      List<String> fine = new ArrayList<>();
      for (JsonNode result : check(bridge, 0)) {
        assertThat(result.path("result").asText()).as(result.toString()).isNotEqualTo("ERROR");
        fine.add(result.path("check").asText() + ": " + result.path("found").asText());
      }
      assertThat(fine)
          .anyMatch(one -> one.startsWith("sftp plant: it is the server that is known"))
          .contains("outbox mes: every statement fits its tables")
          .contains("outbox erp: every statement fits its tables")
          .contains("login default: it is let in on api paths")
          .contains("login default: it is let in on public paths")
          .contains("login market:1001: it is let in on market paths");
      assertThat(postgresql.value(row, "attempts")).isEqualTo("0");

      bridge
          .withCredentials("demo", "wrong")
          .with("markbridge.market.campaigns.1001.api-key", "wrong-key")
          .with("markbridge.sftp.plant.host-key-fingerprint", "SHA256:" + "a".repeat(43))
          .with("markbridge.outbox.mes.statements", "mes");
      Path due = bridge.folder().resolve("config/sql/mes/due.sql");
      Files.createDirectories(due.getParent());
      Files.writeString(due, "select id from jobs");
      List<String> wrong = new ArrayList<>();
      String all = "";
      for (JsonNode result : check(bridge, 1)) {
        all += result;
        if (result.path("result").asText().equals("ERROR")) {
          wrong.add(result.path("check").asText());
          assertThat(result.path("whatToDo").asText()).isNotEmpty();
        }
      }
      assertThat(wrong)
          .containsOnly("sftp plant", "outbox mes", "login default", "login market:1001");
      assertThat(all)
          .contains("its host key is not the one that the site knows", "due.sql: ", "jobs")
          .doesNotContain("wrong-key");
    }
  }

  private JsonNode check(BridgeProcess bridge, int status) throws Exception {
    Path output = Files.createTempFile(folder, "check", ".json");
    int ended = bridge.command(output, "check", "--online", "--json");
    String told = Files.readString(output);
    assertThat(ended).as(told).isEqualTo(status);
    return JSON.readTree(told.substring(told.indexOf("[ {"), told.lastIndexOf(']') + 1));
  }
}
