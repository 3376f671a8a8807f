package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.markbridge.settings.Settings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk is told once, whatever lies on it: one that fills is one trouble. */
class DisksTest {
  @TempDir private Path folder;

  private Settings settings(String journal, Path replies) {
    return new Settings(
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "markbridge.journal.url",
                        journal,
                        "markbridge.files.replies",
                        replies.toString()),
                    "site",
                    100))
            .build());
  }

  private Settings inFiles() {
    return settings("jdbc:sqlite:" + folder.resolve("data/m.db"), folder.resolve("replies"));
  }

  @Test
  void diskThatHoldsBothIsOne() {
    assertThat(Disks.of(inFiles()))
        .as("also before their folders are there")
        .containsExactly(entry("journal and replies", folder.resolve("data")));
  }

  @Test
  void twoDisksAreTwo() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(folder.resolve("replies"));
    assertThat(Disks.of(inFiles(), Path::getFileName))
        .containsExactly(
            entry("journal", folder.resolve("data")), entry("replies", folder.resolve("replies")));
  }

  @Test
  void diskOfPostgresqlIsNotSeen() {
    assertThat(Disks.of(settings("jdbc:postgresql://host/m", folder)))
        .containsExactly(entry("replies", folder));
  }
}
