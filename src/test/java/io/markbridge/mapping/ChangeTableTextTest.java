package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.settings.SiteFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages that show the change table are made from it; this is where they are made. */
class ChangeTableTextTest {
  private static final String UPDATE = "update-readme";

  @TempDir Path directory;

  private ChangeTable table() throws Exception {
    SiteFiles packaged = new SiteFiles(directory);
    return ChangeTable.load(packaged, MappingTables.load(packaged).rows());
  }

  private static void same(Path file, String text) throws Exception {
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file))
        .as(
            "%s is older than config/change-table.yaml or config/mappings: run mvn test"
                + " -Dtest=ChangeTableTextTest -D%s=true and commit what it changes",
            file, UPDATE)
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"README.md, en", "README.ru.md, ru"})
  void theReadmeShowsTheTable(Path readme, Locale language) throws Exception {
    same(readme, new ChangeTableText(table()).intoReadme(Files.readString(readme), language));
  }

  @Test
  void thePageShowsEveryField() throws Exception {
    String page = new ChangeTableText(table()).page();
    same(Path.of("docs/change-table.md"), page);
    for (MappingRow field : MappingTables.load(new SiteFiles(directory)).rows()) {
      if (!table().kept().contains(field.id())) {
        assertThat(page).contains(field.legacy(), field.target());
      }
    }
  }

  @Test
  void theTextIsMarkdownWhateverAFieldIsNamed() throws Exception {
    String row =
        "{id: A1, where: call, legacy: \"a|<b>\", new: c, en: \"does | so\", ru: \"делает\"}";
    ChangeTable table = table("sections: [{id: A, en: All, ru: Все, rows: [" + row + "]}]");
    assertThat(new ChangeTableText(table).readme(Locale.ENGLISH))
        .contains("| A1 | a\\|&lt;b> | c | does \\| so |\n");
    assertThat(new ChangeTableText(table).readme(Locale.forLanguageTag("ru")))
        .contains("| Строка | Было | Стало |", "| делает |");
  }

  @Test
  void aReadmeWithoutMarksIsRefused() throws Exception {
    ChangeTableText text = new ChangeTableText(table());
    assertThatThrownBy(() -> text.intoReadme("no marks", Locale.ENGLISH))
        .hasMessageContaining(ChangeTableText.BEGIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{id: A1, where: elsewhere, legacy: a, new: b, en: a, ru: b} | nowhere: elsewhere",
        "{id: A1, where: call, new: b, en: a, ru: b} | \"legacy\" is missing",
        "{id: A1, where: call, legacy: a, new: b, en: a} | \"ru\" is missing",
        "{id: '3.5', where: mapping, legacy: a, en: a, ru: b} | stand in config/mappings",
      })
  void anIncompleteRowIsRefused(String row, String message) {
    assertThatThrownBy(() -> table("sections: [{id: A, en: a, ru: b, rows: [" + row + "]}]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aRowTwiceIsRefused() {
    String row = "{id: A1, where: call, legacy: a, new: b, en: a, ru: b}";
    assertThatThrownBy(
            () -> table("sections: [{id: A, en: a, ru: b, rows: [" + row + ", " + row + "]}]"))
        .hasMessageContaining("A1 stands twice");
  }

  private ChangeTable table(String yaml) throws Exception {
    SiteFiles files = new SiteFiles(directory);
    List<MappingRow> fields = MappingTables.load(files).rows();
    Path file = directory.resolve("config/change-table.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, yaml);
    return ChangeTable.load(files, fields);
  }
}
