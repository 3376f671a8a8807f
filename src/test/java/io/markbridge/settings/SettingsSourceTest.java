package io.markbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSourceTest {
  @TempDir private Path directory;

  private void site(String yaml) throws IOException {
    Files.createDirectories(directory.resolve("config"));
    Files.writeString(directory.resolve("config/application.yaml"), yaml);
  }

  private Settings settings(Map<String, String> environment) {
    return new Settings(SettingsSource.config(directory, environment));
  }

  @Test
  void hasThePackagedDefaults() {
    assertThat(settings(Map.of()).operator()).isEqualTo("uz");
    assertThat(settings(Map.of()).accounts()).containsExactly("default");
  }

  @Test
  void letsTheSiteThenDotEnvThenTheEnvironmentWin() throws IOException {
    site("markbridge:\n  operator: kz\n  files:\n    inbox: in\n    done: out\n");
    Files.writeString(directory.resolve(".env"), "MARKBRIDGE_FILES_DONE=archive\n");

    Settings settings = settings(Map.of("MARKBRIDGE_FILES_INBOX", "from-environment"));

    assertThat(settings.operator()).isEqualTo("kz");
    assertThat(settings.text("files.done")).contains("archive");
    assertThat(settings.text("files.inbox")).contains("from-environment");
    assertThat(settings.text("files.replies")).contains("replies");
  }

  @Test
  void fillsExpressionsAndReadsAccountsOfTheEnvironment() throws IOException {
    site("markbridge:\n  journal:\n    url: \"jdbc:sqlite:${DATA_FOLDER}/journal.db\"\n");

    Settings settings =
        settings(
            Map.of(
                "DATA_FOLDER", "elsewhere",
                "MARKBRIDGE_ACCOUNTS_ACME_LOGIN", "login",
                "MARKBRIDGE_ACCOUNTS_ACME_PASSWORD", "word"));

    assertThat(settings.journalUrl()).isEqualTo("jdbc:sqlite:elsewhere/journal.db");
    assertThat(settings.accounts()).containsExactly("acme");
    assertThat(settings.account("acme").hasLogin()).isTrue();
  }

  @Test
  void readsKeysOfTheProfile() throws IOException {
    site("markbridge:\n  operator: uz\n\"%prod\":\n  markbridge:\n    operator: kz\n");

    assertThat(settings(Map.of()).operator()).isEqualTo("kz");
    assertThat(settings(Map.of("QUARKUS_PROFILE", "stage")).operator()).isEqualTo("uz");
  }
}
