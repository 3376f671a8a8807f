package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
            "| `openapi.url` |  | an address such as https://host.example | another host than the preset's: stage, sandbox |",
            "| `accounts.*.tin` |  | a text | its taxpayer number; a participantId that differs is refused |");
  }
}
