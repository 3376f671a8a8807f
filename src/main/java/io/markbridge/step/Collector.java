package io.markbridge.step;

import io.markbridge.crash.CrashPoint;
import io.markbridge.crash.CrashSwitch;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FilePayload;
import io.markbridge.document.ProblemSentences;
import io.markbridge.journal.Arrival;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Leads;
import io.markbridge.journal.Reception;
import io.markbridge.legacy.InboxPath;
import io.markbridge.legacy.MetaFile;
import io.markbridge.settings.Settings;
import io.markbridge.step.Drop.Fetched;
import io.markbridge.step.Drop.Folder;
import io.markbridge.step.Drop.Look;
import io.markbridge.step.Drop.Place;
import io.markbridge.traces.Traces;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes whole files of one drop into the journal, and only then moves them away. */
final class Collector {
  private static final int SETTLE_AFTER = 200;

  private final Drop drop;
  private final DropNames names;
  private final Journal journal;
  private final Settings settings;
  private final Replica replica;
  private final DiskRoom diskRoom;
  private final Runnable comes;

  /** Documents whose originals have left the inbox, with what these were called. */
  private final Map<String, String> moved = new HashMap<>();

  /** One place of each folder whose entries are not on the disk yet, by the folder. */
  private final Map<String, Place> changed = new HashMap<>();

  /** The term of leading in which the arrivals of earlier ones were looked after. */
  private Optional<Leads.Term> resumed = Optional.empty();

  /**
   * @param comes is told of each piece of a document that is read
   */
  Collector(
      Drop drop,
      DropNames names,
      Journal journal,
      Settings settings,
      Replica replica,
      DiskRoom diskRoom,
      Runnable comes) {
    this.drop = drop;
    this.names = names;
    this.journal = journal;
    this.settings = settings;
    this.replica = replica;
    this.diskRoom = diskRoom;
    this.comes = comes;
  }

  /**
   * Whether this process reads the drop and writes its replies: of several replicas one does.
   *
   * @return the term in which it does
   * @throws IOException when the drop cannot be asked what became of earlier arrivals
   */
  synchronized Optional<Leads.Term> leads() throws IOException {
    Optional<Leads.Term> term = replica.leadsFiles();
    if (term.isPresent() && !term.equals(resumed)) {
      resume();
      resumed = term;
    }
    return term;
  }

  /** What was moved away without anyone knowing is looked after once more. */
  synchronized void resumeAgain() {
    resumed = Optional.empty();
  }

  /**
   * Takes one file that is whole; what is no document stays.
   *
   * @param relative below the drop's inbox, with {@code /}
   * @param seen what it looked like when it was found whole
   * @return whether it was taken
   */
  boolean collect(String relative, Look seen) throws IOException {
    Optional<InboxPath> path = names.read(relative);
    if (path.isEmpty()) {
      return false;
    }
    Optional<Leads.Term> term = leads();
    if (term.isEmpty()) {
      return false;
    }
    CrashSwitch.reached(CrashPoint.FILE_SEEN, relative);
    diskRoom.check(seen.size(), relative);
    Place place = new Place(Folder.INBOX, relative);
    Instant begun = Instant.ofEpochMilli(journal.now());
    Place side = names.inbox(path.get().sideFile());
    Arrival arrival = arrival(path.get(), relative, seen, given(side));
    // Others wait for the removal only, not for the way from a server.
    try (Fetched fetched = drop.fetch(place, seen)) {
      take(arrival, place, side, seen, fetched, term.get(), begun);
    }
    return true;
  }

  private synchronized void take(
      Arrival arrival,
      Place place,
      Place side,
      Look seen,
      Fetched fetched,
      Leads.Term term,
      Instant begun)
      throws IOException {
    if (moved.containsValue(place.path())) {
      // The same name came again before the journal forgot the first: only then could one be taken
      // for the other.
      settle();
    }
    Reception reception;
    try (InputStream bytes = unchanged(fetched.file(), place, seen)) {
      reception = journal.documents().accept(arrival, bytes, term);
    }
    Document document = journal.documents().find(reception.document()).orElseThrow();
    if (!reception.already()) {
      DocumentCounts.received(drop.source(), 1);
    }
    Traces.collected(document.id(), document.source(), document.kind(), begun);
    try (LogContext context = LogContext.of(document)) {
      // Where it slept meanwhile, or the file is another one by now, whoever leads sees to it.
      if (replica.leadsFiles().equals(Optional.of(term))
          && drop.look(place).equals(Optional.of(seen))) {
        remove(place, side, document);
      }
    }
  }

