package io.markbridge.step;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import io.markbridge.settings.SftpServer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * Knows a server by its host key: pinned by fingerprint, or in a file of known hosts, which is read
 * anew for each connection. Nothing is ever learned from the server itself.
 */
final class SftpHostKeys implements HostKeyRepository {
  private final SftpServer server;
  private final Optional<HostKeyRepository> known;
  private volatile String shown = "";

  /**
   * @throws JSchException when the file of known hosts cannot be read
   */
  SftpHostKeys(SftpServer server) throws JSchException {
    this.server = server;
    if (server.knownHosts().isPresent()) {
      JSch reader = new JSch();
      reader.setKnownHosts(server.knownHosts().get().toString());
      this.known = Optional.of(reader.getHostKeyRepository());
    } else {
      this.known = Optional.empty();
    }
  }

  /** The key that the server showed last, as its type and fingerprint. */
  String shown() {
    return shown;
  }

  @Override
  public int check(String host, byte[] key) {
    String fingerprint = fingerprint(key);
    shown = type(key) + " " + fingerprint;
    if (server.fingerprints().stream().anyMatch(pinned -> same(pinned, fingerprint))) {
      return OK;
    }
    return known
        .map(hosts -> hosts.check(host, key))
        .orElse(server.fingerprints().isEmpty() ? NOT_INCLUDED : CHANGED);
  }

  private static boolean same(String pinned, String fingerprint) {
    return pinned.replaceAll("=+$", "").equals(fingerprint);
  }

  private static String fingerprint(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** A key begins with the length and the name of its type. */
  private static String type(byte[] key) {
    int length = key.length < 4 ? 0 : Math.min(key[3], key.length - 4);
    String type =
        new String(key, 4, Math.max(0, length), java.nio.charset.StandardCharsets.US_ASCII);
    return LogText.line(type);
  }

  /** Which types of keys are known: those are asked for first. */
  @Override
  public HostKey[] getHostKey(String host, String type) {
    return known.map(hosts -> hosts.getHostKey(host, type)).orElse(new HostKey[0]);
  }

  @Override
  public HostKey[] getHostKey() {
    return known.map(HostKeyRepository::getHostKey).orElse(new HostKey[0]);
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return server.knownHosts().map(Object::toString).orElse("host-key-fingerprint");
  }

  @Override
  public void add(HostKey key, UserInfo asker) {
    throw new UnsupportedOperationException("host keys are the site's to add");
  }

  @Override
  public void remove(String host, String type) {
    throw new UnsupportedOperationException("host keys are the site's to remove");
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    throw new UnsupportedOperationException("host keys are the site's to remove");
  }
}
