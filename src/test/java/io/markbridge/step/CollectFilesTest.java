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
import java.util.ArrayList;
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
      Troubles troubles = new Troubles(journals.clock);
      SourceHealth health = new SourceHealth(troubles, new NoEvents(), journals.clock);
      CollectFiles files = files(journals, troubles, health);
      health.failed(LocalDrop.SOURCE, "a test", new IOException("half of it"));

      for (int number = 0; number < 3; number++) {
        journals.clock.advance(Duration.ofSeconds(20));
        collect(files, number + ".json", "{}");
        assertThat(health.lastSuccess(LocalDrop.SOURCE)).contains(journals.clock.instant());
      }
      assertThat(journals.journal().documents().list(Optional.empty(), 10)).hasSize(3);
      assertThat(troubles.of(LocalDrop.SOURCE)).as("only the whole look ends it").hasSize(1);
    }
  }

  /** One file of a slow share may take longer than a silence that somebody is told of. */
  @Test
  void anInboxIsNotSilentWhileALargeFileIsRead() throws Exception {
    try (JournalFixture journals = new JournalFixture(folder)) {
      Troubles troubles = new Troubles(journals.clock);
      List<String> looks = new ArrayList<>();
      SourceHealth health =
          new SourceHealth(troubles, new NoEvents(), journals.clock) {
            @Override
            public void looked(String source) {
              looks.add(source);
            }
          };
      collect(files(journals, troubles, health), "large.json", "{" + " ".repeat(2_000_000) + "}");
      assertThat(journals.journal().documents().list(Optional.empty(), 10)).hasSize(1);
      assertThat(looks).as("of one file").hasSizeGreaterThan(2).containsOnly(LocalDrop.SOURCE);
    }
  }

  private CollectFiles files(JournalFixture journals, Troubles troubles, SourceHealth health)
      throws IOException {
    StringBuilder lines =
        new StringBuilder(
            "markbridge.journal.url=jdbc:sqlite:" + folder.resolve("markbridge.db") + "\n");
    for (String name : List.of("inbox", "replies", "done", "failed")) {
      lines.append("markbridge.files." + name + "=" + folder.resolve(name) + "\n");
    }
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(folder.resolve("config/application.properties"), lines);
    Settings settings = new Settings(SettingsSource.config(folder, Map.of()));
    Replica replica = new Replica(journals.journal(), settings, journals.clock);
    replica.beat();
    return new CollectFiles(
        new LocalDrop(settings),
        new DropNames(settings, journals.preset(), LegacyApi.load(SiteFiles.here(), "suz"), ""),
        journals.journal(),
        settings,
        new StableFiles(journals.clock),
        replica,
        troubles,
        health);
  }

  private void collect(CollectFiles files, String name, String content) throws IOException {
    Path file = folder.resolve("inbox/beer").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    GenericFile<File> found = new GenericFile<>();
    found.setFile(file.toFile());
    files.collect(found);
  }
}
