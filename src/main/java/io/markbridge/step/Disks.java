package io.markbridge.step;

import io.markbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The disks that the bridge fills and can measure: that of the replies, and that of a journal in a
 * file. The disk of PostgreSQL is not seen from here.
 */
public final class Disks {
  private Disks() {}

  /** A folder on each disk, by what the bridge writes there. */
  public static Map<String, Path> of(Settings settings) {
    Map<String, Path> folders = new LinkedHashMap<>();
    if (JournalPath.isFile(settings)) {
      folders.put("journal", JournalPath.folder(settings));
    }
    folders.put("replies", settings.folder("replies").toAbsolutePath());
    return folders;
  }

  /**
   * How many bytes a disk can still take.
   *
   * @param folder on it; may not be there yet, as that of replies before the first one
   */
  public static long usableBytes(Path folder) throws IOException {
    Path existing = folder;
    while (Files.notExists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return Files.getFileStore(existing).getUsableSpace();
  }
}
