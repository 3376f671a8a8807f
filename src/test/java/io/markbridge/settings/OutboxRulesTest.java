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
  void accountMayComeFromTheEnvironment() throws IOException {
    assertThat(
            wrong(
                "markbridge.outbox.erp.url=jdbc:sqlite:a.db",
                Map.of("MARKBRIDGE_OUTBOX_ERP_ACCOUNT", "nobody")))
        .extracting(WrongSetting::name)
        .containsExactly("markbridge.outbox.erp.account");
  }
}
