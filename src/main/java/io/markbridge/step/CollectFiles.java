package io.markbridge.step;

import io.markbridge.crash.CrashPoint;
import io.markbridge.crash.CrashSwitch;
import io.markbridge.document.Document;
import io.markbridge.document.FilePayload;
import io.markbridge.journal.Arrival;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Leads;
import io.markbridge.journal.Reception;
import io.markbridge.legacy.InboxPath;
import io.markbridge.legacy.MetaFile;
import io.markbridge.settings.Settings;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.component.file.GenericFile;
import org.jboss.logging.Logger;

/** Takes a file from the inbox into the journal, and only then moves it away. */
@Named("collectFiles")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class CollectFiles {
  private static final Logger LOG = Logger.getLogger(CollectFiles.class);
  static final String SOURCE = "file";
  private static final int SETTLE_AFTER = 200;

  private final Journal journal;
  private final Inbox inbox;
  private final Settings settings;
  private final StableFiles stableFiles;
  private final Replica replica;
  private final DiskRoom diskRoom;
  private final Map<String, Path> moved = new LinkedHashMap<>();
  private final Set<Path> changedFolders = new HashSet<>();

  /** The term of leading in which the arrivals of earlier ones were looked after. */
  private Optional<Leads.Term> resumed = Optional.empty();

  private final Troubles troubles;

  @Inject
  public CollectFiles(
      Journal journal,
      Inbox inbox,
      Settings settings,
      StableFiles stableFiles,
      Replica replica,
      Troubles troubles) {
    this.journal = journal;
    this.inbox = inbox;
    this.settings = settings;
    this.stableFiles = stableFiles;
    this.replica = replica;
    this.troubles = troubles;
    this.diskRoom = new DiskRoom(() -> JournalPath.usableBytes(settings));
  }

  /**
   * Whether this process reads the inbox and writes the replies: of several replicas, which share
   * the folders, one does.
   *
   * @return the term in which it does
   */
  public synchronized Optional<Leads.Term> leads() throws IOException {
    Optional<Leads.Term> term = replica.leadsFiles();
    if (term.isPresent() && !term.equals(resumed)) {
      resume();
      resumed = term;
      if (term.get().number() > 0) {
        LOG.info("this replica reads the inbox and writes the replies from now on");
      }
    }
    return term;
  }

  /** One file of the inbox that is whole. */
  public synchronized void collect(GenericFile<File> generic) {
    Path file = generic.getFile().toPath();
    String relative = inbox.relative(file);
    if (moved.containsValue(file)) {
      // The same name came again before the journal forgot the first: only then could one be taken
      // for the other.
      settle();
    }
    Optional<InboxPath> path = inbox.read(relative);
    if (path.isEmpty()) {
      return;
    }
    try {
      Optional<Leads.Term> term = leads();
      if (term.isEmpty()) {
        return;
      }
      take(file, relative, path.get(), term.get());
    } catch (NoSuchFileException gone) {
      LOG.debugf("%s left the inbox before it was read", LogText.line(relative));
    } catch (IOException | RuntimeException failure) {
      // The file stays where it is and is tried again at every poll.
      troubles.failed(
          "the inbox",
          "taking " + relative + " failed, it stays in the inbox and is tried again",
          failure);
    }
  }

  private void take(Path file, String relative, InboxPath path, Leads.Term term)
      throws IOException {
    CrashSwitch.reached(CrashPoint.FILE_SEEN, relative);
    long size = Files.size(file);
    diskRoom.check(size, relative);
    long time = Files.getLastModifiedTime(file).toMillis();
    Path side = inbox.file(path.sideFile());
    Map<String, String> given = new LinkedHashMap<>();
    if (Files.isRegularFile(side, LinkOption.NOFOLLOW_LINKS)) {
      given.putAll(MetaFiles.read(side));
    }
    Arrival arrival =
        new Arrival(
            SOURCE,
            relative,
            Optional.of(replyName(path)),
            relative + "|" + size + "|" + time,
            path.account(),
            path.group(),
            path.kind(),
            given,
            charset(path.folder()),
            size,
            Optional.of(time));
    Reception reception;
    try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      reception = journal.documents().accept(arrival, bytes, term);
    }
    Document document = journal.documents().find(reception.document()).orElseThrow();
    // Where it slept meanwhile, or the file is another one by now, whoever leads sees to it.
    if (replica.leadsFiles().equals(Optional.of(term))
        && Files.size(file) == size
        && Files.getLastModifiedTime(file).toMillis() == time) {
      remove(file, document);
    }
  }

  private static String replyName(InboxPath path) {
    return (path.folder().isEmpty() ? "" : path.folder() + "/") + path.name();
  }

  private void remove(Path file, Document document) throws IOException {
    Path target = inbox.done(document.replyName().orElse(document.id()), document.sourcePath());
    CrashSwitch.reached(CrashPoint.ORIGINAL_ACCEPTED, document.id());
    DurableFiles.move(file, target);
    CrashSwitch.reached(CrashPoint.ORIGINAL_MOVED, document.id());
    Path side = inbox.file(inbox.read(document.sourcePath()).orElseThrow().sideFile());
    if (Files.exists(side)) {
      Path sideTarget =
          target.resolveSibling(
              target.getFileName().toString().replaceAll("\\.(json|http)$", ".meta.json"));
      DurableFiles.move(side, sideTarget);
    }
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".done"));
    CrashSwitch.reached(CrashPoint.ORIGINAL_GONE, document.id());
    stableFiles.left(file);
    moved.put(document.id(), file);
    changedFolders.add(file.getParent());
    changedFolders.add(target.getParent());
    if (moved.size() >= SETTLE_AFTER) {
      settle();
    }
  }

  /** Makes the removals true on disk, then lets the journal forget the arrivals. */
  public synchronized void settle() {
    if (moved.isEmpty()) {
      return;
    }
    changedFolders.forEach(DurableFiles::force);
    CrashSwitch.reached(CrashPoint.REMOVALS_ON_DISK, moved.keySet());
    journal.documents().sourcesRemoved(Set.copyOf(moved.keySet()));
    changedFolders.clear();
    moved.clear();
  }

  /**
   * When it begins to lead: files that were accepted are not read again; those that are gone are
   * forgotten.
   */
  private void resume() throws IOException {
    Set<String> gone = new HashSet<>();
    for (Document document : journal.documents().sourcesNotRemoved()) {
      if (document.source().equals(SOURCE) && Files.notExists(inbox.file(document.sourcePath()))) {
        gone.add(document.id());
      }
    }
    journal.documents().sourcesRemoved(gone);
  }

  /** The folder may stand with or without quotes in the site's configuration. */
  private Optional<String> charset(String folder) {
    return settings
        .text("folders.\"" + folder + "\".charset")
        .or(() -> settings.text("folders." + folder + ".charset"));
  }

  /** Reads side files. */
  private static final class MetaFiles {
    static Map<String, String> read(Path side) throws IOException {
      MetaFile meta = MetaFile.read(new FilePayload(side));
      if (meta.problems().isEmpty()) {
        return meta.values();
      }
      Map<String, String> values = new LinkedHashMap<>(meta.values());
      values.put(PlanDocuments.SIDE_FILE_BROKEN, meta.problems().get(0).arguments().toString());
      return values;
    }
  }
}
