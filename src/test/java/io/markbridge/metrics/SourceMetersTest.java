package io.markbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.markbridge.document.ManualClock;
import io.markbridge.step.SourceHealth;
import io.markbridge.step.SourceKnown;
import io.markbridge.step.Troubles;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured of a source from the moment it is known, before it gave anything. */
class SourceMetersTest {
  private final ManualClock clock = new ManualClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void know() {
    Troubles troubles = new Troubles(clock);
    SourceHealth sources = new SourceHealth(troubles, null, clock);
    new SourceMeters(registry, sources, troubles, Set.of("order"), clock)
        .known(new SourceKnown("sftp:plant", Duration.ofMinutes(10)));
  }

  /** What a series begins with is no increase: it would hide what came before the first look. */
  @Test
  void eachEndOfEachKindBeginsAtZero() {
    Map<String, Double> ended =
        registry.find("markbridge.documents.ended").counters().stream()
            .collect(Collectors.toMap(SourceMetersTest::labels, Counter::count));
    assertThat(ended)
        .containsOnly(
            entry("sftp:plant order DONE", 0.0),
            entry("sftp:plant order PARTLY_DONE", 0.0),
            entry("sftp:plant order REJECTED", 0.0),
            entry("sftp:plant unknown DONE", 0.0),
            entry("sftp:plant unknown PARTLY_DONE", 0.0),
            entry("sftp:plant unknown REJECTED", 0.0));
    assertThat(registry.get("markbridge.documents.received").counter().count()).isZero();
  }

  @Test
  void silenceHasTheSourcesOwnIntervalBesideIt() {
    clock.advance(Duration.ofMinutes(9));
    assertThat(registry.get("markbridge.source.silent").gauge().value()).isEqualTo(540);
    assertThat(registry.get("markbridge.source.interval").gauge().value()).isEqualTo(600);
  }

  private static String labels(Counter counter) {
    return String.join(
        " ",
        counter.getId().getTag("source"),
        counter.getId().getTag("kind"),
        counter.getId().getTag("state"));
  }
}
