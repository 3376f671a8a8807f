package io.markbridge.step;

import io.markbridge.settings.Settings;
import java.nio.file.Path;

/** Where the journal's database file is. */
public final class JournalPath {
  private static final String SQLITE = "jdbc:sqlite:";

  private JournalPath() {}

  /** The database file; the working directory's where the journal is no file. */
  public static Path file(Settings settings) {
    String url = settings.journalUrl();
    if (!url.startsWith(SQLITE)) {
      return Path.of("").toAbsolutePath().resolve("journal");
    }
    String file = url.substring(SQLITE.length());
    int parameters = file.indexOf('?');
    return Path.of(parameters < 0 ? file : file.substring(0, parameters)).toAbsolutePath();
  }

  static Path folder(Settings settings) {
    return file(settings).getParent();
  }
}
