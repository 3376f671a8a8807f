package io.markbridge.step;

import io.markbridge.crash.CrashSwitch;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Recovery;
import io.markbridge.journal.RestoredCopy;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SiteFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** What has to be true before the first route starts. */
@ApplicationScoped
public class StartBridge {
  private static final Logger LOG = Logger.getLogger(StartBridge.class);

  private final JournalMigration migration;
  private final Journal journal;
  private final OperatorPreset preset;
  private final CollectFiles collectFiles;
  private final Replica replica;
  private final Outboxes outboxes;
  private final Config config;

  @Inject
  public StartBridge(
      JournalMigration migration,
      Journal journal,
      OperatorPreset preset,
      CollectFiles collectFiles,
      Replica replica,
      Outboxes outboxes,
      Config config) {
    this.migration = migration;
    this.journal = journal;
    this.preset = preset;
    this.collectFiles = collectFiles;
    this.replica = replica;
    this.outboxes = outboxes;
    this.config = config;
  }

  /**
   * Goes on from where the process before this one ended, however it ended.
   *
   * @throws io.markbridge.settings.WrongSettingsException before anything is touched
   */
  public void resume() throws IOException {
    StartCheck.settings(config, SiteFiles.here());
    migration.bringUpToDate();
    outboxes.open();
    if (CrashSwitch.active()) {
      LOG.warnf(
          "THIS PROCESS ENDS ITSELF AT A NAMED POINT: the system property %s is set, which is for"
              + " crash tests only",
          CrashSwitch.FILE);
    }
    new RestoredCopy(journal, preset.calls())
        .takeIntoUse()
        .ifPresent(
            restored ->
                LOG.warnf(
                    "the journal is a copy of %s: %d document(s) were not at their end, %d"
                        + " request(s) may have been sent since and are looked up first; see"
                        + " docs/journal.md for the documents that came after the copy",
                    restored.madeAt(), restored.documents(), restored.inDoubt()));
    replica.beat();
    int inDoubt = new Recovery(journal, preset.calls()).recover();
    if (inDoubt > 0) {
      LOG.warnf(
          "%d submission(s) were on their way when the last process ended: they are in doubt, and"
              + " the operator is asked for them before anything is sent again",
          inDoubt);
    }
    collectFiles.leads();
  }
}
