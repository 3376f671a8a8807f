package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFilesTest {
  @TempDir Path folder;

  @Test
  void whatAKilledProcessLeftIsRemovedAfterADayAndNothingYounger() throws IOException {
    Path left = Files.createDirectory(folder.resolve("codes1"));
    Files.writeString(left.resolve("units"), "x");
    Path file = Files.writeString(folder.resolve("codes.tmp"), "x");
    Instant made = Files.getLastModifiedTime(left).toInstant();

    TemporaryFiles.removeOld(folder, made.plus(Duration.ofHours(23)));
    assertThat(left.resolve("units")).exists();
    assertThat(file).exists();

    TemporaryFiles.removeOld(folder, made.plus(Duration.ofHours(25)));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatNeverWasIsNoTrouble() throws IOException {
    TemporaryFiles.removeOld(folder.resolve("none"), Instant.now());
    assertThat(folder).isEmptyDirectory();
  }
}
