package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalException;
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
  void saysThatAnotherKindOfDatabaseIsNotRead() throws IOException {
    harness.settings("markbridge:\n  journal:\n    url: jdbc:postgresql://host/db?password=x\n");

    assertThatThrownBy(this::access)
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("SQLite")
        .hasMessageNotContaining("password");
  }
}
