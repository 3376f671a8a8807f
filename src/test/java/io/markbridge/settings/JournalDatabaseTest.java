package io.markbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDatabaseTest {
  @TempDir Path directory;

  private static SmallRyeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(settings, "site", 100))
        .withSources(new JournalDatabase())
        .build();
  }

  private static boolean active(SmallRyeConfig config, String name) {
    return config.getValue("quarkus." + name + ".active", Boolean.class);
  }

  @Test
  void sqliteAloneIsOpenedByDefault() {
    for (Map<String, String> settings :
        java.util.List.of(
            Map.<String, String>of(), Map.of("markbridge.journal.url", "jdbc:sqlite:a.db"))) {
      SmallRyeConfig config = config(settings);
      assertThat(active(config, "datasource.journal")).isTrue();
      assertThat(active(config, "datasource.journal-read")).isTrue();
      assertThat(active(config, "datasource.journal-postgresql")).isFalse();
    }
  }

  @Test
  void postgresqlAloneIsOpenedWhereTheAddressNamesIt() {
    SmallRyeConfig config =
        config(
            Map.of(
                "markbridge.journal.url", "${where}",
                "where", "jdbc:postgresql://host/journal",
                "markbridge.journal.username", "bridge",
                "markbridge.journal.password", "pa$${x}"));
    assertThat(active(config, "datasource.journal")).isFalse();
    assertThat(active(config, "datasource.journal-read")).isFalse();
    assertThat(active(config, "datasource.journal-postgresql")).isTrue();
    assertThat(config.getRawValue("quarkus.datasource.journal-postgresql.username"))
        .isEqualTo("bridge");
    assertThat(password(config)).isEqualTo(new Settings(config).journalPassword().orElseThrow());
  }

  @Test
  void passwordOfAFileIsTakenAsItIs() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "a$b${c}$$d\\e\n");
    SmallRyeConfig config =
        config(
            Map.of(
                "markbridge.journal.url",
                "jdbc:postgresql://host/journal",
                "markbridge.journal.password-file",
                file.toString()));
    assertThat(password(config)).isEqualTo("a$b${c}$$d\\e");
  }

  @Test
  void unreadablePasswordIsNoReasonToFailHere() {
    SmallRyeConfig config =
        config(
            Map.of(
                "markbridge.journal.url",
                "jdbc:postgresql://host/journal",
                "markbridge.journal.password-file",
                directory.resolve("none").toString()));
    assertThat(
            config.getOptionalValue("quarkus.datasource.journal-postgresql.password", String.class))
        .isEmpty();
  }

  @Test
  void quarkusFindsIt() {
    assertThat(ServiceLoader.load(io.smallrye.config.ConfigSourceFactory.class))
        .hasAtLeastOneElementOfType(JournalDatabase.class);
  }

  private static String password(SmallRyeConfig config) {
    return config.getValue("quarkus.datasource.journal-postgresql.password", String.class);
  }
}
