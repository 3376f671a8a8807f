package io.markbridge.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.markbridge.Patience;
import io.markbridge.document.ManualClock;
import io.markbridge.journal.Database;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

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

  /** A restart does not heal the database, and would end what the process still does. */
  @Test
  void aDatabaseThatHangsLeavesItAlive() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch packetsCome = new CountDownLatch(1);
    PGSimpleDataSource source =
        new PGSimpleDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            hangs.countDown();
            try {
              packetsCome.await();
            } catch (InterruptedException ended) {
              Thread.currentThread().interrupt();
            }
            throw new SQLException("the connection broke", "08006");
          }
        };
    Journal journal = new Journal(new Database(source, source, Dialect.POSTGRESQL), clock);
    Replica replica = new Replica(journal, settings(Map.of()), clock);
    LiveCheck live = new LiveCheck(replica, clock);
    CompletableFuture<Void> heartbeat = CompletableFuture.runAsync(replica::beat);
    try {
      assertThat(hangs.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      clock.advance(Duration.ofMinutes(10));
      assertThat(live.call().getStatus()).as("nothing ticks").isEqualTo(Status.DOWN);
      replica.tick();
      assertThat(heartbeat).isNotDone();
      assertThat(live.call().getStatus()).isEqualTo(Status.UP);
    } finally {
      packetsCome.countDown();
    }
    assertThat(heartbeat).failsWithin(Patience.LONG);
  }

  @Test
  void timerOfTheProbeWaitsForNothingElse() throws Exception {
    JsonNode routes = new YAMLMapper().readTree(Path.of("routes", "replicas.yaml").toFile());
    Map<String, String> methods = new HashMap<>();
    for (JsonNode one : routes) {
      JsonNode from = one.at("/route/from");
      assertThat(from.path("steps")).as("a timer for each").hasSize(1);
      methods.put(
          from.at("/steps/0/bean/method").asText(), from.at("/parameters/timerName").asText());
    }
    assertThat(methods).containsOnlyKeys("beat", "tick");
    assertThat(methods.get("tick")).isNotEqualTo(methods.get("beat"));
  }

  @Test
  void diskOfJournalAndRepliesIsMeasured() {
    Settings settings =
        settings(
            Map.of(
                "markbridge.journal.url",
                "jdbc:sqlite:" + folder.resolve("journal.db"),
                "markbridge.files.replies",
                folder.resolve("not/there/yet").toString()));
    assertThat(new DiskCheck(settings).call().getData().orElseThrow())
        .containsOnlyKeys("journal and replies megabytes free");
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
