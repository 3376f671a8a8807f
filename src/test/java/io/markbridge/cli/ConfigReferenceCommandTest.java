package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReferenceCommandTest {
  @Test
  void pageOfTheDocsIsWhatTheCommandPrints() throws Exception {
    assertThat(Files.readString(Path.of("docs", "configuration.md")))
        .as("make it anew: java -jar target/quarkus-app/quarkus-run.jar config-reference")
        .isEqualTo(ConfigReferenceCommand.page());
  }

  @Test
  void eachSettingWithADefaultSaysIt() {
    assertThat(ConfigReferenceCommand.page())
        .contains(
            "| `http.port` | `9480` | a whole number from 0 to 65535 | 0: any free one |",
            "| `sftp.*.stable-for` | `10s` | ",
            "| `outbox.*.batch` | `100` | ",
            "| `outbox.*.group` |  | ",
            "| `openapi.url` |  | an address such as https://host.example | another host than the preset's: stage, sandbox |",
            "| `accounts.*.tin` |  | a text | its taxpayer number; a participantId that differs is refused |");
  }

  /** The file can show them as examples only; they are the ones that count nevertheless. */
  @ParameterizedTest
  @ValueSource(strings = {"sftp", "outbox"})
  void examplesOfTheFileAreTheDefaults(String section) {
    List<MatchResult> defaults =
        Pattern.compile("(?m)^\\| `" + section + "\\.\\*\\.([a-z-]+)` \\| `([^`]+)` ")
            .matcher(ConfigReferenceCommand.page())
            .results()
            .toList();
    String packaged = SettingsSource.packaged();
    String own = packaged.substring(packaged.indexOf("  # " + section + ":"));

    assertThat(defaults).hasSizeGreaterThanOrEqualTo(5);
    for (MatchResult one : defaults) {
      assertThat(own)
          .containsPattern(
              "(?m)\\A(  #.*\n)*  #     " + one.group(1) + ": " + one.group(2) + "( +#.*)?$");
    }
  }
}
