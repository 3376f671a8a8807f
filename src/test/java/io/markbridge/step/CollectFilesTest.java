package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.journal.JournalFixture;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SettingsSource;
import io.markbridge.settings.SiteFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectFilesTest {
  @TempDir Path folder;

  /** A poll ends when all is taken: of a large inbox that may be long after the last one. */
  @Test
  void anInboxIsNotSilentWhileItsFilesAreTaken() throws Exception {
    try (JournalFixture journals = new JournalFixture(folder)) {
      StringBuilder lines =
          new StringBuilder(
              "markbridge.journal.url=jdbc:sqlite:" + folder.resolve("markbridge.db") + "\n");
      for (String name : List.of("inbox", "replies", "done", "failed")) {
        lines.append("markbridge.files." + name + "=" + folder.resolve(name) + "\n");
      }
      Files.createDirectories(folder.resolve("config"));
      Files.writeString(folder.resolve("config/application.properties"), lines);
      Settings settings = new Settings(SettingsSource.config(folder, Map.of()));
      Troubles troubles = new Troubles(journals.clock);
      SourceHealth health = new SourceHealth(troubles, new NoEvents(), journals.clock);
      Replica replica = new Replica(journals.journal(), settings, journals.clock);
      replica.beat();
      CollectFiles files =
          new CollectFiles(
              new LocalDrop(settings),
              new DropNames(
                  settings, journals.preset(), LegacyApi.load(SiteFiles.here(), "suz"), ""),
              journals.journal(),
              settings,
              new StableFiles(journals.clock),
              replica,
              troubles,
              health);
      health.failed(LocalDrop.SOURCE, "a test", new IOException("half of it"));

      for (int number = 0; number < 3; number++) {
        journals.clock.advance(Duration.ofSeconds(20));
        Path file = folder.resolve("inbox/beer/" + number + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{}");
        GenericFile<File> found = new GenericFile<>();
        found.setFile(file.toFile());
        files.collect(found);
        assertThat(health.lastSuccess(LocalDrop.SOURCE)).contains(journals.clock.instant());
      }
      assertThat(journals.journal().documents().list(Optional.empty(), 10)).hasSize(3);
      assertThat(troubles.of(LocalDrop.SOURCE)).as("only the whole look ends it").hasSize(1);
    }
  }
}
