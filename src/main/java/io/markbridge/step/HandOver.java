package io.markbridge.step;

import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalException;
import io.markbridge.journal.Recovery;
import io.markbridge.operator.OperatorPreset;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.jboss.logging.Logger;

/**
 * The end of a process that is told to stop: it begins nothing more, what is on its way may finish
 * within the grace time, and the rest is free for the others at once.
 */
@ApplicationScoped
public class HandOver {
  private static final Logger LOG = Logger.getLogger(HandOver.class);
  private static final Duration AFTERWARDS = Duration.ofSeconds(10);

  private final Replica replica;
  private final Journal journal;
  private final OperatorPreset preset;
  private final CamelContext camel;

  @Inject
  public HandOver(Replica replica, Journal journal, OperatorPreset preset, CamelContext camel) {
    this.replica = replica;
    this.journal = journal;
    this.preset = preset;
    this.camel = camel;
  }

  /** Before the routes stop, and with them the heartbeat. */
  void stopping(@Observes CamelEvent.CamelContextStoppingEvent event) {
    // A command holds nothing, and must not so much as open a journal: that would make one.
    if (!replica.began()) {
      return;
    }
    replica.stop();
    try {
      replica.liveOn(
          Duration.of(
                  camel.getShutdownStrategy().getTimeout(),
                  camel.getShutdownStrategy().getTimeUnit().toChronoUnit())
              .plus(AFTERWARDS));
    } catch (JournalException unreachable) {
      LOG.debugf("living on while stopping: %s", unreachable.getMessage());
    }
  }

  /** After the last answer came, or the grace time ended. */
  void stopped(@Observes CamelEvent.CamelContextRoutesStoppedEvent event) {
    if (!replica.began()) {
      return;
    }
    try {
      int inDoubt = new Recovery(journal, preset.calls()).handOver();
      if (inDoubt > 0) {
        LOG.warnf("%d submission(s) were still on their way and are in doubt", inDoubt);
      }
    } catch (JournalException unreachable) {
      LOG.warnf(
          "handing over failed, others take over when this replica's life has ended: %s",
          unreachable.getMessage());
    }
  }
}
