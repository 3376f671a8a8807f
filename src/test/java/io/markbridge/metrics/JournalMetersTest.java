package io.markbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.journal.JournalFixture;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
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
              Set::of,
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
      Gauge waiting =
          registry.find("markbridge.documents.waiting").tag("state", "RECEIVED").gauge();
      assertThat(waiting).isNotNull();
      assertThat(waiting.value()).isEqualTo(1);
    }
  }

  @Test
  void eachStateHasItsSeriesAlsoWhereNothingWaits() {
    try (JournalFixture fixture = new JournalFixture(folder)) {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      JournalMeters meters =
          new JournalMeters(
              fixture.journal(), registry, () -> Set.of("sftp:plant"), fixture.clock, () -> 0);
      meters.count();
      assertThat(waiting(registry))
          .as("a source that gave nothing yet")
          .containsOnly(
              entry("sftp:plant unknown RECEIVED", 0.0),
              entry("sftp:plant unknown PLANNED", 0.0),
              entry("sftp:plant unknown HELD", 0.0),
              entry("sftp:plant unknown PARKED", 0.0));

      Document document = fixture.accept("a", "{}");
      meters.count();
      assertThat(waiting(registry))
          .hasSize(8)
          .containsEntry("file utilisation RECEIVED", 1.0)
          .containsEntry("file utilisation HELD", 0.0);

      fixture.journal().documents().stop(document, DocumentState.REJECTED, List.of());
      meters.count();
      assertThat(waiting(registry))
          .as("it does not vanish with the last document")
          .hasSize(8)
          .containsEntry("file utilisation RECEIVED", 0.0);
    }
  }

  private static Map<String, Double> waiting(SimpleMeterRegistry registry) {
    return registry.find("markbridge.documents.waiting").gauges().stream()
        .collect(
            Collectors.toMap(
                gauge ->
                    gauge.getId().getTag("source")
                        + " "
                        + gauge.getId().getTag("kind")
                        + " "
                        + gauge.getId().getTag("state"),
                Gauge::value));
  }
}
