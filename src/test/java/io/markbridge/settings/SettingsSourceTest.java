package io.markbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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

  /** A mistyped variable: nothing can be sent for the account, and somebody has to see it. */
  @Test
  void watchesAnAccountWithoutCredentialsBesideOneThatHasThem() {
    Settings settings =
        settings(
            Map.of(
                "MARKBRIDGE_ACCOUNTS_NORTH_API_KEY", "key",
                "MARKBRIDGE_ACCOUNTS_SOUTH_OMS_ID", "x",
                "MARKBRIDGE_ACCOUNTS_SOUTH_API_KYE", "key"));

    assertThat(settings.accounts()).containsExactly("north");
    assertThat(settings.watchedAccounts()).containsExactly("north", "south");
  }

  @Test
  void watchesTheDefaultOnlyWhereItIsMeant() throws IOException {
    assertThat(settings(Map.of()).watchedAccounts()).containsExactly("default");
    site("markbridge:\n  market:\n    campaigns:\n      1001: {api-key-file: key}\n");
    assertThat(settings(Map.of()).accounts("market")).containsExactly("market:1001");
    assertThat(settings(Map.of()).watchedAccounts()).isEmpty();
    assertThat(settings(Map.of()).accounts()).as("as before").containsExactly("default");

    Map<String, String> own = new HashMap<>();
    own.put("MARKBRIDGE_ACCOUNTS_DEFAULT_API_KEY", "key");
    assertThat(settings(own).watchedAccounts()).containsExactly("default");
    own.put("MARKBRIDGE_ACCOUNTS_NORTH_API_KEY", "key");
    assertThat(settings(own).watchedAccounts()).containsExactly("default", "north");
  }

  /** SmallRye takes a number between underscores for a place in a list: {@code campaigns[1001]}. */
  @Test
  void findsWhatTheEnvironmentAloneNamesByANumber() throws IOException {
    Settings settings =
        settings(
            Map.of(
                "MARKBRIDGE_MARKET_CAMPAIGNS_1001_API_KEY", "key",
                "MARKBRIDGE_MARKET_CAMPAIGNS_1001_TARGET", "cis",
                "MARKBRIDGE_ACCOUNTS_305_LOGIN", "login",
                "MARKBRIDGE_ACCOUNTS_305_PASSWORD", "word",
                "MARKBRIDGE_SFTP_2_HOST", "plant",
                "MARKBRIDGE_OUTBOX_3_URL", "jdbc:sqlite:erp.db"));

    assertThat(settings.accounts("market")).containsExactly("market:1001");
    assertThat(settings.account("market:1001").apiKey()).contains("key");
    assertThat(settings.text(Settings.place("market:1001") + "target")).contains("cis");
    assertThat(settings.accounts()).containsExactly("305");
    assertThat(settings.account("305").hasLogin()).isTrue();
    assertThat(settings.sftpServers()).containsExactly("2");
    assertThat(settings.outboxes()).containsExactly("3");

    Files.writeString(
        directory.resolve(".env"), "MARKBRIDGE_MARKET_CAMPAIGNS_1002_OAUTH_TOKEN=token\n");
    assertThat(settings(Map.of()).accounts("market")).containsExactly("market:1002");
    assertThat(settings(Map.of()).watchedAccounts()).isEmpty();
  }

  /** SmallRye takes the variable for {@code markbridge.accounts.big.beer.api.key} too. */
  @Test
  void anAccountThatAVariableOfAnotherOnlySeemsToNameIsNotWatched() throws IOException {
    site("markbridge: {accounts: {big-beer: {oms-id: x}}}");
    assertThat(settings(Map.of("MARKBRIDGE_ACCOUNTS_BIG_BEER_API_KEY", "key")).watchedAccounts())
        .containsExactly("big-beer");
  }

  /** Its own variable is mistyped or its secret cannot be read: that is to be told, not hidden. */
  @Test
  void watchesAnAccountWhoseNameBeginsAnothers() throws IOException {
    site(
        "markbridge: {accounts: {plant: {oms-id: x, login-file: not-there}, plant-2: {oms-id: y}}}");
    Map<String, String> own = new HashMap<>();
    own.put("MARKBRIDGE_ACCOUNTS_PLANT_2_API_KEY", "key");
    assertThat(settings(own).watchedAccounts()).containsExactly("plant", "plant-2");

    own.put("MARKBRIDGE_ACCOUNTS_BEER_API_KEY", "key");
    own.put("MARKBRIDGE_ACCOUNTS_BEER_LIGHT_API_KEY", "key");
    assertThat(settings(own).watchedAccounts()).contains("beer", "plant", "plant-2");
  }

  @Test
  void aServerThatAVariableOfAnotherOnlySeemsToNameIsNone() throws IOException {
    site("markbridge: {sftp: {plant-2: {host: plant}}}");
    assertThat(settings(Map.of("MARKBRIDGE_SFTP_PLANT_2_PASSWORD", "word")).sftpServers())
        .containsExactly("plant-2");
  }

  /** Folders know no case, and a folder inside another is a part of it. */
  @Test
  void aFolderSettingCountsBelowItAndInAnyCase() throws IOException {
    site(
        "markbridge: {folders: {\"Antiseptic/L1\": {business-place-id: 602}, antiseptic: {charset: x}}}");
    Settings settings = settings(Map.of("MARKBRIDGE_FOLDERS__BEER_L2__CHARSET", "y"));

    for (String folder : List.of("Antiseptic/L1", "antiseptic/l1", "ANTISEPTIC/L1/deep/er")) {
      assertThat(settings.keyOfFolder(folder, "business-place-id").flatMap(settings::text))
          .as(folder)
          .contains("602");
      assertThat(settings.keyOfFolder(folder, "charset").flatMap(settings::text)).contains("x");
    }
    assertThat(settings.keyOfFolder("antiseptic/L12", "business-place-id")).isEmpty();
    assertThat(settings.keyOfFolder("", "charset")).isEmpty();
    assertThat(settings.keyOfFolder("beer/l2", "charset").flatMap(settings::text)).contains("y");
  }

  @Test
  void readsKeysOfTheProfile() throws IOException {
    site("markbridge:\n  operator: uz\n\"%prod\":\n  markbridge:\n    operator: kz\n");

    assertThat(settings(Map.of()).operator()).isEqualTo("kz");
    assertThat(settings(Map.of("QUARKUS_PROFILE", "stage")).operator()).isEqualTo("uz");
  }
}
