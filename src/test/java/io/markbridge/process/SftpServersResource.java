package io.markbridge.process;

import io.markbridge.FreePort;
import io.markbridge.step.TestSftpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Four SFTP servers: two that work, one that is dead, and one that is not the one it should be. */
public final class SftpServersResource implements QuarkusTestResourceLifecycleManager {
  private TestSftpServer north;
  private TestSftpServer south;
  private TestSftpServer impostor;

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>();
    try {
      Path folder = Files.createTempDirectory("markbridge-sftp");
      north = new TestSftpServer(folder.resolve("north"));
      south = new TestSftpServer(folder.resolve("south"));
      impostor = new TestSftpServer(folder.resolve("impostor"));
      add(settings, "north", north.settings());
      add(settings, "south", south.settings());
      settings.put("markbridge.sftp.south.group", "beer");
      add(settings, "impostor", impostor.settings());
      settings.put("markbridge.sftp.impostor.host-key-fingerprint", "SHA256:" + "a".repeat(43));
      add(settings, "dead", north.settings());
      settings.put("markbridge.sftp.dead.port", Integer.toString(FreePort.reserve()));
      return settings;
    } catch (Exception failure) {
      throw new IllegalStateException("starting SFTP servers", failure);
    }
  }

  private static void add(Map<String, String> settings, String name, Map<String, String> own) {
    own.forEach((key, value) -> settings.put("markbridge.sftp." + name + "." + key, value));
    settings.put("markbridge.sftp." + name + ".poll", "100ms");
    settings.put("markbridge.sftp." + name + ".stable-for", "100ms");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        Map.of("north", north.root(), "south", south.root(), "impostor", impostor.root()),
        new TestInjector.AnnotatedAndMatchesType(SftpRoots.class, Map.class));
  }

  @Override
  public void stop() {
    for (TestSftpServer server : new TestSftpServer[] {north, south, impostor}) {
      if (server != null) {
        server.close();
      }
    }
  }
}
