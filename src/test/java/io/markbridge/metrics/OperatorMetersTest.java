package io.markbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.markbridge.document.ManualClock;
import io.markbridge.health.OperatorCheck;
import io.markbridge.openapi.OperatorHealth;
import io.markbridge.openapi.OperatorHealths;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.openapi.TokenStore;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health and metrics tell every account that the site means, and none that it does not. */
class OperatorMetersTest {
  private static final String KEY = "markbridge.accounts.%s.api-key";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private OperatorPreset preset;

  @BeforeEach
  void load() throws IOException {
    preset = OperatorPreset.load(SiteFiles.here(), "uz");
  }

  @Test
  void siteWithCampaignsOnlyHasNoAccountToRefuse() {
    Map<String, String> site = Map.of("markbridge.market.campaigns.1001.api-key", "key");
    assertThat(refused(site)).containsOnly(entry("market:1001", 0.0));
    HealthCheckResponse health = health(site);
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getData().orElseThrow()).doesNotContainKey("token of default");
  }

  @Test
  void accountWhoseCredentialIsMistypedIsTold() {
    Map<String, String> site =
        Map.of(KEY.formatted("north"), "key", "markbridge.accounts.south.oms-id", "7");
    assertThat(refused(site)).containsOnly(entry("north", 0.0), entry("south", 1.0));
    HealthCheckResponse health = health(site);
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getData().orElseThrow())
        .containsEntry("token of north", "none yet")
        .hasEntrySatisfying(
            "token of south",
            told ->
                assertThat(told.toString())
                    .startsWith("account south has no credential: set markbridge.accounts.south."));
  }

  @Test
  void siteWithoutAnyAccountIsToldOfTheDefault() {
    assertThat(refused(Map.of())).containsOnly(entry("default", 1.0));
    assertThat(health(Map.of()).getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void diskThatHoldsBothHasOneSeries() {
    Settings file =
        settings(
            Map.of(
                "markbridge.journal.url",
                "jdbc:sqlite:" + folder.resolve("journal.db"),
                "markbridge.files.replies",
                folder.resolve("not/there/yet").toString()));
    assertThat(disks(file)).containsOnlyKeys("journal and replies").allSatisfy(this::hasRoom);
  }

  @Test
  void diskOfRepliesIsMeasuredAlsoWhereTheJournalIsElsewhere() {
    Settings cluster =
        settings(
            Map.of(
                "markbridge.journal.url",
                "jdbc:postgresql://host/markbridge",
                "markbridge.files.replies",
                folder.toString()));
    assertThat(disks(cluster)).containsOnlyKeys("replies").allSatisfy(this::hasRoom);
  }

  private void hasRoom(String disk, double bytes) {
    assertThat(bytes).as(disk).isGreaterThan(0);
  }

  private Map<String, Double> disks(Settings settings) {
    new ProcessMeters(registry, meters(settings), null, settings).started(null);
    return values("markbridge.disk.free", "disk");
  }

  private Map<String, Double> refused(Map<String, String> site) {
    registry.clear();
    meters(settings(site)).register();
    return values("markbridge.login.refused", "account");
  }

  private Map<String, Double> values(String name, String tag) {
    return registry.find(name).gauges().stream()
        .collect(Collectors.toMap(gauge -> gauge.getId().getTag(tag), Gauge::value));
  }

  private OperatorMeters meters(Settings settings) {
    return new OperatorMeters(
        registry, healths(), tokens(settings), limits(), preset, settings, clock);
  }

  private HealthCheckResponse health(Map<String, String> site) {
    Settings settings = settings(site);
    return new OperatorCheck(preset, healths(), tokens(settings), settings).call();
  }

  private OperatorHealths healths() {
    OperatorHealth.Listener nobody =
        new OperatorHealth.Listener() {
          @Override
          public void outage() {}

          @Override
          public void over(Duration lasted) {}
        };
    return new OperatorHealths(
        preset, operator -> new OperatorHealth(operator.name(), clock, nobody));
  }

  /** Nothing here logs in. */
  private TokenStore tokens(Settings settings) {
    return new TokenStore(preset, settings::account, null, clock);
  }

  private RequestLimits limits() {
    return new RequestLimits(name -> new RequestLimits.Limit(60, 5, 5), clock);
  }

  private static Settings settings(Map<String, String> own) {
    return new Settings(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(own, "test", 100))
            .build());
  }
}
