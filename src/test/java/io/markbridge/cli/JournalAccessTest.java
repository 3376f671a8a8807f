package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalException;
import io.markbridge.process.PostgresServer;
import io.markbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalAccessTest {
  @TempDir private Path directory;
  private CommandHarness harness;

  @BeforeEach
  void makeJournal() throws IOException {
    harness = new CommandHarness(directory).withJournal();
  }

  private JournalAccess access() {
    return new JournalAccess(harness.workplace(), new Settings(harness.workplace().config()));
  }

  /** As the running bridge does. */
  private void useWriteAheadLog() throws SQLException {
    try (Connection bridge = DriverManager.getConnection("jdbc:sqlite:" + harness.journalFile());
        Statement statement = bridge.createStatement();
        ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
      mode.next();
      assertThat(mode.getString(1)).isEqualTo("wal");
    }
  }

  @Test
  void readsBesideARunningBridgeThatWrites() throws Exception {
    useWriteAheadLog();
    try (Connection bridge = DriverManager.getConnection("jdbc:sqlite:" + harness.journalFile());
        Statement statement = bridge.createStatement()) {
      CommandHarness.accept(access().writing(), "taken", "order");
      bridge.setAutoCommit(false);
      statement.execute("update documents set attempts = attempts + 1");

      assertThat(access().reading().documents().counts()).hasSize(1);
      bridge.rollback();
    }
  }

  @Test
  void readsAJournalInWalModeThatNobodyHasOpen() throws Exception {
    useWriteAheadLog();

    assertThat(access().reading().documents().counts()).isEmpty();
  }

  @Test
  void cannotWriteWhereItOnlyReads() {
    Journal journal = access().reading();

    assertThatThrownBy(() -> journal.documents().note("x", "y", "z"))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("readonly");
  }

  @Test
  void saysInOneLineWhyPostgresqlCannotBeReached() throws IOException {
    harness.settings(
        "markbridge:\n  journal:\n    url: jdbc:postgresql://localhost:1/db?password=x\n");

    assertThatThrownBy(() -> access().reading())
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith("opening the journal jdbc:postgresql://localhost:1/db: ")
        .hasMessageContaining("refused")
        .hasMessageNotContaining("password=")
        .hasMessageNotContaining("\n");
  }

  @Test
  void saysThatAnEmptyDatabaseIsNoJournalYet() throws IOException {
    try (CommandHarness empty = harness.withDatabase(PostgresServer.shared().newDatabase())) {
      assertThat(access().exists()).isFalse();
      assertThatThrownBy(() -> access().reading())
          .isInstanceOf(CommandFailedException.class)
          .hasMessageContaining("there is none; start `run` once");
    }
  }

  @Test
  void cannotWriteToPostgresqlWhereItOnlyReads() throws IOException {
    try (CommandHarness migrated = harness.withJournal(Dialect.POSTGRESQL)) {
      Journal journal = access().reading();

      assertThatThrownBy(() -> journal.documents().note("x", "y", "z"))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("read-only transaction");
    }
  }
}
