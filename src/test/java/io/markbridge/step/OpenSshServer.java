package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.markbridge.FreePort;
import io.markbridge.OnThisMachine;
import io.markbridge.Patience;
import io.markbridge.RealServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A real OpenSSH server of the test's own, on loopback, with SFTP only. Started by root, it keeps a
 * user of its own in a chroot; otherwise it serves who runs the test.
 */
final class OpenSshServer implements SftpPlantServer {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");
  private static final String PASSPHRASE = "of the key";
  private static final boolean AS_ROOT = System.getProperty("user.name").equals("root");

  private static final Map<String, byte[]> MADE = new LinkedHashMap<>();

  private final Path keys;
  private final Path root;
  private final String user;
  private final String password = UUID.randomUUID().toString();
  private final int port = FreePort.reserve();
  private String hostKey = "host";
  private Process process;
  private boolean mounted;
  private List<String> standing = List.of();

  /** Without it, tests are skipped, but for where the tests of all servers have to run. */
  static void assumeInstalled() {
    OnThisMachine.needed(Files.isExecutable(SSHD), "an OpenSSH server, " + SSHD + ",");
  }

  /**
   * @param folder an empty one of the test
   */
  OpenSshServer(Path folder) throws Exception {
    this.keys = Files.createDirectories(folder.resolve("keys"));
    String own = "mb" + UUID.randomUUID().toString().substring(0, 8);
    // The way to a chroot must belong to root alone, which temporary folders do not.
    this.root =
        AS_ROOT
            ? Files.createDirectory(Path.of("/var/lib/" + own))
            : Files.createDirectories(folder.resolve("server"));
    this.user = AS_ROOT ? own : System.getProperty("user.name");
    if (AS_ROOT) {
      Files.createDirectories(Path.of("/run/sshd"));
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
      run("useradd", "--no-create-home", "--home-dir", "/", "--shell", "/usr/sbin/nologin", user);
      setPassword();
    }
    for (String name : List.of("inbox", "replies", "done", "failed")) {
      handOver(Files.createDirectories(root.resolve(name)));
    }
    for (Map.Entry<String, byte[]> key : keysOfThisJvm().entrySet()) {
      Files.write(keys.resolve(key.getKey()), key.getValue());
      Files.setPosixFilePermissions(
          keys.resolve(key.getKey()), PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(
        keys.resolve("authorized"),
        Files.readString(keys.resolve("ed25519.pub")) + Files.readString(keys.resolve("rsa.pub")));
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        keys.resolve("authorized"), PosixFilePermissions.fromString("rw-r--r--"));
    if (AS_ROOT) {
      Files.copy(keys.resolve("authorized"), root.resolve("authorized"));
    }
    start();
  }

  private void setPassword() throws Exception {
    Process chpasswd =
        new ProcessBuilder("chpasswd")
            .inheritIO()
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (var input = chpasswd.outputWriter()) {
      input.write(user + ":" + password + "\n");
    }
    assertThat(chpasswd.waitFor()).as("chpasswd").isZero();
  }

  /** By the names of their files; made once, as that takes the time of some tests. */
  private static synchronized Map<String, byte[]> keysOfThisJvm() throws Exception {
    if (MADE.isEmpty()) {
      Path folder = Files.createTempDirectory("markbridge-keys");
      key(folder, "host", "ed25519", "");
      key(folder, "other", "ed25519", "");
      key(folder, "ed25519", "ed25519", PASSPHRASE);
      key(folder, "rsa", "rsa", PASSPHRASE);
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          MADE.put(file.getFileName().toString(), Files.readAllBytes(file));
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
    return MADE;
  }

  private static void key(Path folder, String name, String type, String passphrase)
      throws Exception {
    run(
        "ssh-keygen",
        "-q",
        // The fewest rounds: each login opens the key.
        "-a",
        "1",
        "-t",
        type,
        "-N",
        passphrase,
        "-C",
        name,
        "-f",
        folder.resolve(name).toString());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(List.of(command) + ": " + said).isZero();
  }

  @Override
  public void start() throws Exception {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + keys.resolve(hostKey),
                "PidFile none",
                "LogLevel VERBOSE",
                "StrictModes no",
                "AllowUsers " + user,
                "UsePAM no",
                "PasswordAuthentication yes",
                "KbdInteractiveAuthentication no",
                "AuthorizedKeysFile "
                    + (AS_ROOT ? root.resolve("authorized") : keys.resolve("authorized")),
                "Subsystem sftp internal-sftp",
                "Match User " + user,
                "  ForceCommand internal-sftp",
                "  AllowTcpForwarding no",
                "  X11Forwarding no"));
    if (AS_ROOT) {
      lines.add("  ChrootDirectory " + root);
    }
    Path configuration = Files.write(keys.resolve("sshd_config"), lines);
    process =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    Patience.await("sshd").until(this::listens);
  }

