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
    NamedSection own = section(settings, name);
    return new SftpServer(
        name,
        own.needed("host"),
        (int) own.number("port"),
        own.needed("username"),
        own.secret("password"),
        own.text("private-key-file").map(Path::of),
        own.secret("passphrase"),
        own.text("known-hosts-file").map(Path::of),
        own.text("host-key-fingerprint").stream()
            .flatMap(list -> List.of(list.split("[,\\s]+")).stream())
            .toList(),
        own.text("account"),
        own.text("group"),
        new Folders(
            own.needed("inbox"), own.needed("replies"), own.needed("done"), own.needed("failed")),
        own.duration("poll"),
        own.duration("stable-for"),
        own.duration("timeout"));
  }

  /** Its settings, with their defaults. */
  static NamedSection section(Settings settings, String name) {
    return new NamedSection(settings, "sftp", prefix(name));
  }

  /** What its settings begin with, below {@code markbridge.}. */
  static String prefix(String name) {
    return "sftp." + (name.matches("[A-Za-z0-9_-]+") ? name : "\"" + name + "\"") + ".";
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
