package io.markbridge.step;

import io.markbridge.journal.Journal;
import io.markbridge.journal.LongWaits;
import io.markbridge.journal.Recovery;
import io.markbridge.journal.Retention;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Keeps the journal as long as the site wants, and no longer. */
@Named("keepJournal")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class KeepJournal {
  private static final Logger LOG = Logger.getLogger(KeepJournal.class);

  private final Retention retention;
  private final Recovery recovery;
  private final LongWaits waits;
  private final Settings settings;
  private final Clock clock;

  @Inject
  public KeepJournal(Journal journal, Settings settings, OperatorPreset preset, Clock clock) {
    this.recovery = new Recovery(journal, preset.calls());
    this.retention = new Retention(journal);
    this.waits = new LongWaits(journal);
    this.settings = settings;
    this.clock = clock;
  }

  /** Removes what need not be kept any longer, and what killed processes left. */
  public void retain() throws IOException {
    Duration payloads = settings.duration("retention.payloads", Duration.ofDays(90));
    Duration timeline = settings.duration("retention.timeline", Duration.ofDays(1095));
    retention.apply(payloads, timeline);
    TemporaryFiles.removeOld(JournalPath.temporaryFolder(settings), clock.instant());
  }

  /** Takes back what was claimed and never recorded. */
  public void takeBack() {
    int inDoubt = recovery.recoverExpired();
    if (inDoubt > 0) {
      LOG.warnf(
          "%d submission(s) are in doubt: their process ended, or their answers could not be recorded; see markbridge list",
          inDoubt);
    }
  }

  /** Documents that have waited too long for earlier ones, and codes that nobody waits for. */
  public void endWaits() {
    int parked = waits.end(settings.duration("wait-for-earlier", Duration.ofHours(24)));
    if (parked > 0) {
      LOG.warnf(
          "%d document(s) waited too long for earlier ones and are parked; see markbridge list --parked",
          parked);
    }
    boolean removed = true;
    while (removed) {
      removed = waits.forgetCodes();
    }
  }
}
