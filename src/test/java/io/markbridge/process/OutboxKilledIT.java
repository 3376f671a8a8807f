package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.outbox.OutboxDatabase;
import io.markbridge.outbox.TestOutbox;
import io.markbridge.sandbox.Duplicate;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxJournal.AcceptedOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two bridges drain one outbox and are killed (-9) in turn. {@code -Dmarkbridge.outbox.rows=20000}
 * for the full size.
 */
class OutboxKilledIT {
  private static final int ROWS = Integer.getInteger("markbridge.outbox.rows", 1000);
  private static final int KILLS = Integer.getInteger("markbridge.outbox.kills", 20);

  /** Seldom enough that looking does not slow what is looked at. */
  private static final Duration LOOK = Duration.ofMillis(50 + ROWS / 100);

  @TempDir Path folder;

  @Test
  void withJournalsOfTheirOwn() throws Exception {
    drain(Optional.empty());
  }

  @Test
  void withOneJournal() throws Exception {
    drain(Optional.of(PostgresServer.shared().newDatabase()));
  }

  private void drain(Optional<String> journal) throws Exception {
    TestOutbox legacy = TestOutbox.of(OutboxDatabase.POSTGRESQL, folder);
    fill(legacy);
    // The moments differ from run to run in time, not in progress.
    Random random = new Random(20261122);
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess first = bridge("first", sandbox, legacy, journal);
        BridgeProcess second = bridge("second", sandbox, legacy, journal)) {
      List<BridgeProcess> both = List.of(first, second);
      first.start();
      second.start();
      int progress = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        progress += 1 + random.nextInt(2 * ROWS / KILLS - 1);
        int enough = Math.min(progress, ROWS - 1);
        BridgeProcess killed = both.get(kill % 2);
        BridgeProcess other = both.get((kill + 1) % 2);
        other.await(
            "the moment of kill " + kill,
            Duration.ofMinutes(20),
            LOOK,
            () -> accepted(sandbox) >= enough);
        killed.kill();
        killed.start();
      }
      first.await(
          "every row to have its answer",
          Duration.ofMinutes(30),
          LOOK,
          () -> count(legacy, "state = 'ENDED'") == ROWS);

      assertThat(count(legacy, "outcome = 'DONE'")).as("answered well").isEqualTo(ROWS);
      assertThat(count(legacy, "reply is not null")).as("with an answer").isEqualTo(ROWS);
      assertThat(legacy.takenBeforeAnEarlierOneOfTheirKey()).as("out of their order").isZero();
      assertThat(sandbox.journal().orders().stream().map(AcceptedOrder::poNumber))
          .as("at the operator")
          .hasSize(ROWS)
          .doesNotHaveDuplicates();
      assertThat(sandbox.journal().duplicateCounts())
          .as("sent twice")
          .extractingByKeys(Duplicate.Kind.ORDER)
          .allSatisfy(count -> assertThat(count == null ? 0 : (Long) count).isZero());
    }
  }

  private static void fill(TestOutbox legacy) throws Exception {
    try (Connection connection = legacy.connect()) {
      connection.setAutoCommit(false);
      for (int number = 0; number < ROWS; number++) {
        legacy.insert(
            connection,
            Map.of(
                "legacy_key",
                "K-" + number % (ROWS / 2),
                "product_group",
                "beer",
                "payload",
                LegacyBodies.order("PO-" + number, 1).toString()));
      }
      connection.commit();
    }
  }

  private BridgeProcess bridge(
      String name, Sandbox sandbox, TestOutbox legacy, Optional<String> journal) throws Exception {
    BridgeProcess bridge =
        BridgeProcess.of(Files.createDirectories(folder.resolve(name)), sandbox)
            .with("markbridge.orders.fetch-codes", "none")
            .with("markbridge.openapi.answer-timeout-milliseconds", "2500")
            .with("markbridge.look-up.absent-after", "3s")
            // A question that a kill cut off counts, and doubles the pause before the next one.
            .with("markbridge.track.longest", "2s")
            .with("markbridge.replicas.alive-for", "4s")
            .with("markbridge.outbox.erp.url", legacy.url())
            .with("markbridge.outbox.erp.batch", "20")
            .with("markbridge.outbox.erp.poll", "50ms")
            .with("markbridge.outbox.erp.lease", "2s");
    journal.ifPresent(url -> bridge.with("markbridge.journal.url", url));
    return bridge;
  }

  private static int accepted(Sandbox sandbox) {
    return sandbox.journal().orderCount();
  }

  private static long count(TestOutbox legacy, String what) {
    return legacy.count("select count(*) from markbridge_outbox where " + what);
  }
}
