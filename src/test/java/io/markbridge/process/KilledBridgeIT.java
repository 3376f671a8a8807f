package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.sandbox.Duplicate;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxJournal.AcceptedOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} on the way, again and again. The full size is in bench/. */
class KilledBridgeIT {
  private static final int PAIRS = 300;
  private static final int KILLS = 5;

  /** Pairs that are kept back for the last kill. */
  private static final int LAST = 20;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void nothingIsLostAndNothingIsDoubled() throws Exception {
    // The moments differ from run to run in time, not in progress.
    Random random = new Random(20261121);
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge =
            BridgeProcess.of(folder, sandbox)
                .with("markbridge.openapi.answer-timeout-milliseconds", "2500")
                .with("markbridge.look-up.absent-after", "3s")
                .with("markbridge.track.longest", "2s")) {
      FileDrop files = bridge.files();
      drop(files, 0, PAIRS - LAST);
      int progress = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        bridge.start();
        progress += 1 + random.nextInt(2 * PAIRS / KILLS - 1);
        int enough = Math.min(progress, 2 * (PAIRS - LAST));
        bridge.await("the moment of kill " + kill, () -> accepted(sandbox) >= enough);
        if (kill == KILLS - 1) {
          // The last one surely meets requests on their way.
          slow(sandbox);
          long before = statements(sandbox);
          drop(files, PAIRS - LAST, PAIRS);
          bridge.await("requests on their way", () -> statements(sandbox) > before);
        }
        bridge.kill();
      }
      sandbox.set("fail", "");
      bridge.start();
      bridge.await(
          "every document to be final",
          Duration.ofMinutes(4),
          // Seldom: each look reads all answers.
          Duration.ofMillis(500),
          () -> ended(files) == 2 * PAIRS);
      bridge.await("an empty inbox", () -> files.waiting(".json").isEmpty());

      Journalled journal = Journalled.of(folder);
      assertThat(journal.documents()).as("accepted once each").hasSize(2 * PAIRS);
      assertThat(sandbox.journal().duplicateCounts())
          .as("sent twice")
          .extractingByKeys(Duplicate.Kind.ORDER, Duplicate.Kind.UTILISATION)
          .allSatisfy(count -> assertThat(count == null ? 0 : (Long) count).isZero());
      assertThat(bridge.told())
          .as("on its way at a kill")
          .contains("were on their way when the last process ended");
      assertOrders(sandbox, files, journal);
    }
  }

  private static void drop(FileDrop files, int from, int to) {
    for (int number = from; number < to; number++) {
      files.put("beer/order-" + number + ".json", LegacyBodies.order("PO-" + number, 2).toString());
      files.put(
          "beer/report-" + number + ".json",
          LegacyBodies.report(LegacyBodies.codes(number * 2L, 2)).toString());
    }
  }

  /** Each statement is on its way until its request is given up. */
  private static void slow(Sandbox sandbox) {
    sandbox.set("slow-delay", "1h");
    sandbox.set("fail", "order:slow:1000;utilisation:slow:1000");
  }

  private static long statements(Sandbox sandbox) {
    Map<String, Long> calls = sandbox.journal().callsByName();
    return calls.getOrDefault("order", 0L) + calls.getOrDefault("utilisation", 0L);
  }

  /** One order at the operator for each document, which is told its id; nothing is left open. */
  private static void assertOrders(Sandbox sandbox, FileDrop files, Journalled journal) {
    Map<String, List<String>> orders =
        sandbox.journal().orders().stream()
            .collect(
                Collectors.groupingBy(
                    AcceptedOrder::poNumber,
                    Collectors.mapping(AcceptedOrder::orderId, Collectors.toList())));
    assertThat(orders).hasSize(PAIRS);
    for (int number = 0; number < PAIRS; number++) {
      assertThat(orders.get("PO-" + number))
          .as("order " + number)
          .containsExactly(
              files
                  .read("beer/order-" + number + ".reply.json")
                  .orElseThrow()
                  .path("orderId")
                  .asText());
    }
    assertThat(sandbox.journal().reports()).hasSize(PAIRS);
    assertThat(journal.inDoubt()).as("left in doubt").isEmpty();
  }

  private static int accepted(Sandbox sandbox) {
    return sandbox.journal().orders().size() + sandbox.journal().reports().size();
  }

  private static long ended(FileDrop files) {
    return files.replies(".status.json").stream()
        .flatMap(name -> files.read(name).stream())
        .filter(KilledBridgeIT::isFinal)
        .count();
  }

  private static boolean isFinal(JsonNode status) {
    return Set.of("DONE", "REJECTED", "PARTLY_DONE")
        .contains(status.path("bridge").path("state").asText());
  }
}