  /**
   * Its bytes, which end only where the file is still what was seen: one that was overwritten by
   * another of the same size would be taken now, in part perhaps, and once more later.
   */
  private InputStream unchanged(Path file, Place place, Look seen) throws IOException {
    InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    return new FilterInputStream(new WatchedInput(bytes, comes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count < 0 && !drop.look(place).equals(Optional.of(seen))) {
          throw new FileSystemException(
              place.toString(), null, "changed while it was read: it is still being written");
        }
        return count;
      }
    };
  }

  private Arrival arrival(InboxPath path, String relative, Look seen, Map<String, String> given) {
    String replyName = (path.folder().isEmpty() ? "" : path.folder() + "/") + path.name();
    String origin = drop.source().equals(LocalDrop.SOURCE) ? "" : drop.source() + "|";
    return new Arrival(
        drop.source(),
        names.sourcePath(relative),
        Optional.of(replyName),
        origin + relative + "|" + seen.size() + "|" + seen.time(),
        path.account(),
        path.group(),
        path.kind(),
        given,
        charset(path.folder()),
        seen.size(),
        Optional.of(seen.time()));
  }

  /** What the side file says; a broken one rejects the document later. */
  private Map<String, String> given(Place side) throws IOException {
    Optional<Look> look = drop.look(side);
    if (look.isEmpty()) {
      return Map.of();
    }
    MetaFile meta;
    if (look.get().size() > MetaFile.MAXIMUM_BYTES) {
      meta = MetaFile.tooLarge(look.get().size());
    } else {
      try (Fetched fetched = drop.fetch(side, look.get())) {
        meta = MetaFile.read(new FilePayload(fetched.file()));
      }
    }
    if (meta.problems().isEmpty()) {
      return meta.values();
    }
    Map<String, String> values = new LinkedHashMap<>(meta.values());
    values.put(
        PlanDocuments.SIDE_FILE_BROKEN,
        new ProblemSentences(settings.language()).say(meta.problems().get(0)));
    return values;
  }

  /**
   * The original leaves last: where the process ends before, it is met again and known, and no side
   * file stays behind for a later document of its name.
   */
  private void remove(Place place, Place side, Document document) throws IOException {
    String name = document.replyName().orElse(document.id());
    Place done = names.done(name, document.sourcePath());
    // Where the process ended before this, its refusal may have been answered since.
    Place target =
        document.state() == DocumentState.REJECTED
            ? names.failed(name, document.sourcePath())
            : done;
    CrashSwitch.reached(CrashPoint.ORIGINAL_ACCEPTED, document.id());
    if (drop.look(side).isPresent()) {
      drop.move(
          side, new Place(done.folder(), done.path().replaceAll("\\.(json|http)$", ".meta.json")));
    }
    drop.delete(place.withEnding(".done"));
    CrashSwitch.reached(CrashPoint.ORIGINAL_ALONE, document.id());
    drop.move(place, target);
    CrashSwitch.reached(CrashPoint.ORIGINAL_GONE, document.id());
    moved.put(document.id(), place.path());
    changed.put(folder(place), place);
    changed.put(folder(target), target);
    if (moved.size() >= SETTLE_AFTER) {
      settle();
    }
  }

  private static String folder(Place place) {
    return place.folder() + place.path().substring(0, place.path().lastIndexOf('/') + 1);
  }

  /** Makes the removals true on disk, then lets the journal forget the arrivals. */
  synchronized void settle() {
    if (moved.isEmpty()) {
      return;
    }
    changed.values().forEach(drop::force);
    CrashSwitch.reached(CrashPoint.REMOVALS_ON_DISK, moved.keySet());
    journal.documents().sourcesRemoved(Set.copyOf(moved.keySet()));
    changed.clear();
    moved.clear();
  }

  /** Files that were accepted are not read again; those that are gone are forgotten. */
  private void resume() throws IOException {
    Set<String> gone = new HashSet<>();
    for (Document document : journal.documents().sourcesNotRemoved()) {
      if (document.source().equals(drop.source())
          && drop.look(names.inbox(document.sourcePath())).isEmpty()) {
        gone.add(document.id());
      }
    }
    journal.documents().sourcesRemoved(gone);
  }

  /**
   * Moves the original of a document from done/ to failed/ or back, where it is in the other one:
   * not while it is still moved there.
   *
   * @param through the same drop, on a way that no document of any size keeps busy
   * @return whether it was moved
   */
  synchronized boolean place(Drop through, Document document, boolean refused) throws IOException {
    String name = document.replyName().orElse(document.id());
    Place done = names.done(name, document.sourcePath());
    Place failed = names.failed(name, document.sourcePath());
    Place from = refused ? done : failed;
    if (through.look(from).isEmpty()) {
      return false;
    }
    through.move(from, refused ? failed : done);
    return true;
  }

  private Optional<String> charset(String folder) {
    return settings.keyOfFolder(folder, "charset").flatMap(settings::text);
  }
}
