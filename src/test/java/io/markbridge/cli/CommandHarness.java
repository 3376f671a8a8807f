package io.markbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Arrival;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.MigratedJournal;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Progress;
import io.markbridge.journal.Submissions;
import io.markbridge.process.PostgresServer;
import io.markbridge.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** A working directory with a journal made by the real migration, and commands run in it. */
final class CommandHarness implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-02T07:30:00Z");

  private final Path directory;
  private Optional<String> database = Optional.empty();

  /**
   * @param status exit status
   */
  record Result(int status, String output, String errors) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(output);
      } catch (IOException failure) {
        throw new AssertionError("no JSON: " + output, failure);
      }
    }
  }

  CommandHarness(Path directory) throws IOException {
    this.directory = directory;
    settings("markbridge:\n  replies:\n    language: en\n");
  }

  CommandHarness withJournal() throws IOException {
    Path file = journalFile();
    Files.createDirectories(file.getParent());
    MigratedJournal.write(file);
    return this;
  }

  CommandHarness withJournal(Dialect dialect) throws IOException {
    return dialect == Dialect.SQLITE
        ? withJournal()
        : withDatabase(PostgresServer.shared().newJournal());
  }

  /** A database of PostgreSQL, which is removed at the end; tests may write settings beside it. */
  CommandHarness withDatabase(String jdbcUrl) throws IOException {
    database = Optional.of(jdbcUrl);
    file(".env", "MARKBRIDGE_JOURNAL_URL=" + jdbcUrl + "\n");
    return this;
  }

  @Override
  public void close() {
    database.ifPresent(PostgresServer.shared()::drop);
  }

  Path journalFile() {
    return directory.resolve("data/markbridge.db");
  }

  Path file(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** The site's own settings. */
  CommandHarness settings(String yaml) throws IOException {
    file("config/application.yaml", yaml);
    return this;
  }

  Workplace workplace() {
    return workplace(Map.of());
  }

  Workplace workplace(Map<String, String> environment) {
    return new Workplace(directory, environment, Clock.fixed(NOW, ZoneOffset.UTC), "aziza");
  }

  Journal journal() {
    Workplace workplace = workplace();
    return new JournalAccess(workplace, new Settings(workplace.config())).writing();
  }

  static Result run(Object command, String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line =
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors));
    int status = line.execute(arguments);
    return new Result(status, output.toString(), errors.toString());
  }

  /** A document as it was taken from {@code inbox/pharma/<name>.json}. */
  static Document accept(Journal journal, String name, String kind) throws IOException {
    byte[] body = ("{\"name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
    String path = "pharma/" + name + ".json";
    Arrival arrival =
        new Arrival(
            "file",
            path,
            Optional.of("pharma/" + name),
            path + "|1",
            Optional.of("default"),
            Optional.of("pharma"),
            Optional.of(kind),
            Map.of(),
            Optional.empty(),
            body.length);
    String id = journal.documents().accept(arrival, new ByteArrayInputStream(body)).document();
    return journal.documents().find(id).orElseThrow();
  }

  static void stop(Journal journal, Document document, DocumentState state, Problem problem) {
    journal.documents().stop(document, state, List.of(problem));
  }

  /** A statement that is under way to the operator now. */
  static Submission send(Journal journal, Document document) {
    String call = document.kind().orElseThrow();
    journal.documents().claimReceived(100, Long.MAX_VALUE);
    journal
        .submissions()
        .plan(
            document,
            List.of(
                new NewSubmission(
                    Optional.empty(),
                    Purpose.STATEMENT,
                    call,
                    "default",
                    "post",
                    Map.of(),
                    Map.of(),
                    0)),
            "one request");
    return journal
        .submissions()
        .claim(
            new Submissions.Waiting("default", "post", Purpose.STATEMENT), 10, journal.now() + 1000)
        .get(0);
  }

  /** A statement whose answer was lost. */
  static Submission inDoubt(Journal journal, Document document) {
    Submission submission = send(journal, document);
    journal
        .submissions()
        .record(
            submission,
            Progress.to(SubmissionState.IN_DOUBT).note("answer lost", "no answer").visible());
    return journal.submissions().find(submission.id()).orElseThrow();
  }
}
