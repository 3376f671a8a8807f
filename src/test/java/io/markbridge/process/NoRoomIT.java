package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.OnThisMachine;
import io.markbridge.process.ChaosDocuments.Kind;
import io.markbridge.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full for a while, and folders that cannot be written to. */
class NoRoomIT {
  private static final int DOCUMENTS = 60;
  private static final List<Kind> MIX = List.of(Kind.ORDER, Kind.REPORT, Kind.AGGREGATION);

  private static final String PRLIMIT = "/usr/bin/prlimit";

  @TempDir Path folder;

  @Test
  void journalThatCannotGrowKeepsFilesInTheInboxUntilThereIsRoom() throws Exception {
    OnThisMachine.needed(Files.isExecutable(Path.of(PRLIMIT)), "prlimit, of util-linux,");
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox)) {
      bridge
          .with("markbridge.orders.fetch-codes", "none")
          .with("markbridge.retry.longest", "2s")
          // The sandbox shows at once what it has: nothing is gained by looking for minutes.
          .with("markbridge.openapi.answer-timeout-milliseconds", "5000")
          .with("markbridge.look-up.absent-after", "8s")
          .with("markbridge.track.longest", "2s");
      ManyDocumentsIT.placeOfFactory(folder);
      FileDrop files = bridge.files();
      ChaosDocuments documents = ChaosDocuments.of(DOCUMENTS, sandbox, MIX);
      bridge.start();
      files.put("beer/first.json", LegacyBodies.order("first", 2).toString());
      bridge.await("the first document", () -> answered(files) == 1);
      Path log = folder.resolve("data/markbridge.db-wal");
      filesUpTo(bridge, Long.toString(Files.size(log) + 20_000));
      documents.drop(files);
      bridge.await(
          "the disk to be full",
          () -> told(bridge).contains("the journal: ") && told(bridge).contains("SQLITE_"));
      bridge.await("some time with a full disk", () -> sandboxIsQuiet(sandbox));
      assertThat(files.waiting(".json")).as("what was not taken is still there").isNotEmpty();
      assertThat(told(bridge).lines().count()).as("lines while the disk is full").isLessThan(300);

      filesUpTo(bridge, "unlimited");
      bridge.await("all documents", () -> answered(files) == DOCUMENTS + 1);

      assertThat(documents.lost(files)).isEmpty();
      assertThat(documents.doubled(files)).isEmpty();
      bridge.await("the end to be told", () -> told(bridge).contains("the journal: works again"));
    }
  }

  @Test
  void filesWhereFoldersShouldBeAreToldAndNothingIsDoubledWhenTheyAreGone() throws Exception {
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox)) {
      bridge.with("markbridge.orders.fetch-codes", "none");
      ManyDocumentsIT.placeOfFactory(folder);
      FileDrop files = bridge.files();
      ChaosDocuments documents = ChaosDocuments.of(6, sandbox, MIX);
      documents.drop(files);
      // Whoever runs the tests may be allowed to write everywhere; but not below a file.
      Files.createDirectories(folder.resolve("replies"));
      Files.createDirectories(folder.resolve("done"));
      Path reply = Files.createFile(folder.resolve("replies/beer"));
      Path done = Files.createFile(folder.resolve("done/beer"));
      // What the documents' own codes were ordered with is there before.
      long before = statements(sandbox);
      bridge.start();
      bridge.await("all sent", () -> statements(sandbox) == before + 6);
      bridge.await("the trouble to be told", () -> told(bridge).contains("replies"));
      assertThat(answered(files)).isZero();

      Files.delete(reply);
      Files.delete(done);
      bridge.await("all replies", () -> answered(files) == 6);
      bridge.await("an empty inbox", () -> files.waiting(".json").isEmpty());

      assertThat(documents.lost(files)).isEmpty();
      assertThat(documents.doubled(files)).isEmpty();
      assertThat(FileDrop.below(folder.resolve("done"), ".json")).hasSize(6);
    }
  }

  /** No file of the process grows beyond this, as on a full disk; it can be lifted again. */
  private static void filesUpTo(BridgeProcess bridge, String bytes) throws Exception {
    int status =
        new ProcessBuilder(
                PRLIMIT, "--pid", Long.toString(bridge.pid()), "--fsize=" + bytes + ":unlimited")
            .inheritIO()
            .start()
            .waitFor();
    assertThat(status).isZero();
  }

  private static boolean sandboxIsQuiet(Sandbox sandbox) {
    long before = statements(sandbox);
    long end = System.nanoTime() + 5_000_000_000L;
    while (System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
    }
    return statements(sandbox) == before;
  }

  private static long statements(Sandbox sandbox) {
    return sandbox.journal().orders().size()
        + sandbox.journal().reports().size()
        + sandbox.journal().documents().size();
  }

  private static int answered(FileDrop files) {
    return (int)
        files.replies(".status.json").stream()
            .filter(
                name ->
                    files
                        .read(name)
                        .map(status -> status.path("bridge").path("state").asText())
                        .filter("DONE"::equals)
                        .isPresent())
            .count();
  }

  private static String told(BridgeProcess bridge) {
    try {
      return bridge.told();
    } catch (java.io.IOException unreadable) {
      return "";
    }
  }
}
