package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.cli.CommandHarness.Result;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalCommit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Dialect.class)
class StatusCommandTest {
  @Parameter Dialect dialect;
  @TempDir private Path directory;
  private CommandHarness harness;
  private Journal journal;

  @BeforeEach
  void makeJournal() throws IOException {
    harness = new CommandHarness(directory).withJournal(dialect);
    journal = harness.journal();
  }

  @AfterEach
  void close() {
    harness.close();
  }

  private Result status(String... arguments) {
    return CommandHarness.run(new StatusCommand(harness.workplace()), arguments);
  }

  private void reject(String name, Duration ago) throws IOException {
    Document document = CommandHarness.accept(journal, name, "order");
    CommandHarness.stop(
        journal, document, DocumentState.REJECTED, Problem.of(ProblemCode.UNKNOWN_KIND, "", ""));
    journal
        .database()
        .change(
            JournalCommit.NOTE,
            transaction ->
                transaction.update(
                    "update documents set finished_at = ? where id = ?",
                    CommandHarness.NOW.minus(ago).toEpochMilli(),
                    document.id()));
  }

  @Test
  void tellsAnEmptyJournal() {
    assertThat(status().output()).contains("last taken:      none", "oldest waiting:  none");
    assertThat(status("--line").output())
        .startsWith("receiving=0 received=0 planned=0 ")
        .contains(" last_taken=none oldest_waiting_seconds=none codes_left=unknown");
  }

  @Test
  void countsStatesDoubtsAndTodaysRejections() throws IOException {
    CommandHarness.inDoubt(journal, CommandHarness.accept(journal, "doubtful", "order"));
    // Midnight of the plant is 12 h 30 min ago.
    reject("today", Duration.ofHours(12));
    reject("yesterday", Duration.ofHours(13));
    journal
        .database()
        .change(
            JournalCommit.NOTE,
            transaction ->
                transaction.update(
                    "update documents set received_at = received_at - 3725000 where state = 'PLANNED'"));

    Result text = status();
    assertThat(text.status()).isZero();
    assertThat(text.output())
        .containsPattern("PLANNED +1\n")
        .containsPattern("REJECTED +2\n")
        .contains(
            "(1h 2m ago)", "rejected today:  1", "in doubt:        1", "codes left:      unknown");

    assertThat(status("--line").output().strip().lines()).hasSize(1);
    assertThat(status("--line").output())
        .contains("planned=1 ", " in_doubt=1 rejected_today=1 ", " oldest_waiting_seconds=3725 ")
        .contains("last_taken=2026-03-02T12:30:00+05:00");

    JsonNode json = status("--json").json();
    assertThat(json.path("documents").path("REJECTED").asLong()).isEqualTo(2);
    assertThat(json.path("rejectedToday").asLong()).isEqualTo(1);
    assertThat(json.path("inDoubt").asLong()).isEqualTo(1);
    assertThat(json.path("oldestWaiting").path("seconds").asLong()).isEqualTo(3725);
    assertThat(json.path("codesLeft").isNull()).isTrue();
  }

  @Test
  void failsWithoutAJournal(@TempDir Path empty) throws IOException {
    Workplace elsewhere = new CommandHarness(empty).workplace();

    Result result = CommandHarness.run(new StatusCommand(elsewhere), "--line");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).isEmpty();
  }
}
