package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.JournalFixture;
import io.markbridge.settings.Settings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever was a bridge leaves nothing behind; whoever was a command touches nothing. */
class HandOverTest {
  @TempDir private Path folder;
  private JournalFixture fixture;
  private Replica replica;
  private DefaultCamelContext camel;
  private Submission sending;

  @BeforeEach
  void begin() {
    fixture = new JournalFixture(folder);
    replica =
        new Replica(
            fixture.journal(), new Settings(new SmallRyeConfigBuilder().build()), fixture.clock);
    camel = new DefaultCamelContext();
    camel.getRegistry().bind("replica", replica);
    HandOver handOver = new HandOver(replica, fixture.journal(), fixture.preset(), camel);
    camel
        .getManagementStrategy()
        .addEventNotifier(
            new EventNotifierSupport() {
              @Override
              public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.CamelContextStoppingEvent stopping) {
                  handOver.stopping(stopping);
                } else if (event instanceof CamelEvent.CamelContextRoutesStoppedEvent stopped) {
                  handOver.stopped(stopped);
                }
              }
            });
    fixture.plan(fixture.accepted("a", "utilisation"), 0);
    sending = fixture.claim(Purpose.STATEMENT).get(0);
  }

  @AfterEach
  void close() {
    camel.stop();
    fixture.close();
  }

  private SubmissionState state() {
    return fixture.submission(sending.id()).state();
  }

  /** A site's own routes folder replaces ours as a whole, whatever it calls them. */
  @Test
  void bridgeWhoseSiteNamesItsRoutesOtherwiseHandsOver() throws Exception {
    String routes =
        Files.readString(Path.of("routes", "replicas.yaml"))
            .replace("    routeConfigurationId: troubles\n", "")
            .replace("id: replicas", "id: plant-7-heartbeat")
            .replace("id: ticks", "id: plant-7-ticks");
    camel.start();
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromString("plant-7.yaml", routes));
    assertThat(camel.getRoutes())
        .extracting(route -> route.getRouteId())
        .containsExactlyInAnyOrder("plant-7-heartbeat", "plant-7-ticks");
    await().atMost(Duration.ofSeconds(30)).until(replica::began);
    assertThat(state()).isEqualTo(SubmissionState.SENDING);

    camel.stop();

    assertThat(state()).as("somebody else looks it up at once").isEqualTo(SubmissionState.IN_DOUBT);
    assertThat(replica.works()).isFalse();
    assertThat(fixture.journal().replicas().alive(Duration.ZERO)).as("it has left").isFalse();
  }

  /** It runs the one route to the operator, beside a bridge that goes on. */
  @Test
  void commandThatEndsLeavesTheJournalAsItIs() {
    camel.start();
    camel.stop();
    assertThat(state()).isEqualTo(SubmissionState.SENDING);
    assertThat(fixture.journal().replicas().alive(Duration.ZERO)).isTrue();
  }
}