  private boolean listens() throws IOException {
    assertThat(process.isAlive()).as(Files.readString(log())).isTrue();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      String banner =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      if (banner == null) {
        return false;
      }
      RealServers.answers("OpenSSH", banner);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private Path log() {
    return keys.resolve("sshd.log");
  }

  @Override
  public void stop() throws Exception {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void showHostKey(boolean own) {
    hostKey = own ? "host" : "other";
  }

  @Override
  public void permit(Path path, boolean permitted) throws IOException {
    if (permitted) {
      handOver(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    } else {
      if (AS_ROOT) {
        Files.setOwner(
            path,
            path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root"));
      }
      Files.setPosixFilePermissions(
          path,
          PosixFilePermissions.fromString(Files.isDirectory(path) ? "r-xr-xr-x" : "---------"));
    }
  }

  @Override
  public void seal(Path folder, boolean sealed) throws IOException {
    permit(folder, !sealed);
    if (sealed) {
      Files.setPosixFilePermissions(
          folder, PosixFilePermissions.fromString(AS_ROOT ? "rwx------" : "---------"));
    }
  }

  /** Its processes that do SFTP stand still; those that keep the connections do not. */
  @Override
  public void hang(boolean hangs) throws Exception {
    if (hangs) {
      standing =
          process
              .descendants()
              .map(one -> Long.toString(one.pid()))
              .filter(OpenSshServer::doesSftp)
              .toList();
      assertThat(standing).as("processes that do SFTP").isNotEmpty();
    }
    for (String one : standing) {
      // One whose connection is gone may be gone itself.
      new ProcessBuilder("kill", hangs ? "-STOP" : "-CONT", one).start().waitFor();
    }
  }

  private static boolean doesSftp(String process) {
    try {
      return Files.readString(Path.of("/proc", process, "cmdline")).contains("internal-sftp");
    } catch (IOException ended) {
      return false;
    }
  }

  /** A small disk of its own, and a file that takes all of it. */
  @Override
  public void full(boolean full) throws Exception {
    assumeThat(AS_ROOT).as("only root can give the server a small disk").isTrue();
    Path replies = root.resolve("replies");
    Path filler = replies.resolve(".filler");
    if (!mounted) {
      run("mount", "-t", "tmpfs", "-o", "size=64k,mode=777", "tmpfs", replies.toString());
      mounted = true;
    }
    if (full) {
      run("sh", "-c", "cat /dev/zero > " + filler + " 2> /dev/null; true");
    } else {
      Files.delete(filler);
    }
  }

  @Override
  public void handOver(Path path) throws IOException {
    if (AS_ROOT) {
      Files.setOwner(
          path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }
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
    try (Stream<String> lines = Files.lines(log())) {
      return lines.filter(line -> line.matches("(Accepted|Failed|Postponed) .*")).count();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  @Override
  public Map<String, String> hostKey() {
    try {
      String key = Files.readString(keys.resolve("host.pub")).replaceAll(" host\\s*$", "");
      Path known =
          Files.writeString(
              keys.resolve("known_hosts"), "127.0.0.1 " + key + "\n[127.0.0.1]:* " + key + "\n");
      return Map.of("known-hosts-file", known.toString());
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  @Override
  public Map<String, Map<String, String>> logins() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    for (String type : List.of("ed25519", "rsa")) {
      all.put(
          type + " key with a passphrase",
          located(
              Map.of("private-key-file", keys.resolve(type).toString(), "passphrase", PASSPHRASE)));
    }
    if (AS_ROOT) {
      all.put("password", located(Map.of("password", password)));
    }
    return all;
  }

  /** Without a chroot, the folders are not where the login begins. */
  private Map<String, String> located(Map<String, String> login) {
    Map<String, String> settings = new LinkedHashMap<>(login);
    settings.put("username", user);
    if (!AS_ROOT) {
      for (String name : List.of("inbox", "replies", "done", "failed")) {
        settings.put(name, root.resolve(name).toString());
      }
    }
    return settings;
  }

  @Override
  public void close() throws Exception {
    stop();
    if (mounted) {
      run("umount", root.resolve("replies").toString());
    }
    if (AS_ROOT) {
      run("userdel", user);
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
