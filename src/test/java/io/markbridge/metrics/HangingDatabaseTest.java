package io.markbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.ManualClock;
import io.markbridge.health.LimiterCheck;
import io.markbridge.journal.Database;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalFixture;
import io.markbridge.journal.SharedPauses;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas share their limits in PostgreSQL; whoever asks how it goes does not wait for it. */
class HangingDatabaseTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ManualClock clock = new ManualClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Settings settings = new Settings(new SmallRyeConfigBuilder().build());
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch packetsCome = new CountDownLatch(1);
  private volatile boolean hangs;

  @TempDir private Path folder;
  private JournalFixture fixture;
  private OperatorPreset preset;
  private String limit;
  private OperatorMeters meters;
  private LimiterCheck check;

  @BeforeEach
  void closeALimitAtAnotherReplica() throws IOException {
    fixture = new JournalFixture(folder, Dialect.POSTGRESQL);
    preset = OperatorPreset.load(SiteFiles.here(), "uz");
    limit = preset.table("limits").keySet().iterator().next();
    fixture.journal().replicas().renew(Duration.ofMinutes(10));
    fixture
        .journal()
        .pauses()
        .pause("limit " + limit + " of default", Duration.ofMinutes(10), "too much");

    Journal journal = new Journal(new Database(source(), source(), Dialect.POSTGRESQL), clock);
    journal.replicas().renew(Duration.ofMinutes(10));
    RequestLimits limits =
        new RequestLimits(
            name -> new RequestLimits.Limit(60, 5, 5),
            null,
            new SharedPauses(journal.pauses(), clock),
            clock);
    meters = new OperatorMeters(registry, null, null, limits, preset, settings, clock);
    meters.register();
    check = new LimiterCheck(limits, preset, settings);
  }

  @AfterEach
  void close() {
    packetsCome.countDown();
    fixture.close();
  }

  private DataSource source() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (hangs) {
                asked.countDown();
                packetsCome.await();
              }
              return method.invoke(fixture.source(), arguments);
            });
  }

  private double closed() {
    return registry
        .get("markbridge.limit.closed")
        .tag("account", "default")
        .tag("limit", limit)
        .gauge()
        .value();
  }

  private Map<String, Object> told() {
    return check.call().getData().orElseThrow();
  }

  @Test
  void probeAndScrapeTellWhatWasSeenLast() throws Exception {
    assertThat(closed()).as("nobody has looked").isZero();
    assertThat(told()).containsEntry("as of", "never");

    meters.look();
    String seen = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    assertThat(closed()).isBetween(500.0, 600.0);

    hangs = true;
    clock.advance(Duration.ofSeconds(100));
    CompletableFuture<Void> look = CompletableFuture.runAsync(meters::look);
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(CompletableFuture.supplyAsync(this::closed))
        .succeedsWithin(SOON)
        .satisfies(left -> assertThat(left).isBetween(400.0, 500.0));
    assertThat(CompletableFuture.supplyAsync(this::told))
        .succeedsWithin(SOON)
        .satisfies(
            data ->
                assertThat(data).containsEntry("as of", seen).containsKey(limit + " of default"));
    assertThat(check.call().getStatus()).as("a closed limit is normal work").isEqualTo(Status.UP);
    assertThat(look).isNotDone();

    packetsCome.countDown();
    assertThat(look).succeedsWithin(SOON);
  }
}
