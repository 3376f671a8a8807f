package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.cli.CommandHarness.Result;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.OrderImport;
import io.markbridge.mapping.OrderFacts;
import java.io.IOException;
import java.nio.charset.Charset;
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
class MemoryCommandTest {
  @Parameter Dialect dialect;
  private static final String HEADER = String.join(",", OrdersFile.COLUMNS) + "\n";
  private static final String ROW = "default,pharma,04601234567893,PO-1,PRODUCTION,UZ,17\n";

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

  private Result importing(String csv, String... more) throws IOException {
    harness.file("orders.csv", csv);
    String[] arguments = new String[more.length + 1];
    arguments[0] = "orders.csv";
    System.arraycopy(more, 0, arguments, 1, more.length);
    return CommandHarness.run(new MemoryImportCommand(harness.workplace()), arguments);
  }

  private Result list(String... arguments) {
    return CommandHarness.run(new MemoryListCommand(harness.workplace()), arguments);
  }

  @Test
  void importsWhatReportsWillNeed() throws IOException {
    Result result =
        importing(HEADER + ROW + "default,tobacco,00000000000000,,,,18\n", "--reason", "cut-over");

    assertThat(result.errors()).isEmpty();
    assertThat(result.output()).contains("2 orders added, 0 were known");
    OrderFacts facts = journal.orderFacts().byProductionOrder("default", "pharma", "PO-1").get(0);
    assertThat(facts.releaseType()).contains("PRODUCTION");
    assertThat(facts.manufacturerCountry()).contains("UZ");
    assertThat(facts.businessPlaceId()).contains(17L);
    assertThat(journal.documents().timeline(OrderImport.TIMELINE).get(0).detail())
        .isEqualTo("2 of 2 rows of orders.csv, by aziza: cut-over");
  }

  @Test
  void notesTheNameThatAPersonGivesBesideTheUser() throws IOException {
    importing(HEADER + ROW, "--by", "Anna Petrova");
    assertThat(journal.documents().timeline(OrderImport.TIMELINE).get(0).detail())
        .isEqualTo("1 of 1 rows of orders.csv, by Anna Petrova, as aziza: no reason given");
  }

  @Test
  void addsAnEqualRowOnce() throws IOException {
    importing(HEADER + ROW);

    Result again =
        importing(HEADER + ROW + ROW + "default,pharma,04601234567893,PO-2,,,\n", "--json");

    assertThat(again.json().path("added").asInt()).isEqualTo(1);
    assertThat(again.json().path("known").asInt()).isEqualTo(2);
    assertThat(journal.orderFacts().list(10)).hasSize(2);
  }

  @Test
  void takesSemicolonsAByteOrderMarkAndOtherOrderOfColumns() throws IOException {
    Result result =
        importing("\ufeffgtin;account;product_group\r\n04601234567890;default;pharma\r\n");

    assertThat(result.errors()).isEmpty();
    assertThat(journal.orderFacts().list(10)).hasSize(1);
  }

  @Test
  void importsNothingWhenOneRowIsWrongAndTellsEachWithRowAndColumn() throws IOException {
    Result result =
        importing(
            HEADER
                + ROW
                + "someone,sweets,4601234567893,PO-1,GIFT,UZB,0\n"
                + ",pharma,04601234567893,PO-1,,,\n");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.errors())
        .contains("row 3, column account: 'someone' is wrong; expected one of default")
        .contains("row 3, column product_group: 'sweets'")
        .contains("row 3, column gtin: '4601234567893' is wrong; expected 14 digits")
        .contains("row 3, column release_type: 'GIFT'", "row 3, column manufacturer_country: 'UZB'")
        .contains("row 3, column business_place_id: '0'")
        .contains("row 4, column account: is missing", "nothing was imported");
    assertThat(journal.orderFacts().list(10)).isEmpty();
    assertThat(importing(HEADER + "a\n", "--json").json().path("problems")).isNotEmpty();
  }

  @Test
  void refusesUnknownColumnsAndOtherEncodings() throws IOException {
    assertThat(importing("account,product_group,gtin,colour\n").errors())
        .contains("row 1: unknown column 'colour'");
    assertThat(importing("account,gtin\n").errors()).contains("column product_group is missing");
    Path file = harness.file("windows.csv", "");
    Files.write(file, (HEADER + ROW + "завод").getBytes(Charset.forName("windows-1251")));
    Result result = CommandHarness.run(new MemoryImportCommand(harness.workplace()), "windows.csv");
    assertThat(result.errors()).contains("save it as UTF-8");
    assertThat(
            CommandHarness.run(new MemoryImportCommand(harness.workplace()), "none.csv").status())
        .isEqualTo(1);
  }

  @Test
  void listsWhatIsRemembered() throws IOException {
    assertThat(list().errors()).contains("no orders are remembered");
    importing(HEADER + ROW);

    assertThat(list().output())
        .containsPattern("ACCOUNT +GROUP +GTIN +ORDER NUMBER")
        .containsPattern("default +pharma +04601234567893 +PO-1 +PRODUCTION +UZ +17 +import");
    JsonNode json = list("--json").json();
    assertThat(json.get(0).path("businessPlaceId").asLong()).isEqualTo(17);
    assertThat(json.get(0).path("document").isNull()).isTrue();
  }

  @Test
  void isUsedWronglyAlone() {
    assertThat(CommandHarness.run(new MemoryCommand()).status()).isEqualTo(2);
  }
}
