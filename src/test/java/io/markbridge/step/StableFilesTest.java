package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.ManualClock;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A half-written file is never read. */
class StableFilesTest {
  @TempDir Path directory;
  private final ManualClock clock = new ManualClock();
  private final StableFiles stable = new StableFiles(clock);

  @Test
  void aFileIsTakenWhenTwoPollsSeeTheSame() throws IOException {
    Path file = write("a.json", "{");
    assertThat(accepts(file)).isFalse();
    Files.writeString(file, "}", StandardOpenOption.APPEND);
    assertThat(accepts(file)).as("it grew").isFalse();
    assertThat(accepts(file)).isTrue();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(accepts(file)).as("it was touched").isFalse();
    stable.left(file);
    assertThat(accepts(file)).as("another file of the same name").isFalse();
  }

  @Test
  void aMarkerBesideItIsEnough() throws IOException {
    Path file = write("a.http", "GET /");
    write("a.http.done", "");
    assertThat(accepts(file)).isTrue();
  }

  @Test
  void aWholeFileThatWasRenamedIsTakenAtOnce() throws IOException {
    Path part = write("a.json.part", "{}");
    assertThat(accepts(part)).isFalse();
    Path file = Files.move(part, directory.resolve("a.json"));
    assertThat(accepts(file)).isTrue();
  }

  @Test
  void whatBecameOfATemporaryFileMeanwhileIsWaitedFor() throws IOException {
    Path part = write("a.json.tmp", "{");
    assertThat(accepts(part)).isFalse();
    Path file = Files.move(part, directory.resolve("a.json"));
    Files.writeString(file, "\"half", StandardOpenOption.APPEND);
    assertThat(accepts(file))
        .as("the file system may give a new file the number of one that is gone")
        .isFalse();
    assertThat(accepts(file)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.txt", "a.meta.json", "a.json.done", "a.json.tmp", "a.part", "a.filepart", "a"})
  void otherFilesAreNeverTaken(String name) throws IOException {
    Path file = write(name, "{}");
    for (int poll = 0; poll < 3; poll++) {
      assertThat(accepts(file)).isFalse();
    }
  }

  @Test
  void namesAreReadWithoutRegardToCase() throws IOException {
    Path file = write("A.JSON", "{}");
    accepts(file);
    assertThat(accepts(file)).isTrue();
  }

  @Test
  void aFileThatIsGoneIsNotTaken() {
    assertThat(accepts(directory.resolve("gone.json"))).isFalse();
    assertThat(accepts(directory.resolve("gone.json"))).isFalse();
  }

  @Test
  void sightingsAreForgotten() throws IOException {
    Path file = write("a.json", "{}");
    accepts(file);
    clock.advance(Duration.ofMinutes(6));
    assertThat(accepts(file)).as("a sighting of long ago tells nothing").isFalse();
    assertThat(accepts(file)).isTrue();
  }

  @Test
  void anEmptyFileIsGivenTimeToBeWritten() throws IOException {
    Path file = write("a.json", "");
    assertThat(accepts(file)).isFalse();
    assertThat(accepts(file)).isFalse();
    clock.advance(Duration.ofSeconds(5));
    assertThat(accepts(file)).isTrue();
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path outside = Files.createTempDirectory("outside");
    Path secret = Files.writeString(outside.resolve("secret.json"), "{}");
    Path link = Files.createSymbolicLink(directory.resolve("a.json"), secret);
    Path folder = Files.createSymbolicLink(directory.resolve("folder"), outside);
    assertThat(accepts(link)).isFalse();
    assertThat(accepts(link)).isFalse();
    assertThat(accepts(folder)).isFalse();
    Files.delete(secret);
    Files.delete(outside);
  }

  @Test
  void foldersAreLookedInto() {
    assertThat(accepts(directory)).isTrue();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private boolean accepts(Path path) {
    GenericFile<File> file = new GenericFile<>();
    file.setFile(path.toFile());
    file.setDirectory(Files.isDirectory(path));
    return stable.accept(file);
  }
}
