package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Document;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** At Apache MINA SSHD: needs nothing installed. */
class MinaSftpTest extends SftpCases {
  private MinaServer mina;

  @Override
  SftpPlantServer server(Path empty) throws Exception {
    mina = new MinaServer(empty);
    return mina;
  }

  /** Who replies waits for who collects, and that one for the server. */
  @Test
  void whoWaitsForWhoWaitsForTheServerGoesOnToo() throws Exception {
    Thread collecting = hangWhileMoving();
    Thread replying = start(bridge::reply);
    await("one waits for the other")
        .until(() -> replying.getState() == Thread.State.BLOCKED && collecting.isAlive());

    bridge.breakIfStuck(SftpBridge.STUCK.minusSeconds(1));
    assertThat(collecting.isAlive()).as("not yet").isTrue();
    bridge.breakIfStuck(Duration.ofSeconds(2));
    await("both go on").until(() -> !collecting.isAlive() && !replying.isAlive());
    assertThat(bridge.open()).singleElement().asString().contains("the connection broke");

    mina.hang(false);
    bridge.rounds();
    assertThat(bridge.documents()).hasSize(1);
    assertThat(below("done")).containsExactly("beer/a.json");
    assertThat(below("replies")).hasSize(2);
    assertThat(bridge.open()).isEmpty();
  }

  @Test
  void theEndOfTheBridgeWaitsForNobody() throws Exception {
    Thread collecting = hangWhileMoving();
    Thread ending = start(bridge.source()::close);
    await("the end").until(() -> !ending.isAlive() && !collecting.isAlive());
    mina.hang(false);
  }

  private Thread hangWhileMoving() throws Exception {
    put("inbox/beer/a.json", "one");
    bridge.collect();
    mina.hang(true);
    Thread collecting = start(bridge::collect);
    await("the move").until(mina::waited);
    return collecting;
  }

  @Test
  void aFolderThatLeavesWhileItsNeighboursAreListedIsNoTrouble() throws Exception {
    mina.lose(put("inbox/gone/a.json", "one").getParent());
    put("inbox/beer/b.json", "two");
    bridge.rounds();
    assertThat(bridge.documents()).extracting(Document::sourcePath).containsExactly("beer/b.json");
    assertThat(bridge.open()).isEmpty();
  }
}
