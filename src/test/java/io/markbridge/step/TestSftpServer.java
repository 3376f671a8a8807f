package io.markbridge.step;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A running {@link MinaServer} for tests of other packages. */
public final class TestSftpServer implements AutoCloseable {
  private final MinaServer server;

  /**
   * @param folder an empty one of the test
   */
  public TestSftpServer(Path folder) throws Exception {
    this.server = new MinaServer(folder);
  }

  public Path root() {
    return server.root();
  }

  /** Below {@code markbridge.sftp.<server>.}. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(server.settings());
    settings.put("host", "127.0.0.1");
    settings.put("port", Integer.toString(server.port()));
    return settings;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception failure) {
      throw new IllegalStateException("stopping an SFTP server", failure);
    }
  }
}
