package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.outbox.OutboxDatabase;
import io.markbridge.outbox.TestOutbox;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxJournal.AcceptedOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows of an outbox in PostgreSQL drained to the sandbox, rows a second: by plain polling, then by
 * the bridge. Run by {@code bench/outbox.sh}.
 */
class OutboxRate {
  private static final int ROWS = Integer.getInteger("markbridge.outbox.rows", 2000);

  /** What the bridge makes of {@link LegacyBodies#order}: the rival has it ready. */
  private static final String NEW_ORDER =
      "{\"productGroup\":\"beer\",\"businessPlaceId\":17,\"releaseMethodType\":\"PRIMARY\",\"poNumber\":\"PO-%s\","
          + "\"products\":[{\"gtin\":\""
          + LegacyBodies.GTIN
          + "\",\"quantity\":1,\"serialNumberType\":\"OPERATOR\",\"cisType\":\"UNIT\"}]}";

  @TempDir Path folder;

  @Test
  void rowsASecond() throws Exception {
    TestOutbox legacy = TestOutbox.of(OutboxDatabase.POSTGRESQL, folder);
    double plain = plain(legacy);
    double bridge = bridge(legacy);
    String table =
        String.format(
            Locale.ROOT,
            "| rows | plain camel-sql polling | the bridge | times |%n|---|---|---|---|%n| %d | %.0f rows/s | %.0f rows/s | %.2f |%n",
            ROWS,
            plain,
            bridge,
            bridge / plain);
    System.out.println(table);
    Files.writeString(Path.of("target", "outbox-rate.md"), table);
  }

  private double plain(TestOutbox legacy) throws Exception {
    legacy.execute(
        "create table plain_outbox (id bigint primary key, payload text, state varchar(10) default 'NEW', reply text);"
            + "create index plain_outbox_new on plain_outbox (id) where state = 'NEW';"
            + "insert into plain_outbox (id, payload) select n, "
            + quoted(NEW_ORDER)
            + " from generate_series(1, "
            + ROWS
            + ") as n; grant select, update on plain_outbox to markbridge");
    try (Sandbox sandbox = FastSandbox.start()) {
      Process rival =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  PlainPolling.class.getName(),
                  sandbox.uri().toString(),
                  legacy.url(),
                  Integer.toString(ROWS))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("plain.log").toFile())
              .start();
      long begin = begun(sandbox, rival);
      assertThat(rival.waitFor(1, TimeUnit.HOURS)).isTrue();
      double seconds = (System.nanoTime() - begin) / 1e9;
      assertThat(sandbox.journal().orders())
          .as(Files.readString(folder.resolve("plain.log")))
          .hasSize(ROWS);
      return ROWS / seconds;
    }
  }

  /** Neither start is counted: the clock runs from the first order on. */
  private static long begun(Sandbox sandbox, Process process) {
    Awaitility.await("the first order")
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(2))
        .until(() -> !process.isAlive() || !sandbox.journal().orders().isEmpty());
    return System.nanoTime();
  }

  private double bridge(TestOutbox legacy) throws Exception {
    legacy.execute(
        "insert into markbridge_outbox (legacy_key, product_group, payload) select 'PO-' || n, 'beer', "
            + quoted(LegacyBodies.order("PO-%s", 1).toString())
            + " from generate_series(1, "
            + ROWS
            + ") as n; analyze markbridge_outbox");
    try (Sandbox sandbox = FastSandbox.start();
        BridgeProcess bridge =
            BridgeProcess.of(Files.createDirectories(folder.resolve("bridge")), sandbox)
                .with("markbridge.orders.fetch-codes", "none")
                .with("markbridge.outbox.erp.url", legacy.url())) {
      bridge.start();
      bridge.await("the first order", () -> !sandbox.journal().orders().isEmpty());
      long begin = System.nanoTime();
      bridge.await(
          "every row to have its answer",
          Duration.ofHours(2),
          () ->
              sandbox.journal().orders().size() >= ROWS
                  && legacy.count("select count(*) from markbridge_outbox where state <> 'ENDED'")
                      == 0);
      double seconds = (System.nanoTime() - begin) / 1e9;
      List<AcceptedOrder> orders = sandbox.journal().orders();
      assertThat(orders).extracting(AcceptedOrder::poNumber).hasSize(ROWS).doesNotHaveDuplicates();
      assertThat(legacy.count("select count(*) from markbridge_outbox where outcome = 'DONE'"))
          .isEqualTo(ROWS);
      return ROWS / seconds;
    }
  }

  /** A text of SQL with the row's number in it. */
  private static String quoted(String pattern) {
    return "replace('" + pattern.replace("'", "''") + "', '%s', n::text)";
  }
}
