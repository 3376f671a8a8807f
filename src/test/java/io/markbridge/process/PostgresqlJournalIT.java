package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.sandbox.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged bridge with its journal on PostgreSQL. */
class PostgresqlJournalIT {
  @TempDir Path folder;

  @Test
  void ordersAndReportsAreAnsweredAlsoAfterAKill() throws Exception {
    String url = PostgresServer.shared().newDatabase();
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge =
            BridgeProcess.of(folder, sandbox).with("markbridge.journal.url", url)) {
      FileDrop files = bridge.files();
      bridge.start();
      files.put("beer/first.json", LegacyBodies.order("PO-1", 2).toString());
      files.put("beer/report.json", LegacyBodies.report(LegacyBodies.codes(0, 2)).toString());
      files.awaitOrder("beer/first", "READY");
      files.awaitReport("beer/report", "SENT");
      bridge.kill();
      files.put("beer/second.json", LegacyBodies.order("PO-2", 2).toString());
      bridge.start();
      files.awaitOrder("beer/second", "READY");

      assertThat(Journalled.of(url).documents())
          .containsOnlyKeys("beer/first.json", "beer/report.json", "beer/second.json");
      assertThat(folder.resolve("data/markbridge.db")).doesNotExist();
      assertThat(sandbox.journal().orders()).hasSize(2);
    }
  }

  @Test
  void goesOnAfterItsConnectionsBroke() throws Exception {
    String url = PostgresServer.shared().newDatabase();
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge =
            BridgeProcess.of(folder, sandbox).with("markbridge.journal.url", url)) {
      FileDrop files = bridge.files();
      bridge.start();
      files.put("beer/first.json", LegacyBodies.order("PO-0", 2).toString());
      files.awaitOrder("beer/first", "READY");
      for (int number = 1; number <= 50; number++) {
        files.put("beer/" + number + ".json", LegacyBodies.order("PO-" + number, 2).toString());
        if (number % 5 == 0) {
          PostgresServer.shared().disconnect(url);
        }
      }
      for (int number = 1; number <= 50; number++) {
        files.awaitOrder("beer/" + number, "READY");
      }
      assertThat(Journalled.of(url).documents()).hasSize(51);
      assertThat(sandbox.journal().orders()).hasSize(51);
    }
  }

  @Test
  void startWithoutRightsToMakeTablesEndsWithOneLine() throws Exception {
    PostgresServer server = PostgresServer.shared();
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge =
            BridgeProcess.of(folder, sandbox)
                .with("markbridge.journal.url", server.withoutRights(server.newDatabase()))) {
      bridge.start();

      assertThat(bridge.awaitEnd()).isEqualTo(1);
      assertThat(bridge.told().lines())
          .singleElement()
          .asString()
          .contains("permission denied for schema public");
    }
  }

  @Test
  void startWithoutItsDatabaseEndsWithOneLine() throws Exception {
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge =
            BridgeProcess.of(folder, sandbox)
                .with(
                    "markbridge.journal.url",
                    "jdbc:postgresql://localhost:1/markbridge?password=hush")) {
      bridge.start();

      assertThat(bridge.awaitEnd()).isEqualTo(1);
      assertThat(bridge.told().lines())
          .singleElement()
          .asString()
          .startsWith("opening the journal jdbc:postgresql://localhost:1/markbridge: ")
          .contains("refused")
          .contains("markbridge.journal.url")
          .doesNotContain("hush");
    }
  }
}
