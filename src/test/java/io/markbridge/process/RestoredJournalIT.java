package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.process.ChaosDocuments.Kind;
import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A copy of the journal made while the bridge works, put in the place of the journal when
 * everything in it, and much else, was sent long ago.
 */
class RestoredJournalIT {
  private static final int DOCUMENTS = 120;
  private static final int COPIES = 3;
  private static final List<Kind> MIX =
      List.of(Kind.ORDER, Kind.REPORT, Kind.AGGREGATION, Kind.LEVELS, Kind.CLOSE);

  @TempDir Path folder;

  @Test
  void nothingIsSentAgain() throws Exception {
    Random random = new Random(20261122);
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox)) {
      bridge.with("markbridge.orders.fetch-codes", "none").with("markbridge.retry.longest", "2s");
      ManyDocumentsIT.placeOfFactory(folder);
      FileDrop files = bridge.files();
      ChaosDocuments documents = ChaosDocuments.of(DOCUMENTS, sandbox, MIX);
      long before = statements(sandbox);
      bridge.start();
      documents.drop(files);
      List<Path> copies = new ArrayList<>();
      int progress = 0;
      for (int copy = 0; copy < COPIES; copy++) {
        progress += 1 + random.nextInt(DOCUMENTS / COPIES);
        int enough = progress;
        bridge.await("the moment of copy " + copy, () -> statements(sandbox) - before >= enough);
        copies.add(copy(bridge, copy));
      }
      bridge.await("all documents", () -> done(folder, DOCUMENTS));
      // A document is at its end before its reply is written.
      bridge.await("all replies", () -> documents.lost(files).isEmpty());
      bridge.kill();
      assertThat(documents.lost(files)).isEmpty();

      for (Path copy : copies) {
        restore(copy);
        Set<String> known = Journalled.of(folder).documents().keySet();
        assertThat(known).as("known to " + copy).isNotEmpty();
        bridge.start();
        bridge.await("what the copy held", () -> done(folder, known.size()));
        for (String name : FileDrop.below(folder.resolve("done"), "")) {
          if (!known.contains(name) && name.matches(".*\\.(json|http)")) {
            files.move(files.done(name), name);
          }
        }
        bridge.await("what came after the copy", () -> done(folder, DOCUMENTS));
        bridge.await("all replies", () -> documents.lost(files).isEmpty());
        bridge.kill();

        assertThat(documents.doubled(files)).as("sent again after " + copy).isEmpty();
        assertThat(documents.lost(files)).as("lost after " + copy).isEmpty();
      }
      assertThat(bridge.told()).contains("the journal is a copy of ");
    }
  }

  private Path copy(BridgeProcess bridge, int number) throws Exception {
    Path copy = folder.resolve("backup").resolve("copy-" + number + ".db");
    Path output = folder.resolve("backup.log");
    assertThat(bridge.command(output, "backup", copy.toString())).as(() -> read(output)).isZero();
    return copy;
  }

  private void restore(Path copy) throws IOException {
    Path journal = folder.resolve("data/markbridge.db");
    for (String ending : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(journal.resolveSibling("markbridge.db" + ending));
    }
    Files.copy(copy, journal);
  }

  private static boolean done(Path folder, int count) {
    try {
      Journalled journal = Journalled.of(folder);
      return journal.documents().size() == count
          && journal.documents().values().stream().allMatch("DONE"::equals);
    } catch (SQLException busy) {
      return false;
    }
  }

  private static long statements(Sandbox sandbox) {
    return sandbox.journal().orders().size()
        + sandbox.journal().reports().size()
        + sandbox.journal().documents().size();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
