package io.markbridge.step;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.ChannelSftp.LsEntrySelector;
import com.jcraft.jsch.SftpATTRS;
import io.markbridge.settings.SftpServer;
import io.markbridge.step.Drop.Folder;
import io.markbridge.step.Drop.Look;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Finds the files that are whole below the inbox of a server. */
final class SftpListing {
  private static final Logger LOG = Logger.getLogger(SftpListing.class);
  private static final int MOST_FOLDERS_DEEP = 16;
  private static final Duration SOON = Duration.ofMinutes(5);

  /** The rest is seen when these are gone. */
  private static final int MOST_DOCUMENTS = 20_000;

  private static final int MOST_FOLDERS = 10_000;
  private static final int MOST_WARNINGS = 1_000;

  /** What a name becomes that is not in UTF-8. */
  private static final char UNREADABLE = '\uFFFD';

  private final SftpDrop drop;
  private final Sightings sightings;
  private final Set<String> warned = new HashSet<>();
  private final List<IOException> closed = new ArrayList<>();
  private int documents;

  SftpListing(SftpDrop drop, SftpServer server, Clock clock) {
    this.drop = drop;
    Duration often = server.poll().plus(server.stableFor()).multipliedBy(3);
    this.sightings =
        new Sightings(clock, server.stableFor(), often.compareTo(SOON) > 0 ? often : SOON);
  }

  /**
   * A file that is whole.
   *
   * @param source of the drop that it lies in
   * @param path below the inbox
   */
  record Found(String source, String path, Look look) {}

  /** What one folder holds. */
  private static final class Entries {
    private final Map<String, Look> documents = new HashMap<>();
    private final Map<String, Look> temporary = new HashMap<>();
    private final Set<String> markers = new HashSet<>();
    private final List<String> folders = new ArrayList<>();
  }

  /** All files that are whole now, the oldest first: so that an order comes before its report. */
  List<Found> whole() throws IOException {
    sightings.sweep();
    documents = 0;
    closed.clear();
    List<Found> found = new ArrayList<>();
    Deque<String> folders = new ArrayDeque<>(List.of(""));
    while (!folders.isEmpty() && documents < MOST_DOCUMENTS) {
      String folder = folders.pop();
      Entries entries = listAnyhow(folder);
      look(folder, entries, found);
      if (folder.chars().filter(one -> one == '/').count() < MOST_FOLDERS_DEEP
          && folders.size() < MOST_FOLDERS) {
        entries.folders.forEach(name -> folders.push(folder + name + "/"));
      }
    }
    found.sort(
        Comparator.comparingLong((Found one) -> one.look().time()).thenComparing(Found::path));
    return found;
  }

  /** Folders that could not be listed the last time, while the others were. */
  List<IOException> closed() {
    return List.copyOf(closed);
  }

  /** The file has left. */
  void left(String path) {
    sightings.left(path);
  }

  private void look(String folder, Entries entries, List<Found> found) {
    // The protocol has nothing that stays through a rename but what the file is to be called.
    entries.temporary.forEach((name, look) -> sightings.temporary(folder + name, look));
    entries.documents.forEach(
        (name, look) -> {
          String path = folder + name;
          Optional<Object> renamed =
              look.size() > 0 && !entries.temporary.containsKey(name)
                  ? Optional.of(path)
                  : Optional.empty();
          if (entries.markers.contains(name) || sightings.whole(path, look, renamed)) {
            found.add(new Found(drop.source(), path, look));
          }
        });
  }

  /** One folder below the inbox keeps nobody from the others. */
  private Entries listAnyhow(String folder) throws IOException {
    try {
      return list(folder);
    } catch (FileSystemException failure) {
      if (folder.isEmpty()) {
        throw failure;
      }
      if (!(failure instanceof NoSuchFileException)) {
        // Its name is part of the reason: each of them is told.
        closed.add(new IOException(failure.toString(), failure));
      }
      return new Entries();
    }
  }

  private Entries list(String folder) throws IOException {
    String root = drop.root(Folder.INBOX);
    String path =
        folder.isEmpty()
            ? root
            : (root.equals("/") ? "" : root) + "/" + folder.substring(0, folder.length() - 1);
    Entries entries = new Entries();
    return drop.connection()
        .run(
            path,
            channel -> {
              channel.ls(SftpDrop.quoted(path), entry -> sort(folder, entry, entries));
              return entries;
            });
  }

  private int sort(String folder, LsEntry entry, Entries entries) {
    drop.connection().progress();
    String name = entry.getFilename();
    SftpATTRS attributes = entry.getAttrs();
    if (name.startsWith(".")
        || name.equals("lost+found")
        || name.isEmpty()
        || name.indexOf('/') >= 0) {
      // Hidden, or the file system's own; or no name at all, whatever a server may say.
      return LsEntrySelector.CONTINUE;
    }
    if (attributes.isLink()) {
      warn(folder + name, "is a symbolic link: links below the inbox are not followed");
    } else if (name.indexOf(UNREADABLE) >= 0) {
      warn(folder + name, "has a name that is not in UTF-8: it stays there until it is renamed");
    } else if (attributes.isDir()) {
      entries.folders.add(name);
    } else if (Sightings.isTemporary(name)) {
      entries.temporary.put(Sightings.withoutTemporary(name), SftpDrop.look(attributes));
    } else if (name.endsWith(".done")) {
      entries.markers.add(name.substring(0, name.length() - ".done".length()));
    } else if (Sightings.isDocument(name)) {
      entries.documents.put(name, SftpDrop.look(attributes));
      documents++;
    }
    return documents < MOST_DOCUMENTS ? LsEntrySelector.CONTINUE : LsEntrySelector.BREAK;
  }

  private void warn(String path, String why) {
    if (warned.size() < MOST_WARNINGS && warned.add(path)) {
      LOG.warnf("%s: %s %s", drop.source(), LogText.line(path), why);
    }
  }
}
