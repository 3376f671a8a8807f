package io.markbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.journal.JournalFixture;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalMetersTest {
  private static final Duration COUNTING = Duration.ofSeconds(1);

  @TempDir Path folder;

  @Test
  void aClockThatIsSetBackDoesNotStopTheCounting() {
    try (JournalFixture fixture = new JournalFixture(folder)) {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      AtomicLong nanos = new AtomicLong();
      JournalMeters meters =
          new JournalMeters(
              fixture.journal(),
              registry,
              fixture.clock,
              () -> {
                fixture.clock.advance(COUNTING);
                return nanos.addAndGet(COUNTING.toNanos());
              });
      meters.count();
      fixture.accept("a", "{}");
      meters.count();
      assertThat(registry.find("markbridge.documents.waiting").gauge())
          .as("counting took a second just now")
          .isNull();

      fixture.clock.advance(Duration.ofHours(-1));
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      meters.count();
      Gauge waiting = registry.find("markbridge.documents.waiting").gauge();
      assertThat(waiting).isNotNull();
      assertThat(waiting.value()).isEqualTo(1);
    }
  }
}
