package io.markbridge.step;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import io.markbridge.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** Apache MINA SSHD in this JVM: needs nothing installed, and fails when a test says so. */
final class MinaServer implements SftpPlantServer {
  private static final String USER = "plant";
  private static final String PASSPHRASE = "of the key";
  private static final String PASSWORD = "password";

  /** Of this JVM: a pair takes the time of some tests. */
  private static final Keys KEYS = Keys.make();

  private final Path root;
  private final Path keys;
  private final java.security.KeyPair own = KEYS.own();
  private final java.security.KeyPair other = KEYS.other();
  private final PublicKey client;
  private final AtomicLong logins = new AtomicLong();
  private final Set<Path> denied = ConcurrentHashMap.newKeySet();
  private final Set<Path> gone = ConcurrentHashMap.newKeySet();
  private volatile boolean full;
  private volatile CountDownLatch hanging = new CountDownLatch(0);
  private volatile boolean waited;
  private java.security.KeyPair shown = own;
  private SshServer server;
  private final int port = FreePort.reserve();

  /**
   * @param folder an empty one of the test
   */
  MinaServer(Path folder) throws Exception {
    this.root = Files.createDirectories(folder.resolve("server"));
    this.keys = Files.createDirectories(folder.resolve("keys"));
    for (String name : List.of("inbox", "replies", "done", "failed")) {
      Files.createDirectories(root.resolve(name));
    }
    Files.write(keys.resolve("id"), KEYS.client());
    this.client =
        AuthorizedKeyEntry.parseAuthorizedKeyEntry(KEYS.clientPublic())
            .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
    start();
  }

  /**
   * Two of servers, and one of a client.
   *
   * @param client encrypted, as OpenSSH writes it
   */
  private record Keys(
      java.security.KeyPair own, java.security.KeyPair other, byte[] client, String clientPublic) {
    static Keys make() {
      try {
        KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.RSA, 2048);
        ByteArrayOutputStream secret = new ByteArrayOutputStream();
        pair.writeOpenSSHv1PrivateKey(secret, PASSPHRASE.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream known = new ByteArrayOutputStream();
        pair.writePublicKey(known, "test");
        return new Keys(
            KeyUtils.generateKeyPair("ssh-rsa", 2048),
            KeyUtils.generateKeyPair("ssh-rsa", 2048),
            secret.toByteArray(),
            known.toString(StandardCharsets.UTF_8));
      } catch (Exception failure) {
        throw new IllegalStateException("making keys", failure);
      }
    }
  }

  @Override
  public void start() throws Exception {
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(port);
    server.setKeyPairProvider(KeyPairProvider.wrap(shown));
    server.setPasswordAuthenticator(
        (user, password, session) -> {
          logins.incrementAndGet();
          return user.equals(USER) && password.equals("geheim");
        });
    server.setPublickeyAuthenticator(
        (user, key, session) -> {
          logins.incrementAndGet();
          return user.equals(USER) && KeyUtils.compareKeys(key, client);
        });
    server.setFileSystemFactory(new VirtualFileSystemFactory(root));
    SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
    sftp.addSftpEventListener(new Trouble());
    server.setSubsystemFactories(Collections.singletonList(sftp));
    server.start();
  }

  /** What a server's disk and permissions would do. */
  private final class Trouble implements SftpEventListener {
    @Override
    public void opening(ServerSession session, String remoteHandle, Handle handle)
        throws IOException {
      check(handle.getFile());
    }

    @Override
    public void writing(
        ServerSession session,
        String remoteHandle,
        FileHandle handle,
        long offset,
        byte[] data,
        int dataOffset,
        int dataLen)
        throws IOException {
      if (full && handle.getFile().toString().contains("replies")) {
        throw new FileSystemException(handle.getFile().toString(), null, "No space left on device");
      }
    }

    @Override
    public void moving(ServerSession session, Path from, Path to, Collection<CopyOption> options)
        throws IOException {
      waitWhileHanging();
      check(to.getParent());
      check(to.getParent().getParent());
    }

    @Override
    public void creating(ServerSession session, Path path, Map<String, ?> attributes)
        throws IOException {
      check(path.getParent());
    }

    private void waitWhileHanging() throws IOException {
      try {
        waited = hanging.getCount() > 0;
        hanging.await();
      } catch (InterruptedException ended) {
        throw new IOException(ended);
      }
    }

    private void check(Path path) throws IOException {
      Path real = root.resolve(path.toString().substring(1));
      if (gone.contains(real)) {
        throw new NoSuchFileException(path.toString());
      }
      if (denied.contains(real)) {
        throw new AccessDeniedException(path.toString());
      }
    }
  }

  @Override
  public void stop() throws Exception {
    server.stop(true);
  }

  @Override
  public void showHostKey(boolean its) {
    shown = its ? own : other;
  }

  @Override
  public void permit(Path path, boolean permitted) {
    if (permitted) {
      denied.remove(path);
    } else {
      denied.add(path);
    }
  }

  @Override
  public void seal(Path folder, boolean sealed) {
    permit(folder, !sealed);
  }

  @Override
  public void hang(boolean hangs) {
    waited = false;
    hanging.countDown();
    hanging = new CountDownLatch(hangs ? 1 : 0);
  }

  /** Whether somebody waits since it hangs. */
  boolean waited() {
    return waited;
  }

  /** It is listed and cannot be opened any more. */
  void lose(Path folder) {
    gone.add(folder);
  }

  @Override
  public void full(boolean now) {
    full = now;
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public long attempts() {
    return logins.get();
  }

  @Override
  public Map<String, String> hostKey() {
    return Map.of("host-key-fingerprint", KeyUtils.getFingerPrint(own.getPublic()));
  }

  @Override
  public Map<String, Map<String, String>> logins() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    all.put(
        "RSA key with a passphrase",
        Map.of(
            "username", USER,
            "private-key-file", keys.resolve("id").toString(),
            "passphrase", PASSPHRASE));
    all.put(PASSWORD, Map.of("username", USER, "password", "geheim"));
    return all;
  }

  @Override
  public Map<String, String> quickSettings() {
    Map<String, String> settings = new HashMap<>(hostKey());
    settings.putAll(logins().get(PASSWORD));
    return settings;
  }

  @Override
  public void close() throws Exception {
    hang(false);
    server.stop(true);
  }
}
