package io.markbridge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server on loopback, for the legacy systems of the demo that have no folder in common. */
final class DemoSftpServer implements AutoCloseable {
  private static final String USER = "legacy";

  private final String password = UUID.randomUUID().toString();
  private final SshServer server;
  private final KeyPair hostKey;

  private DemoSftpServer(Path folder, KeyPair hostKey) {
    this.hostKey = hostKey;
    this.server = SshServer.setUpDefaultServer();
    server.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPasswordAuthenticator(
        (user, said, session) -> user.equals(USER) && said.equals(password));
    server.setFileSystemFactory(new VirtualFileSystemFactory(folder.toAbsolutePath()));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
  }

  /** A running server whose root this folder is. */
  static DemoSftpServer start(Path folder) throws IOException {
    for (String name : List.of("inbox", "replies", "done", "failed")) {
      Files.createDirectories(folder.resolve(name));
    }
    try {
      DemoSftpServer started =
          new DemoSftpServer(folder, KeyUtils.generateKeyPair(KeyPairProvider.SSH_RSA, 2048));
      started.server.start();
      return started;
    } catch (java.security.GeneralSecurityException impossible) {
      throw new IOException("making a host key", impossible);
    }
  }

  int port() {
    return server.getPort();
  }

  /** How the bridge gets there. */
  Map<String, String> settings() {
    String prefix = "markbridge.sftp.demo.";
    return Map.of(
        prefix + "host",
        "127.0.0.1",
        prefix + "port",
        Integer.toString(port()),
        prefix + "username",
        USER,
        prefix + "password",
        password,
        prefix + "host-key-fingerprint",
        KeyUtils.getFingerPrint(hostKey.getPublic()),
        prefix + "poll",
        "200ms",
        prefix + "stable-for",
        "400ms");
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
