package io.markbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outbox whose documents nobody could send ends the start. */
class OutboxRulesTest {
  @TempDir private Path directory;

  private List<WrongSetting> wrong(String lines, Map<String, String> environment)
      throws IOException {
    Path file = directory.resolve("config/application.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
    return new SettingTypes(SettingWords.UNKNOWN)
        .wrong(SettingsSource.config(directory, environment));
  }

  @Test
  void accountIsOneOfTheSite() throws IOException {
    String site =
        "markbridge.accounts.north.api-key=k\nmarkbridge.outbox.erp.url=jdbc:sqlite:a.db\n";
    List<WrongSetting> wrong = wrong(site + "markbridge.outbox.erp.account=nrth", Map.of());
    assertThat(wrong).hasSize(1);
    assertThat(wrong.get(0).name()).isEqualTo("markbridge.outbox.erp.account");
    assertThat(wrong.get(0).allowed()).isEqualTo("one of the accounts: north");
    assertThat(wrong(site + "markbridge.outbox.erp.account=north", Map.of())).isEmpty();
    assertThat(wrong(site, Map.of())).isEmpty();
  }

  @Test
  void anOutboxHasAnAddress() throws IOException {
    List<WrongSetting> wrong = wrong("markbridge.outbox.erp.ulr=jdbc:sqlite:a.db", Map.of());
    assertThat(wrong).hasSize(1);
    assertThat(wrong.get(0).name()).isEqualTo("markbridge.outbox.erp.url");
    assertThat(wrong.get(0).source()).isEqualTo("not set");
    assertThat(wrong.get(0).allowed()).startsWith("a JDBC address such as ");
    assertThat(
            wrong(
                "markbridge.outbox.erp.username=u",
                Map.of("MARKBRIDGE_OUTBOX_ERP_URL", "jdbc:sqlite:a.db")))
        .isEmpty();
  }

  @Test
  void variablesOfAnOutboxWithAHyphenMakeNoOther() throws IOException {
    assertThat(
            wrong(
                "markbridge.outbox.erp-north.url=jdbc:sqlite:a.db",
                Map.of(
                    "MARKBRIDGE_OUTBOX_ERP_NORTH_PASSWORD", "p",
                    "MARKBRIDGE_OUTBOX_ERP_NORTH_MOST_ATTEMPTS", "3")))
        .isEmpty();
  }

  @Test
  void accountMayComeFromTheEnvironment() throws IOException {
    assertThat(
            wrong(
                "markbridge.outbox.erp.url=jdbc:sqlite:a.db",
                Map.of("MARKBRIDGE_OUTBOX_ERP_ACCOUNT", "nobody")))
        .extracting(WrongSetting::name)
        .containsExactly("markbridge.outbox.erp.account");
  }
}
