package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask the operator something beside the bridge, or where its journal is gone. */
class OperatorQuestionIT {
  @TempDir Path folder;

  /** A journal that a question made would hide the loss: the bridge would send all again. */
  @Test
  void aQuestionLeavesALostJournalLost() throws Exception {
    try (Sandbox sandbox = FastSandbox.start();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox)) {
      bridge.start();
      bridge.await("its routes", () -> said(bridge).contains("runs: inbox"));
      bridge.kill();
      for (String file : new String[] {"markbridge.db", "markbridge.db-wal", "markbridge.db-shm"}) {
        Files.deleteIfExists(folder.resolve("data").resolve(file));
      }

      Path told = folder.resolve("orders.txt");
      assertThat(bridge.command(told, "orders")).as(Files.readString(told)).isZero();
      assertThat(Files.readString(told)).doesNotContain("WARN", "ERROR");
      assertThat(folder.resolve("data/markbridge.db")).doesNotExist();

      bridge.start();
      assertThat(bridge.awaitEnd()).isEqualTo(1);
      assertThat(bridge.told()).contains("it is missing", "restore it from a backup");
    }
  }

  private static String said(BridgeProcess bridge) {
    try {
      return bridge.told();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
