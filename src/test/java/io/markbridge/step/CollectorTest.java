package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.journal.JournalFixture;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SettingsSource;
import io.markbridge.settings.SiteFiles;
import io.markbridge.step.Drop.Folder;
import io.markbridge.step.Drop.Look;
import io.markbridge.step.Drop.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of this machine. */
class CollectorTest {
  @TempDir Path folder;

  @Test
  void fileThatIsOverwrittenAfterItWasSeenIsTakenOnce() throws Exception {
    try (JournalFixture journals = new JournalFixture(folder)) {
      StringBuilder folders = new StringBuilder();
      for (String name : List.of("inbox", "replies", "done", "failed")) {
        folders.append("markbridge.files." + name + "=" + folder.resolve(name) + "\n");
      }
      Files.createDirectories(folder.resolve("config"));
      Files.writeString(folder.resolve("config/application.properties"), folders);
      Settings settings = new Settings(SettingsSource.config(folder, Map.of()));
      LocalDrop drop = new LocalDrop(settings);
      Replica replica = new Replica(journals.journal(), settings, journals.clock);
      replica.beat();
      Collector collector =
          new Collector(
              drop,
              new DropNames(
                  settings, journals.preset(), LegacyApi.load(SiteFiles.here(), "suz"), ""),
              journals.journal(),
              settings,
              replica,
              new DiskRoom(() -> Long.MAX_VALUE, DiskRoom.STORED),
              () -> {});
      Place place = new Place(Folder.INBOX, "beer/a.json");
      Files.createDirectories(drop.path(place).getParent());
      Files.writeString(drop.path(place), "first");
      Look seen = drop.look(place).orElseThrow();
      Files.writeString(drop.path(place), "other");
      Files.setLastModifiedTime(drop.path(place), FileTime.fromMillis(seen.time() + 1));

      assertThatThrownBy(() -> collector.collect("beer/a.json", seen))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("changed while it was read");
      assertThat(journals.journal().documents().list(Optional.empty(), 10)).isEmpty();

      assertThat(collector.collect("beer/a.json", drop.look(place).orElseThrow())).isTrue();
      assertThat(journals.journal().documents().list(Optional.empty(), 10)).hasSize(1);
      assertThat(drop.look(place)).isEmpty();
    }
  }
}
