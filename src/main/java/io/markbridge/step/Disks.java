package io.markbridge.step;

import io.markbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The disks that the bridge fills and can measure: that of the replies, and that of a journal in a
 * file. The disk of PostgreSQL is not seen from here.
 */
public final class Disks {
  private Disks() {}

  /**
   * A folder on each disk, by what the bridge writes there: {@code journal}, {@code replies}, or
   * {@code journal and replies} where both lie on one, which is measured, and told, once.
   */
  public static Map<String, Path> of(Settings settings) {
    return of(settings, Disks::disk);
  }

  /**
   * @param disk tells two disks apart
   */
  static Map<String, Path> of(Settings settings, Function<Path, Object> disk) {
    Map<String, Path> folders = new LinkedHashMap<>();
    Path replies = settings.folder("replies").toAbsolutePath();
    if (!JournalPath.isFile(settings)) {
      folders.put("replies", replies);
      return folders;
    }
    Path journal = JournalPath.folder(settings);
    if (disk.apply(existing(journal)).equals(disk.apply(existing(replies)))) {
      folders.put("journal and replies", journal);
    } else {
      folders.put("journal", journal);
      folders.put("replies", replies);
    }
    return folders;
  }

  /** Two mounts of one disk are one; where nothing is known of it, each folder is one. */
  private static Object disk(Path folder) {
    try {
      return folder.getFileSystem().supportedFileAttributeViews().contains("unix")
          ? Files.getAttribute(folder, "unix:dev")
          : Files.getFileStore(folder);
    } catch (IOException unreadable) {
      return folder;
    }
  }

  /**
   * How many bytes a disk can still take.
   *
   * @param folder on it; may not be there yet, as that of replies before the first one
   */
  public static long usableBytes(Path folder) throws IOException {
    return Files.getFileStore(existing(folder)).getUsableSpace();
  }

  private static Path existing(Path folder) {
    Path existing = folder;
    while (Files.notExists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }
}
