package io.markbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "10s, PT10S",
    "5m, PT5M",
    "2h, PT2H",
    "7d, PT168H",
    "' 7 d ', PT168H",
    "PT1M30S, PT1M30S"
  })
  void durationsAreReadAsPeopleWriteThem(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 weeks", "-5s", "1.5h"})
  void otherDurationsAreRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10s");
  }

  @Test
  void withoutAnyAccountThereIsTheDefaultOne() {
    assertThat(settings().accounts()).containsExactly("default");
    assertThat(settings().account("default").hasCredentials()).isFalse();
  }

  @Test
  void anAccountIsFoundByItsOmsIdInAnyCase() {
    Settings settings =
        settings(
            "markbridge.accounts.north.oms-id", "ABC-1",
            "markbridge.accounts.north.api-key", "key",
            "markbridge.accounts.\"south.2\".login", "login",
            "markbridge.accounts.\"south.2\".password", "password");
    assertThat(settings.accounts()).contains("north");
    assertThat(settings.accountOf("abc-1")).contains("north");
    assertThat(settings.accountOf("abc-2")).isEmpty();
    assertThat(Settings.listed(" a, ,b ")).containsExactly("a", "b");
  }

  @Test
  void secretsComeFromFilesToo() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "  s3cret\n");
    Account account =
        settings(
                "markbridge.accounts.default.login",
                "login",
                "markbridge.accounts.default.password-file",
                file.toString())
            .account("default");
    assertThat(account.password()).contains("s3cret");
    assertThat(account.toString()).doesNotContain("s3cret");
    assertThatThrownBy(
            () -> settings("markbridge.accounts.default.login-file", "missing").account("default"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void whatIsBlankIsAbsent() {
    assertThat(settings("markbridge.operator", "  ").operator()).isEqualTo("uz");
    assertThat(settings("markbridge.operator", " kz ").operator()).isEqualTo("kz");
  }

  @Test
  void aFileBesideTheProgramWinsOverThePackagedOne() throws IOException {
    SiteFiles files = new SiteFiles(directory);
    try (var packaged = files.open("config/operators/uz.yaml")) {
      assertThat(packaged.readAllBytes()).isNotEmpty();
    }
    Path own = directory.resolve("config/operators/uz.yaml");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "name: mine");
    try (var mine = files.open("config/operators/uz.yaml")) {
      assertThat(new String(mine.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("name: mine");
    }
    assertThatThrownBy(() -> files.open("config/operators/xx.yaml"))
        .isInstanceOf(FileNotFoundException.class);
  }

  private static Settings settings(String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      values.put(namesAndValues[index], namesAndValues[index + 1]);
    }
    return new Settings(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(values, "test", 100))
            .build());
  }
}
