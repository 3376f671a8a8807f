package io.markbridge.step;

import io.markbridge.journal.Journal;
import io.markbridge.journal.Leads;
import io.markbridge.settings.Settings;
import io.markbridge.step.Drop.Folder;
import io.markbridge.step.Drop.Look;
import io.markbridge.step.Drop.Place;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.File;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.jboss.logging.Logger;

/** Takes a file from the inbox into the journal, and only then moves it away. */
@Named("collectFiles")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class CollectFiles {
  private static final Logger LOG = Logger.getLogger(CollectFiles.class);

  private final LocalDrop drop;
  private final Collector collector;
  private final StableFiles stableFiles;
  private final Troubles troubles;
  private final SourceHealth health;
  private volatile Optional<Leads.Term> told = Optional.empty();

  @Inject
  public CollectFiles(
      LocalDrop drop,
      DropNames names,
      Journal journal,
      Settings settings,
      StableFiles stableFiles,
      Replica replica,
      Troubles troubles,
      SourceHealth health) {
    this.drop = drop;
    this.stableFiles = stableFiles;
    this.troubles = troubles;
    this.health = health;
    this.collector =
        new Collector(
            drop,
            names,
            journal,
            settings,
            replica,
            new DiskRoom(() -> JournalPath.usableBytes(settings), DiskRoom.STORED),
            () -> health.looked(LocalDrop.SOURCE));
  }

  Collector collector() {
    return collector;
  }

  /**
   * Whether this process reads the inbox and writes the replies: of several replicas, which share
   * the folders, one does.
   *
   * @return the term in which it does
   */
  public Optional<Leads.Term> leads() throws IOException {
    Optional<Leads.Term> term = collector.leads();
    if (term.isPresent() && !term.equals(told)) {
      told = term;
      if (term.get().number() > 0) {
        LOG.info("this replica reads the inbox and writes the replies from now on");
      }
    }
    return term;
  }

  /** One file of the inbox that is whole. */
  public void collect(GenericFile<File> generic) {
    Path file = generic.getFile().toPath();
    String relative = drop.relative(file);
    try {
      Optional<Look> seen = drop.look(new Place(Folder.INBOX, relative));
      if (seen.isPresent() && leads().isPresent() && collector.collect(relative, seen.get())) {
        stableFiles.left(file);
        // Of a large inbox the poll ends much later.
        health.looked(LocalDrop.SOURCE);
      }
    } catch (NoSuchFileException gone) {
      LOG.debugf("%s left the inbox before it was read", LogText.line(relative));
    } catch (IOException | RuntimeException failure) {
      // The file stays where it is and is tried again at every poll.
      troubles.failed(
          LocalDrop.SOURCE + " inbox",
          "taking " + relative + " failed, it stays in the inbox and is tried again",
          failure);
    }
  }
}
