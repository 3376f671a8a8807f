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

  /** Further ones of the bridge's JVM, to look where its time goes. */
  private static final String[] FLAGS =
      System.getProperty("markbridge.outbox.flags", "").isBlank()
          ? new String[0]
          : System.getProperty("markbridge.outbox.flags").split(" ");

  private static final Duration LOOK = Duration.ofMillis(250);

  /** What the bridge makes of {@link LegacyBodies#order}: the rival has it ready. */
  private static final String NEW_ORDER =
      "{\"productGroup\":\"beer\",\"businessPlaceId\":17,\"releaseMethodType\":\"PRIMARY\",\"poNumber\":\"PO-%s\","
          + "\"products\":[{\"gtin\":\""
          + LegacyBodies.GTIN
          + "\",\"quantity\":1,\"serialNumberType\":\"OPERATOR\",\"cisType\":\"UNIT\"}]}";

  @TempDir Path folder;

  @Test
  void rowsASecond() throws Exception {
    StringBuilder table =
        new StringBuilder(
            "| each answer of the operator takes | rows | plain camel-sql polling | the bridge | times |\n|---|---|---|---|---|\n");
    table.append(line("0ms", ROWS));
    // As over a real network; the rival takes so long for each row.
    table.append(line("50ms", ROWS / 25));
    System.out.println(table);
    Files.writeString(Path.of("target", "outbox-rate.md"), table);
  }

  private String line(String latency, int rows) throws Exception {
    Path own = Files.createDirectories(folder.resolve(latency));
    TestOutbox legacy = TestOutbox.of(OutboxDatabase.POSTGRESQL, own);
    double plain = plain(legacy, own, latency, rows);
    double bridge = bridge(legacy, own, latency, rows);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f rows/s | %.0f rows/s | %.2f |%n",
        latency,
        rows,
        plain,
        bridge,
        bridge / plain);
  }

  private static Sandbox sandbox(String latency) throws Exception {
    Sandbox sandbox = FastSandbox.start();
    sandbox.set("latency", latency);
    return sandbox;
  }

  private double plain(TestOutbox legacy, Path own, String latency, int rows) throws Exception {
    legacy.execute(
        "create table plain_outbox (id bigint primary key, payload text, state varchar(10) default 'NEW', reply text);"
            + "create index plain_outbox_new on plain_outbox (id) where state = 'NEW';"
            + "insert into plain_outbox (id, payload) select n, "
            + quoted(NEW_ORDER)
            + " from generate_series(1, "
            + rows
            + ") as n; grant select, update on plain_outbox to markbridge");
    try (Sandbox sandbox = sandbox(latency)) {
      Process rival =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  PlainPolling.class.getName(),
                  sandbox.uri().toString(),
                  legacy.url(),
                  Integer.toString(rows))
              .redirectErrorStream(true)
              .redirectOutput(own.resolve("plain.log").toFile())
              .start();
      long begin = begun(sandbox, rival);
      assertThat(rival.waitFor(1, TimeUnit.HOURS)).isTrue();
      double seconds = (System.nanoTime() - begin) / 1e9;
      assertThat(sandbox.journal().orders())
          .as(Files.readString(own.resolve("plain.log")))
          .hasSize(rows);
      return rows / seconds;
    }
  }

  /** Neither start is counted: the clock runs from the first order on. */
  private static long begun(Sandbox sandbox, Process process) {
    Awaitility.await("the first order")
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(2))
        .until(() -> !process.isAlive() || sandbox.journal().orderCount() > 0);
    return System.nanoTime();
  }

  private double bridge(TestOutbox legacy, Path own, String latency, int rows) throws Exception {
    legacy.execute(
        "insert into markbridge_outbox (legacy_key, product_group, payload) select 'PO-' || n, 'beer', "
            + quoted(LegacyBodies.order("PO-%s", 1).toString())
            + " from generate_series(1, "
            + rows
            + ") as n; analyze markbridge_outbox");
    try (Sandbox sandbox = sandbox(latency);
        BridgeProcess bridge =
            BridgeProcess.of(Files.createDirectories(own.resolve("bridge")), sandbox)
                .with("markbridge.orders.fetch-codes", "none")
                .with("markbridge.outbox.erp.url", legacy.url())
                .withFlags(FLAGS)) {
      bridge.start();
      bridge.await("the first order", () -> sandbox.journal().orderCount() > 0);
      long begin = System.nanoTime();
      bridge.await(
          "every row to have its answer",
          Duration.ofHours(2),
          LOOK,
          // Neither counting disturbs: nobody counts for the rival.
          () ->
              sandbox.journal().orderCount() >= rows
                  && legacy.count(
                          "select count(*) from (select 1 from markbridge_outbox where state <> 'ENDED' limit 1) as open")
                      == 0);
      double seconds = (System.nanoTime() - begin) / 1e9;
      List<AcceptedOrder> orders = sandbox.journal().orders();
      assertThat(orders).extracting(AcceptedOrder::poNumber).hasSize(rows).doesNotHaveDuplicates();
      assertThat(legacy.count("select count(*) from markbridge_outbox where outcome = 'DONE'"))
          .isEqualTo(rows);
      return rows / seconds;
    }
  }

  /** A text of SQL with the row's number in it. */
  private static String quoted(String pattern) {
    return "replace('" + pattern.replace("'", "''") + "', '%s', n::text)";
  }
}
