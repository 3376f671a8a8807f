package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.settings.Settings;
import io.markbridge.settings.SftpServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login as {@code check --online} makes it, at a real server. */
class SftpTrialTest {
  @TempDir Path folder;
  private MinaServer server;
  private Map<String, String> login;

  @BeforeEach
  void start() throws Exception {
    server = new MinaServer(folder);
    login = new HashMap<>(server.settings());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private List<String> tried() throws IOException {
    Map<String, String> settings = new HashMap<>();
    login.put("host", "127.0.0.1");
    login.put("port", Integer.toString(server.port()));
    login.put("timeout", "10s");
    login.forEach((name, value) -> settings.put("markbridge.sftp.plant." + name, value));
    SftpServer plant =
        new Settings(
                new SmallRyeConfigBuilder()
                    .withSources(new PropertiesConfigSource(settings, "test", 500))
                    .build())
            .sftpServer("plant");
    return SftpTrial.missingFolders(plant, Clock.systemUTC());
  }

  @Test
  void everyLoginIsLetInAndNothingIsMadeThere() throws Exception {
    Files.delete(server.root().resolve("replies"));
    for (Map<String, String> one : server.logins().values()) {
      login = new HashMap<>(server.hostKey());
      login.putAll(one);
      assertThat(tried()).containsExactly("replies");
    }
    assertThat(server.root().resolve("replies")).doesNotExist();
  }

  @Test
  void anotherHostKeyIsToldBeforeAnythingIsSent() throws Exception {
    server.stop();
    server.showHostKey(false);
    server.start();
    long before = server.attempts();

    assertThatThrownBy(this::tried)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its host key is not the one that the site knows")
        .hasMessageContaining("SHA256:");
    assertThat(server.attempts()).isEqualTo(before);
  }

  @Test
  void aWrongPasswordIsTold() {
    login.remove("private-key-file");
    login.put("password", "wrong");
    login.put("username", "plant");

    assertThatThrownBy(this::tried)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it does not let plant in")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void anInboxThatIsNotThereIsTold() throws Exception {
    Files.delete(server.root().resolve("inbox"));

    assertThatThrownBy(this::tried).hasMessageContaining("there is no folder inbox");
  }
}
