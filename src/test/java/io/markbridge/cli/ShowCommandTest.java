package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.cli.CommandHarness.Result;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalCommit;
import io.markbridge.journal.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Dialect.class)
class ShowCommandTest {
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

  private Result show(String... arguments) {
    return CommandHarness.run(new ShowCommand(harness.workplace()), arguments);
  }

  private Document refused() throws IOException {
    Document document = CommandHarness.accept(journal, "report", "utilisation");
    journal
        .submissions()
        .record(
            CommandHarness.send(journal, document),
            Progress.to(SubmissionState.REJECTED)
                .operator("Report-7", "ERROR")
                .failed(
                    FailureKind.REFUSED,
                    List.of(OperatorError.of("401", "the code is not issued", "sntins")))
                .note("refused", "HTTP 400"));
    return document;
  }

  @Test
  void tellsHeaderRequestsTimelineAndReplies() throws IOException {
    Document document = refused();
    harness.file("replies/pharma/report.reply.json", "{}");
    harness.file("replies/pharma/report.codes-04600000000000-1.json", "{}");
    harness.file("replies/pharma/report2.reply.json", "{}");
    harness.file("failed/pharma/report.json", "{}");

    Result result = show(document.id());

    assertThat(result.status()).isZero();
    assertThat(result.output())
        .contains("Document:      " + document.id(), "State:         REJECTED")
        .contains("Report-7", "REFUSED: 401: the code is not issued", "HTTP 400", "accepted")
        .contains("report.reply.json", "report.codes-04600000000000-1.json", "original: ")
        .doesNotContain("report2");
  }

  @Test
  void findsByPartOfIdOperatorIdAndNames() throws IOException {
    Document document = refused();
    CommandHarness.accept(journal, "other", "order");

    for (String name :
        List.of(
            Reading.shortId(document.id()),
            "report-7",
            "pharma/report",
            "pharma/report.status.json",
            "pharma/report.json")) {
      Result result = show(name);
      assertThat(result.output()).as(name).contains(document.id());
    }
  }

  @Test
  void refusesUnknownAndAmbiguousNames() throws IOException {
    Document document = refused();
    CommandHarness.accept(journal, "other", "order");

    assertThat(show("nothing").status()).isEqualTo(1);
    assertThat(show("nothing").errors()).contains("the journal has none");
    assertThat(show(document.id().substring(0, 8)).errors()).contains("several fit", document.id());
  }

  @Test
  void saysProblemsAsSentences() throws IOException {
    Document document = CommandHarness.accept(journal, "odd", "order");
    CommandHarness.stop(
        journal,
        document,
        DocumentState.REJECTED,
        Problem.of(
            ProblemCode.FIELD_REQUIRED,
            "$.gtin",
            "6.5",
            "field",
            "releaseType",
            "where",
            "odd.meta.json"));

    Result result = show(document.id());

    assertThat(result.output())
        .contains("Problems", "The new API requires releaseType at $.gtin")
        .contains("rejected")
        .doesNotContain("{\"code\"");
    JsonNode problem = show(document.id(), "--json").json().path("problems").get(0);
    assertThat(problem.path("code").asText()).isEqualTo("FIELD_REQUIRED");
    assertThat(problem.path("errorCode").asInt()).isEqualTo(9101);
    assertThat(problem.path("sentence").asText()).contains("odd.meta.json");
  }

  @Test
  void tellsEverythingAsJson() throws IOException {
    Document document = refused();
    harness.file("replies/pharma/report.error.json", "{}");

    JsonNode json = show(document.id(), "--json").json();

    assertThat(json.path("state").asText()).isEqualTo("REJECTED");
    assertThat(json.path("submissions").get(0).path("operatorId").asText()).isEqualTo("Report-7");
    assertThat(json.path("submissions").get(0).path("errors").get(0).path("code").asText())
        .isEqualTo("401");
    assertThat(json.path("timeline"))
        .extracting(entry -> entry.path("event").asText())
        .containsExactly("accepted", "planned", "refused", "rejected");
    assertThat(json.path("replies").get(0).asText()).endsWith("report.error.json");
  }

  @Test
  void neverShowsTokensOfLegacyCalls() {
    assertThat(DocumentJson.shown("clientToken", "abc")).isEqualTo("***");
    assertThat(DocumentJson.shown("orderId", "abc")).isEqualTo("abc");
  }

  @Test
  void isUsedWronglyWithoutAnId() {
    assertThat(show().status()).isEqualTo(2);
  }

  @Test
  void tellsWhatADocumentWaitsFor() throws IOException {
    Document report = CommandHarness.accept(journal, "report", "utilisation");
    Document packed = CommandHarness.accept(journal, "case", "aggregation");
    CommandHarness.send(journal, report);
    CommandHarness.send(journal, packed);
    journal
        .database()
        .change(
            JournalCommit.PLAN_DOCUMENT,
            transaction ->
                transaction.update(
                    "insert into prerequisites (document_id, prerequisite_id, waits_until) values (?, ?, 0)",
                    packed.id(),
                    report.id()));
    assertThat(show(packed.id()).output())
        .contains("waits for document " + Reading.shortId(report.id()))
        .containsPattern("Waits for: +" + report.id());
    assertThat(show(packed.id(), "--json").json().path("waitsFor")).hasSize(1);
    assertThat(CommandHarness.run(new ListCommand(harness.workplace())).output())
        .contains("waits for document " + Reading.shortId(report.id()));
  }
}
