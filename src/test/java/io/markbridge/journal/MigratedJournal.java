package io.markbridge.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** A new journal in SQLite, as its start makes it; migrating takes longer than most tests. */
public final class MigratedJournal {
  private static byte[] bytes;

  private MigratedJournal() {}

  /** Writes it there. */
  public static void write(Path file) throws IOException {
    Files.write(file, bytes());
  }

  private static synchronized byte[] bytes() throws IOException {
    if (bytes == null) {
      Path folder = Files.createTempDirectory("markbridge-migrated");
      Path file = folder.resolve("markbridge.db");
      SqliteFile.create(file);
      Flyway.configure()
          .dataSource("jdbc:sqlite:" + file, null, null)
          .locations("classpath:db/migration")
          .load()
          .migrate();
      bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(folder);
    }
    return bytes;
  }
}
