package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.cli.CommandHarness.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionCommandTest {
  @TempDir private Path directory;

  @Test
  void tellsProgramJavaAndOperatorsWithoutAJournal() throws IOException {
    CommandHarness harness = new CommandHarness(directory);
    harness.file("config/operators/stage.yaml", "name: stage\n");

    Result result = CommandHarness.run(new VersionCommand(harness.workplace()));

    assertThat(result.status()).isZero();
    assertThat(result.output())
        .containsPattern("^markbridge \\d+\\.\\d+")
        .contains("Java " + System.getProperty("java.version"), "operators: kz, market, stage, uz");
    Result json = CommandHarness.run(new VersionCommand(harness.workplace()), "--json");
    assertThat(json.json().path("version").asText()).isEqualTo(ProgramVersion.get());
    assertThat(json.json().path("operators")).hasSize(4);
  }

  @Test
  void knowsThePackagedPresets() throws IOException {
    try (Stream<Path> presets = Files.list(Path.of("config/operators"))) {
      assertThat(presets.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(VersionCommand.PACKAGED_OPERATORS);
    }
  }
}
