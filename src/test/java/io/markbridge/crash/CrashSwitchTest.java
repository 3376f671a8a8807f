package io.markbridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashSwitchTest {
  @TempDir Path folder;

  private final CountDownLatch ended = new CountDownLatch(1);
  private Path file;
  private CrashSwitch crash;

  @BeforeEach
  void make() {
    file = folder.resolve("armed");
    crash = new CrashSwitch(file, Duration.ofMillis(100), ended::countDown);
  }

  @Test
  void nothingHappensUnlessThatVeryPointIsArmed() throws Exception {
    crash.stopAt("FILE_SEEN", "a");
    Files.writeString(file, "");
    crash.stopAt("FILE_SEEN", "a");
    Files.writeString(file, "FILE_SEEN_TWICE");
    crash.stopAt("FILE_SEEN", "a");

    assertThat(ended.getCount()).isOne();
    assertThat(reached()).doesNotExist();
  }

  @Test
  void armedWhileItRunsItEndsAfterOthersHadTimeToCome() throws Exception {
    crash.stopAt("FILE_SEEN", "before");
    Files.writeString(file, "FILE_SEEN\n");
    long from = System.nanoTime();
    Thread second = new Thread(() -> crash.stopAt("FILE_SEEN", "second"));
    Thread first =
        new Thread(
            () -> {
              second.start();
              crash.stopAt("FILE_SEEN", "first");
            });
    first.start();

    assertThat(ended.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(90));
    // Nothing ended here: whoever was late to it is told all the same.
    Patience.await("both").until(() -> Files.readAllLines(reached()).size() == 2);
    assertThat(Files.readAllLines(reached()))
        .containsExactlyInAnyOrder("FILE_SEEN\tfirst", "FILE_SEEN\tsecond");
    first.interrupt();
    second.interrupt();
  }

  private Path reached() {
    return folder.resolve("armed.reached");
  }
}
