package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.markbridge.cli.check.CheckCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that was there and is not whole is told, never silently started over. */
class JournalFileTest {
  private static final int PAGE = 4096;

  @TempDir private Path directory;
  private CommandHarness harness;
  private Path file;

  @BeforeEach
  void makeJournal() throws IOException {
    harness = new CommandHarness(directory).withJournal();
    file = harness.journalFile();
    start();
  }

  private void start() throws IOException {
    try (FileChannel held = JournalFile.prepare(file)) {
      assertThat(held.isOpen()).isTrue();
    }
  }

  private void truncate(long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private Path mark() {
    return file.resolveSibling("markbridge.db.lock");
  }

  @Test
  void wholeJournalStartsAgainAndAgain() throws IOException {
    start();
    start();
    assertThat(mark()).content().startsWith("a journal was made here on ").hasLineCount(1);
  }

  @Test
  void missingOrEmptyJournalIsNotStartedOver() throws IOException {
    truncate(1);
    assertThatThrownBy(this::start).hasMessageContaining(file + ": it is empty");
    truncate(0);
    assertThatThrownBy(this::start)
        .hasMessageContaining(file + ": it is empty, and a journal was made here on 20")
        .hasMessageContaining("restore it from a backup, or remove " + mark());
    Files.delete(file);
    assertThatThrownBy(this::start).hasMessageContaining(file + ": it is missing");
    assertThat(file).doesNotExist();

    Files.delete(mark());
    assertThatCode(this::start).doesNotThrowAnyException();
    assertThat(file).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 99, 100, 511, PAGE - 1, PAGE, 3 * PAGE, 7 * PAGE + 100, -1, -PAGE})
  void truncatedJournalIsRefused(int size) throws IOException {
    long whole = Files.size(file);
    truncate(size < 0 ? whole + size : size);
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(this::start)
        .hasMessageStartingWith("opening the journal " + file + ": it is damaged: ")
        .hasMessageContaining("restore it from a backup");
    assertThat(file).as("left as it was").hasBinaryContent(before);
    assertThatThrownBy(() -> JournalFile.check(file, 0))
        .as("also where it is too large to be read in full")
        .hasMessageContaining("it is damaged");
    assertThat(
            CommandHarness.run(
                    new CheckCommand(harness.workplace(), path -> 1L << 40, (host, port) -> {}))
                .output())
        .containsPattern("journal +ERROR +opening the journal .* it is (damaged|no journal)");
  }

  /** A log in whose place a folder lies is closed to root too, as another user's is to others. */
  @Test
  void journalThatCannotBeOpenedIsNotToldAsDamaged() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
    }
    Files.createDirectory(file.resolveSibling("markbridge.db-wal"));
    assertToldAsRights();
  }

  /** A pipe in the place of the log's index takes no bytes: a disk that fails looks the same. */
  @Test
  void journalWhoseDiskFailsIsNotToldAsDamaged() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
    }
    makePipe(file.resolveSibling("markbridge.db-shm"));
    assertThatThrownBy(this::start)
        .hasMessageStartingWith("opening the journal " + file + ": its disk or file system fails (")
        .hasMessageContaining("SQLITE_IOERR")
        .hasMessageContaining("look at the mount, the disk and the system's log")
        .hasMessageContaining("nothing says that it is damaged")
        .hasMessageNotContaining("backup");
    assertThat(
            CommandHarness.run(
                    new CheckCommand(harness.workplace(), path -> 1L << 40, (host, port) -> {}))
                .output())
        .containsPattern("journal +ERROR +opening the journal .* its disk or file system fails");
  }

  private static void makePipe(Path place) throws InterruptedException {
    try {
      assumeTrue(new ProcessBuilder("mkfifo", place.toString()).start().waitFor() == 0);
    } catch (IOException none) {
      assumeTrue(false, "this system makes no named pipes");
    }
  }

  /** As root restores it for a service that runs as another user. */
  @Test
  void journalThatBelongsToAnotherUserIsNotToldAsDamaged() throws IOException {
    assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"));
    for (String rights : new String[] {"r--r--r--", "---------"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
      assumeFalse(Files.isWritable(file), "root may everything");
      assertToldAsRights();
      assertThatThrownBy(this::start)
          .hasMessageContaining(file + " belongs to " + Files.getOwner(file).getName() + ":")
          .hasMessageContaining(", " + rights);
    }
  }

  @Test
  void lockOfAnotherUserIsToldWithWhatToDo() throws IOException {
    assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Files.setPosixFilePermissions(mark(), PosixFilePermissions.fromString("r--------"));
    assumeFalse(Files.isWritable(mark()), "root may everything");
    assertThatThrownBy(this::start).hasMessageContaining("(chown)");
  }

  private void assertToldAsRights() {
    assertThatThrownBy(this::start)
        .hasMessageStartingWith("opening the journal " + file + ": this process, of user ")
        .hasMessageContaining(" cannot open it for reading and writing (")
        .hasMessageContaining("let the user of the service own the journal")
        .hasMessageContaining("(chown)")
        .hasMessageNotContaining("it is damaged:")
        .hasMessageNotContaining("backup");
    assertThat(
            CommandHarness.run(
                    new CheckCommand(harness.workplace(), path -> 1L << 40, (host, port) -> {}))
                .output())
        .containsPattern("journal +ERROR +opening the journal .* cannot open it for reading");
  }

  @Test
  void garbageIsRefused() throws IOException {
    write(0, "this is no db...");
    assertThatThrownBy(this::start).hasMessageContaining("it is damaged: ");
    write(0, "SQLite format 3\0");
    start();
    // Where a table's pages begin; the length is right.
    write(2 * PAGE, "x".repeat(10 * PAGE));
    assertThatThrownBy(this::start).hasMessageContaining("it is damaged: ");
  }

  @Test
  void whatIsOnlyInTheLogIsNotMissing() throws Exception {
    Path copy = directory.resolve("copy");
    Files.createDirectories(copy);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("create table more (bytes blob)");
      statement.execute("insert into more values (randomblob(1000000))");
      for (String ending : new String[] {"", "-wal"}) {
        Files.copy(
            file.resolveSibling("markbridge.db" + ending), copy.resolve("markbridge.db" + ending));
      }
    }
    file = copy.resolve("markbridge.db");
    assertThat(Files.size(copy.resolve("markbridge.db-wal"))).isGreaterThan(1_000_000);
    assertThatCode(this::start).doesNotThrowAnyException();
  }

  @Test
  void secondBridgeIsRefused() throws IOException {
    try (FileChannel held = JournalFile.prepare(file)) {
      assertThat(held.isOpen()).isTrue();
      assertThatThrownBy(this::start).isInstanceOf(Exception.class);
    }
  }

  private void write(long position, String text) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(position);
      access.writeBytes(text);
    }
  }
}
