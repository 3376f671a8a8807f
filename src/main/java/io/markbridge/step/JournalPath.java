package io.markbridge.step;

import io.markbridge.journal.Dialect;
import io.markbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the journal's database file is, and what lies beside it. */
public final class JournalPath {
  private static final String SQLITE = "jdbc:sqlite:";

  private JournalPath() {}

  /** The database file of a journal on SQLite. */
  public static Path file(Settings settings) {
    String file = settings.journalUrl().substring(SQLITE.length());
    int parameters = file.indexOf('?');
    return Path.of(parameters < 0 ? file : file.substring(0, parameters)).toAbsolutePath();
  }

  /** Where the bridge keeps files of its own; {@code data} where the journal is no file. */
  public static Path folder(Settings settings) {
    return isFile(settings) ? file(settings).getParent() : Path.of("data").toAbsolutePath();
  }

  /** Beside a journal that is a file: the same disk, whose room is checked, and the same owner. */
  static Path temporaryFolder(Settings settings) {
    return folder(settings).resolve("temporary");
  }

  /**
   * How many bytes the journal can still take. The disk of PostgreSQL cannot be seen from here:
   * when it is full a commit fails, and the document stays where it came from.
   */
  public static long usableBytes(Settings settings) throws IOException {
    return isFile(settings)
        ? Files.getFileStore(folder(settings)).getUsableSpace()
        : Long.MAX_VALUE;
  }

  /** Whether the journal is a file of this machine. */
  public static boolean isFile(Settings settings) {
    return Dialect.of(settings.journalUrl()) == Dialect.SQLITE;
  }
}
