package io.markbridge.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An SFTP server on which a legacy system drops documents and finds their replies.
 *
 * @param name as the site calls it; part of the source of its documents
 * @param password empty where the key alone is to do
 * @param privateKey a file in OpenSSH's form or in PEM
 * @param passphrase of the private key
 * @param knownHosts a file in OpenSSH's form
 * @param fingerprints of host keys, such as {@code SHA256:…}; those of the known hosts count too
 * @param account of all documents, as if the inbox were a folder of that name
 * @param group the product group of all documents, in the same way
 * @param folders of the server; relative ones begin where the login does
 * @param poll between two listings
 * @param stableFor how long a file without marker and without a temporary name has to look the same
 * @param timeout of a connection and of each answer
 */
public record SftpServer(
    String name,
    String host,
    int port,
    String username,
    Optional<String> password,
    Optional<Path> privateKey,
    Optional<String> passphrase,
    Optional<Path> knownHosts,
    List<String> fingerprints,
    Optional<String> account,
    Optional<String> group,
    Folders folders,
    Duration poll,
    Duration stableFor,
    Duration timeout) {

  /** Where the server's folders are, with {@code /}. */
  public record Folders(String inbox, String replies, String done, String failed) {}

  public SftpServer {
    fingerprints = List.copyOf(fingerprints);
  }

  /** One server of the site; its secrets come from the environment or from files. */
  static SftpServer of(Settings settings, String name) {
    String prefix = prefix(name);
    return new SftpServer(
        name,
        settings.text(prefix + "host").orElseThrow(() -> missing(prefix + "host")),
        (int) settings.number(prefix + "port", 22),
        settings.text(prefix + "username").orElseThrow(() -> missing(prefix + "username")),
        settings.secret(prefix + "password"),
        settings.text(prefix + "private-key-file").map(Path::of),
        settings.secret(prefix + "passphrase"),
        settings.text(prefix + "known-hosts-file").map(Path::of),
        settings.text(prefix + "host-key-fingerprint").stream()
            .flatMap(list -> List.of(list.split("[,\\s]+")).stream())
            .toList(),
        settings.text(prefix + "account"),
        settings.text(prefix + "group"),
        new Folders(
            settings.text(prefix + "inbox", "inbox"),
            settings.text(prefix + "replies", "replies"),
            settings.text(prefix + "done", "done"),
            settings.text(prefix + "failed", "failed")),
        settings.duration(prefix + "poll", Duration.ofSeconds(5)),
        settings.duration(prefix + "stable-for", Duration.ofSeconds(10)),
        settings.duration(prefix + "timeout", Duration.ofSeconds(30)));
  }

  /** What its settings begin with, below {@code markbridge.}. */
  static String prefix(String name) {
    return "sftp." + (name.matches("[A-Za-z0-9_-]+") ? name : "\"" + name + "\"") + ".";
  }

  private static IllegalStateException missing(String setting) {
    return new IllegalStateException("the setting markbridge." + setting + " is missing");
  }

  /** What the journal calls the source of its documents. */
  public String source() {
    return "sftp:" + name;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SFTP server " + name + " (" + host + ":" + port + ")";
  }
}
