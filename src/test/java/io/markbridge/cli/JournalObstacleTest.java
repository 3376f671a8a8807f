package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.markbridge.journal.SqliteTrouble;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each obstacle with its own next step; only the damaged journal with a backup. */
class JournalObstacleTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "RIGHTS, 'cannot open it for reading and writing', chown",
    "READ_ONLY, 'its disk takes no writing', mount it for reading and writing",
    "HELD, 'another process holds it', end that one and try again",
    "FULL, 'its disk is full', make room and try again",
    "DISK, 'its disk or file system fails', 'look at the mount, the disk'"
  })
  void isToldForWhatItIs(SqliteTrouble trouble, String what, String step) {
    assertThat(JournalObstacle.told(directory.resolve("markbridge.db"), trouble, "so it says"))
        .contains(what, "(so it says)", step, "keep it: nothing says that it is damaged")
        .doesNotContain("backup", "\n");
  }

  @Test
  void damagedOneIsToBeRestored() {
    assertThat(JournalObstacle.told(directory, SqliteTrouble.DAMAGED, "so it says"))
        .startsWith("it is damaged: so it says")
        .contains("restore it from a backup");
  }

  /** The JDK's own modules lie on a file system that takes no writing, whoever asks. */
  @Test
  void diskThatTakesNoWritingIsSeen() throws Exception {
    Path file = Path.of(URI.create("jrt:/java.base/module-info.class"));
    assumeTrue(Files.getFileStore(file).isReadOnly());
    for (FileSystemException refused :
        new FileSystemException[] {
          new AccessDeniedException(file.toString()),
          new FileSystemException(file + ".lock", null, "Read-only file system")
        }) {
      assertThat(JournalObstacle.told(file, refused))
          .startsWith("its disk takes no writing (")
          .doesNotContain("chown");
    }
  }
}
