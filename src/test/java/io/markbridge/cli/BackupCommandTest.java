package io.markbridge.cli;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.markbridge.cli.CommandHarness.Result;
import io.markbridge.journal.Journal;
import io.markbridge.step.DiskRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {
  @TempDir private Path directory;
  private CommandHarness harness;
  private Journal journal;

  @BeforeEach
  void makeJournal() throws IOException {
    harness = new CommandHarness(directory).withJournal();
    journal = harness.journal();
    CommandHarness.accept(journal, "one", "order");
  }

  private Result backup(String... arguments) {
    return CommandHarness.run(new BackupCommand(harness.workplace()), arguments);
  }

  private static long number(Path file, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      return rows.getLong(1);
    }
  }

  @Test
  void copiesTheJournalAndMarksOnlyTheCopy() throws Exception {
    Result result = backup("backup/it's one.db");

    assertThat(result.errors()).isEmpty();
    assertThat(result.status()).isZero();
    Path copy = directory.resolve("backup/it's one.db");
    assertThat(result.output())
        .contains("as it was at 2026-03-02T07:30:00Z")
        .contains("to " + copy + ": " + Files.size(copy) + " bytes")
        .contains("to restore it, stop the bridge");
    assertThat(number(copy, "select count(*) from documents")).isOne();
    assertThat(number(copy, "select made_at from copies"))
        .isEqualTo(CommandHarness.NOW.toEpochMilli());
    assertThat(number(harness.journalFile(), "select count(*) from copies")).isZero();
    assertThat(copy.getParent()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void saysItForMachines() {
    var told = backup("--json", "copy.db").json();
    assertThat(told.path("copy").asText()).endsWith("copy.db");
    assertThat(told.path("bytes").asLong()).isPositive();
    assertThat(told.path("made").asText()).isEqualTo("2026-03-02T07:30:00Z");
  }

  /** A copy holds what the journal holds, whatever the umask of the service is. */
  @Test
  void onlyItsOwnerReadsACopy() throws IOException {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    assertThat(backup("copy.db").status()).isZero();
    assertThat(Files.getPosixFilePermissions(directory.resolve("copy.db")))
        .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
  }

  @Test
  void neverOverwrites() throws IOException {
    Path there = harness.file("there.db", "precious");
    Result result = backup("there.db");
    assertThat(result.status()).isEqualTo(Console.FAILED);
    assertThat(result.errors()).contains("the file is there; name another one");
    assertThat(there).hasContent("precious");
  }

  /** On the journal's own disk a copy without room would stop the bridge. */
  @Test
  void leavesADiskWithoutRoomAlone() throws IOException {
    long needed = Files.size(harness.journalFile()) + DiskRoom.RESERVE;
    BackupCommand command = new BackupCommand(harness.workplace(), folder -> needed - 1);
    Result result = CommandHarness.run(command, "new/folder/copy.db");
    assertThat(result.status()).isEqualTo(Console.FAILED);
    assertThat(result.errors())
        .contains("it needs 65 MB free and the disk has 64 MB; make room there, or name a file on");
    assertThat(directory.resolve("new")).doesNotExist();
  }

  @Test
  void pointsToPgDump() throws IOException {
    harness.settings("markbridge: {journal: {url: 'jdbc:postgresql://localhost/markbridge'}}\n");
    Result result = backup("copy.db");
    assertThat(result.status()).isEqualTo(Console.USED_WRONGLY);
    assertThat(result.errors()).contains("pg_dump");
  }

  @Test
  void needsAJournalAndAPlace() throws IOException {
    harness.file("a-file", "x");
    assertThat(backup("a-file/copy.db").errors()).contains("copying the journal to ");
    Files.delete(harness.journalFile());
    assertThat(backup("copy.db").errors()).contains("there is none");
    assertThat(directory.resolve("copy.db")).doesNotExist();
  }
}
