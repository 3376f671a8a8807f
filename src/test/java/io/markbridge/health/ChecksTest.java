package io.markbridge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.ManualClock;
import io.markbridge.journal.JournalException;
import io.markbridge.journal.JournalFixture;
import io.markbridge.settings.Settings;
import io.markbridge.step.Replica;
import io.markbridge.step.SourceHealth;
import io.markbridge.step.Troubles;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes the bridge not live and not ready. */
class ChecksTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final Troubles troubles = new Troubles(clock);

  @Test
  void heartbeatThatIsNotTriedForMinutesIsNotLive() throws Exception {
    try (JournalFixture fixture = new JournalFixture(folder)) {
      Replica replica = new Replica(fixture.journal(), settings(Map.of()), clock);
      LiveCheck live = new LiveCheck(replica, clock);
      clock.advance(Duration.ofMinutes(4));
      assertThat(live.call().getStatus()).isEqualTo(Status.UP);
      clock.advance(Duration.ofMinutes(2));
      assertThat(live.call().getStatus()).isEqualTo(Status.DOWN);
      replica.beat();
      assertThat(live.call().getStatus()).isEqualTo(Status.UP);
    }
  }

  @Test
  void journalThatFailsCommitsIsNotReadyUntilItTakesThemAgain() throws Exception {
    try (JournalFixture fixture = new JournalFixture(folder)) {
      Settings settings =
          settings(Map.of("markbridge.journal.url", "jdbc:postgresql://host/m?password=hidden"));
      Replica replica = new Replica(fixture.journal(), settings, clock);
      JournalCheck journal = new JournalCheck(settings, replica, troubles);
      assertThat(journal.call().getStatus()).isEqualTo(Status.UP);
      assertThat(journal.call().getData().orElseThrow().toString()).doesNotContain("hidden");
      troubles.failed("plan", "again", new JournalException("full", new IOException("full")));
      assertThat(journal.call().getStatus()).isEqualTo(Status.DOWN);
      assertThat(journal.call().getData().orElseThrow()).containsEntry("trouble", "full");
      troubles.over(Troubles.JOURNAL);
      assertThat(journal.call().getStatus()).isEqualTo(Status.UP);
    }
  }

  @Test
  void sourceWhoseAnswersCannotBeWrittenIsDown() {
    SourceChecks checks = new SourceChecks(null, new SourceHealth(troubles, null, clock), troubles);
    assertThat(checks.check("sftp:plant").getStatus()).isEqualTo(Status.UP);
    troubles.failed("sftp:plant replies", "again", new IOException("no room"));
    troubles.failed("sftp:plant files", "again", new IOException("not permitted"));
    assertThat(checks.check("sftp:plant").getStatus()).isEqualTo(Status.DOWN);
    assertThat(checks.check("sftp:plant").getData().orElseThrow())
        .containsEntry("trouble", "not permitted")
        .containsEntry("further troubles", "sftp:plant replies: no room");
    assertThat(checks.check("sftp:other").getStatus()).isEqualTo(Status.UP);
  }

  private static Settings settings(Map<String, String> own) {
    return new Settings(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(own, "test", 100))
            .build());
  }
}
