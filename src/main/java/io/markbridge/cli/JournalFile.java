package io.markbridge.cli;

import io.markbridge.journal.SqliteFile;
import io.markbridge.settings.Settings;
import io.markbridge.step.JournalPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The journal's file before the first connection: its folder, its one owner, and what must be set
 * before the first table.
 */
final class JournalFile {
  /** Held for the life of the process. */
  private static FileChannel lock;

  private JournalFile() {}

  static void prepare() throws IOException {
    Settings settings = new Settings(ConfigProvider.getConfig());
    if (!settings.journalUrl().startsWith("jdbc:sqlite:")) {
      return;
    }
    Path file = JournalPath.file(settings);
    Files.createDirectories(file.getParent());
    lock =
        FileChannel.open(
            file.resolveSibling(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      throw new IOException(
          "opening the journal "
              + file
              + ": another bridge runs on it; stop that one, or set markbridge.journal.url");
    }
    SqliteFile.create(file);
  }
}
