package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.cli.CommandHarness.Result;
import io.markbridge.cli.check.CheckCommand;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site's own tests of its mappings, and what its documents named that no file maps. */
class CheckCasesTest {
  @TempDir private Path directory;
  private CommandHarness harness;

  @BeforeEach
  void makeSite() throws IOException {
    harness = new CommandHarness(directory).withJournal();
    harness.settings(
        "markbridge: {replies: {language: en}, groups: {pharma: {business-place-id: 17}}}\n");
    harness.file(
        "cases/pharma/order.json",
        Files.readString(Path.of("src/test/resources/legacy/bodies/order.json")));
  }

  private Result check(String... arguments) {
    return CommandHarness.run(
        new CheckCommand(
            harness.workplace(
                Map.of(
                    "MARKBRIDGE_ACCOUNTS_DEFAULT_LOGIN", "a",
                    "MARKBRIDGE_ACCOUNTS_DEFAULT_PASSWORD", "b")),
            folder -> 100L << 30,
            (host, port) -> {}),
        arguments);
  }

  /** What it really becomes, with one place for anything. */
  private String expected() throws IOException {
    Result told = convert();
    assertThat(told.status()).as(told.output()).isZero();
    return told.output();
  }

  private Result convert() {
    java.io.ByteArrayOutputStream output = new java.io.ByteArrayOutputStream();
    int status =
        new picocli.CommandLine(
                new ConvertCommand(
                    () -> ConvertSite.of(harness.workplace()),
                    new java.io.PrintStream(output, true, java.nio.charset.StandardCharsets.UTF_8),
                    System.err,
                    harness.workplace().clock()))
            .execute(directory.resolve("cases/pharma/order.json").toString(), "--group", "pharma");
    return new Result(status, output.toString(java.nio.charset.StandardCharsets.UTF_8), "");
  }

  @Test
  void caseThatBecomesWhatIsExpectedPasses() throws IOException {
    harness.file("cases/pharma/order.expected.json", expected());
    assertThat(check("--cases", "cases").output())
        .containsPattern("case pharma/order.json +OK +as expected");
  }

  @Test
  void anythingIsTakenWhereTheCaseSaysSo() throws IOException {
    harness.file(
        "cases/pharma/order.expected.json",
        expected().replaceAll("\"businessPlaceId\":17", "\"businessPlaceId\":\"*\""));
    assertThat(check("--cases", "cases").status()).isZero();
  }

  @Test
  void differenceIsToldWithItsPlace() throws IOException {
    harness.file("cases/pharma/order.expected.json", expected().replace(":17", ":18"));
    Result result = check("--cases", "cases");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output())
        .containsPattern("case pharma/order.json +ERROR +\\$\\.businessPlaceId is 17, expected 18");
  }

  @Test
  void folderWithoutCasesAndCaseWithoutDocumentAreToldAsErrors() throws IOException {
    Files.createDirectories(directory.resolve("empty"));
    assertThat(check("--cases", "empty").output()).contains("holds no file that ends with");
    harness.file("cases/pharma/other.expected.json", "{}");
    assertThat(check("--cases", "cases").output())
        .containsPattern("case pharma/other.json +ERROR +there is no such file");
  }

  @Test
  void factoriesThatNoFileMapsAreTold() throws IOException {
    Journal journal = harness.journal();
    for (String name : new String[] {"one", "two"}) {
      Document document = CommandHarness.accept(journal, name, "order");
      CommandHarness.stop(
          journal,
          document,
          DocumentState.REJECTED,
          Problem.of(
              ProblemCode.NOT_IN_DIRECTORY,
              "$.factoryId",
              "3.4",
              "value",
              "F-77",
              "file",
              "config/directories/business-places.csv"));
    }
    assertThat(check().output())
        .containsPattern(
            "unmapped +WARNING +no row for F-77 in config/directories/business-places.csv; 2 document")
        .contains("restart the bridge if it runs");

    harness.file(
        "config/directories/business-places.csv", "factory-id,business-place-id\nF-77,\nF-78,1\n");
    assertThat(check().output()).as("its row says nothing").contains("no row for F-77");
    harness.file(
        "config/directories/business-places.csv", "factory-id,business-place-id\nF-77,17\n");
    assertThat(check().output()).as("the row was added").doesNotContain("unmapped", "F-77");
  }
}
