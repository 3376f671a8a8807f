package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            BridgeProcess.of(folder, sandbox)
                .with("markbridge.journal.url", url)
                .with("markbridge.replicas.alive-for", "4s")) {
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

  /** The statement that docs/operations.md has between the restore and the first start. */
  @Test
  void aRestoredDumpOfWhichItIsSaidLooksFirst() throws Exception {
    String lost = PostgresServer.shared().newDatabase();
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge =
            BridgeProcess.of(folder, sandbox)
                .with("markbridge.journal.url", lost)
                .with("markbridge.openapi.url", "http://localhost:1")
                .with("markbridge.openapi.answer-timeout-milliseconds", "3000")
                .with("markbridge.look-up.absent-after", "4s")
                .with("markbridge.replicas.alive-for", "4s")
                .with("markbridge.retry.longest", "1s")) {
      FileDrop files = bridge.files();
      bridge.start();
      files.put("beer/first.json", LegacyBodies.order("PO-1", 2).toString());
      bridge.await("the plan", () -> state(lost).equals("PLANNED"));
      bridge.kill();
      long begun = System.currentTimeMillis();
      String restored = PostgresServer.shared().copyOf(lost);
      bridge.with("markbridge.openapi.url", sandbox.uri().toString()).start();
      files.awaitOrder("beer/first", "READY");
      bridge.await("the end", () -> state(lost).equals("DONE"));
      bridge.kill();
      assertThat(sandbox.journal().orders()).hasSize(1);

      sayThatItIsACopy(restored, begun);
      bridge.with("markbridge.journal.url", restored).start();
      bridge.await("what the copy held", () -> state(restored).equals("DONE"));

      assertThat(sandbox.journal().orders()).hasSize(1);
      assertThat(bridge.told()).contains("the journal is a copy of ");
    }
  }

  private static String state(String url) {
    try {
      return Journalled.of(url).documents().getOrDefault("beer/first.json", "");
    } catch (SQLException notYet) {
      return "";
    }
  }

  private static void sayThatItIsACopy(String url, long begun) throws Exception {
    Matcher statement =
        Pattern.compile("psql markbridge -c \"(insert into copies .*)\"")
            .matcher(Files.readString(Path.of("docs", "operations.md")));
    assertThat(statement.find()).isTrue();
    try (Connection connection = DriverManager.getConnection(url);
        Statement writing = connection.createStatement()) {
      writing.execute(statement.group(1).replace("$begun", Long.toString(begun)));
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
