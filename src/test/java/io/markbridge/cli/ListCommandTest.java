package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.markbridge.cli.CommandHarness.Result;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalCommit;
import io.markbridge.journal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Dialect.class)
class ListCommandTest {
  @Parameter Dialect dialect;
  @TempDir private Path directory;
  private CommandHarness harness;

  @BeforeEach
  void makeJournal() throws IOException {
    harness = new CommandHarness(directory).withJournal(dialect);
  }

  @AfterEach
  void close() {
    harness.close();
  }

  private Result list(String... arguments) {
    return CommandHarness.run(new ListCommand(harness.workplace()), arguments);
  }

  @Test
  void tellsNewestFirstWithStateOperatorIdAndNextStep() throws IOException {
    Journal journal = harness.journal();
    Document held = CommandHarness.accept(journal, "first", "order");
    CommandHarness.stop(
        journal,
        held,
        DocumentState.HELD,
        Problem.of(ProblemCode.EQUAL_TO_EARLIER, "", "", "document", "x"));
    Document done = CommandHarness.accept(journal, "second", "utilisation");
    journal
        .submissions()
        .record(
            CommandHarness.send(journal, done),
            Progress.to(SubmissionState.DONE).operator("report-7", "SUCCESS"));

    Result result = list();

    assertThat(result.status()).isZero();
    assertThat(result.output().lines())
        .hasSize(3)
        .first()
        .asString()
        .matches("ID +RECEIVED \\(\\+05:00\\) +SOURCE +KIND +GROUP +STATE +OPERATOR +NEXT");
    assertThat(result.output().lines().toList().get(1))
        .startsWith(Reading.shortId(done.id()))
        .contains("2026-03-02 12:30:00", "pharma/second.json", "utilisation", "DONE", "report-7");
    assertThat(result.output().lines().toList().get(2))
        .contains("HELD", "replay " + Reading.shortId(held.id()) + " --as new");
    assertThat(result.output()).doesNotContain("\u001b");
  }

  @Test
  void tellsJsonWithFullIds() throws IOException {
    Document document = CommandHarness.accept(harness.journal(), "first", "order");

    Result result = list("--json");

    assertThat(result.json()).hasSize(1);
    assertThat(result.json().get(0).path("id").asText()).isEqualTo(document.id());
    assertThat(result.json().get(0).path("received").asText())
        .isEqualTo("2026-03-02T12:30:00+05:00");
    assertThat(result.json().get(0).path("next").asText()).isEqualTo("is planned next");
    assertThat(result.json().get(0).path("operatorIds").isArray()).isTrue();
  }

  @Test
  void filtersByStateLimitAndWaitingForAPerson() throws IOException {
    Journal journal = harness.journal();
    Submission doubtful =
        CommandHarness.inDoubt(journal, CommandHarness.accept(journal, "doubtful", "order"));
    CommandHarness.accept(journal, "fresh", "order");
    CommandHarness.accept(journal, "fresher", "order");

    assertThat(list("--state", "received", "--limit", "1", "--json").json())
        .extracting(node -> node.path("path").asText())
        .containsExactly("pharma/fresher.json");
    assertThat(list("--parked").output())
        .as("the bridge looks for it itself")
        .doesNotContain("doubtful");
    assertThat(list().output()).contains("looked for at the operator");
    journal.doubts().settle(doubtful, Progress.to(SubmissionState.PARKED));
    assertThat(list("--parked").output()).contains("doubtful", "--as sent").doesNotContain("fresh");
  }

  @Test
  void keepsControlCharactersOfNamesFromTheTerminal() throws IOException {
    CommandHarness.accept(harness.journal(), "red\u001b[31m", "order");

    assertThat(list().output()).contains("red\\u001b[31m").doesNotContain("\u001b");
  }

  @Test
  void saysWhenThereAreNone() {
    assertThat(list().errors()).contains("no documents");
    assertThat(list("--json").output().strip()).isEqualTo("[ ]");
  }

  @Test
  void isUsedWronglyWithoutAKnownStateOrPositiveLimit() {
    assertThat(list("--state", "sleeping").status()).isEqualTo(2);
    assertThat(list("--limit", "0").status()).isEqualTo(2);
  }

  @Test
  void failsWithoutAJournalAndMakesNone() throws IOException {
    assumeThat(dialect).isEqualTo(Dialect.SQLITE);
    Files.delete(harness.journalFile());

    Result result = list();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors()).contains("there is none; start `run` once");
    assertThat(harness.journalFile()).doesNotExist();
  }

  @Test
  void failsOnAFileThatIsNoDatabase() throws IOException {
    assumeThat(dialect).isEqualTo(Dialect.SQLITE);
    Files.writeString(harness.journalFile(), "this is a letter, and no database at all");

    assertThat(list().status()).isEqualTo(1);
    assertThat(list().errors()).contains("it is no journal of this program");
  }

  @Test
  void failsOnJournalsOfOtherVersions() {
    harness
        .journal()
        .database()
        .change(
            JournalCommit.NOTE,
            transaction -> transaction.update("update flyway_schema_history set version = '99'"));
    assertThat(list().errors()).contains("a newer version of the program wrote it (schema 99");

    assertThat(list().status()).isEqualTo(1);
  }

  @Test
  void failsOnAJournalWithoutMigrations() {
    harness
        .journal()
        .database()
        .change(
            JournalCommit.NOTE,
            transaction -> transaction.update("delete from flyway_schema_history"));

    assertThat(list().errors()).contains("an older version of the program wrote it");
  }
}
