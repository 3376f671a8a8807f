package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills and faults for a minute. The full size is in bench/. */
class ChaosIT {
  private static final int LIMIT = 1000;

  @TempDir Path folder;

  @Test
  void nothingIsLostAndNothingIsDoubled() throws Exception {
    Chaos.Size size = new Chaos.Size(600, 3, LIMIT, 40, Duration.ofSeconds(8), 20261122);

    Chaos.Result result = Chaos.run(size, folder, System.out);

    assertThat(result.lost()).as("lost").isEmpty();
    assertThat(result.doubled()).as("doubled").isEmpty();
    assertThat(result.notDone()).as("not done").isEmpty();
    assertThat(result.kills() + result.stops()).as("kills").isPositive();
    assertThat(result.faults()).as("faults").hasSizeGreaterThan(5);
    assertThat(result.most())
        .allSatisfy((kind, calls) -> assertThat(calls).isLessThanOrEqualTo(LIMIT));
  }
}
