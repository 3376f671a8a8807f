package io.markbridge.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What the settings of an SFTP server must say together: where it is, who logs in, how the server
 * proves that it is the right one, and folders that do not lie in each other.
 */
final class SftpRules {
  private static final List<String> FOLDERS = List.of("inbox", "replies", "done", "failed");

  private final Settings settings;
  private final BiConsumer<String, String> wrong;

  /**
   * @param wrong takes the name of a setting below {@code markbridge.} and what to write
   */
  SftpRules(Settings settings, BiConsumer<String, String> wrong) {
    this.settings = settings;
    this.wrong = wrong;
  }

  void check() {
    settings.sftpServers().forEach(this::check);
  }

  private void check(String name) {
    String prefix = SftpServer.prefix(name);
    NamedSection server = SftpServer.section(settings, name);
    Optional<String> host = settings.text(prefix + "host");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")) {
      wrong.accept(prefix + "host", "a name of the server of letters, digits, - and _");
    }
    if (host.isEmpty()) {
      wrong.accept(prefix + "host", "the server's name or address");
    }
    if (settings.text(prefix + "username").isEmpty()) {
      wrong.accept(prefix + "username", "who the bridge is on the server");
    }
    if (none(prefix, "password", "password-file", "private-key-file")) {
      wrong.accept(
          prefix + "private-key-file",
          "the file of a private key, or set password-file, or the password in the environment");
    }
    if (none(prefix, "known-hosts-file", "host-key-fingerprint")) {
      wrong.accept(prefix + "known-hosts-file", hostKeyAdvice(host.orElse("HOST"), server));
    }
    settings
        .text(prefix + "account")
        .filter(account -> !settings.accounts().contains(account))
        .ifPresent(
            account ->
                wrong.accept(
                    prefix + "account",
                    "one of the accounts: " + String.join(", ", settings.accounts())));
    folders(prefix, server);
  }

  private boolean none(String prefix, String... names) {
    return Arrays.stream(names).allMatch(name -> settings.text(prefix + name).isEmpty());
  }

  private static String hostKeyAdvice(String host, NamedSection server) {
    String scan = "ssh-keyscan -p " + server.needed("port") + " " + host;
    return "a file with the server's host key, which `"
        + scan
        + " > known_hosts` writes, or host-key-fingerprint, which `"
        + scan
        + " | ssh-keygen -lf -` shows; compare it with what the server's administrator says";
  }

  /** What the bridge writes must not be read again. */
  private void folders(String prefix, NamedSection server) {
    List<List<String>> seen = new ArrayList<>();
    for (String folder : FOLDERS) {
      String path = server.needed(folder);
      List<String> segments =
          Arrays.stream(path.split("/")).filter(one -> !one.isEmpty() && !one.equals(".")).toList();
      List<String> whole = path.startsWith("/") ? prepend("/", segments) : segments;
      if (segments.contains("..")) {
        wrong.accept(prefix + folder, "a folder without ..");
      } else if (seen.stream().anyMatch(other -> within(whole, other) || within(other, whole))) {
        wrong.accept(
            prefix + folder, "a folder that does not lie in another one of " + Set.copyOf(FOLDERS));
      }
      seen.add(whole);
    }
  }

  private static List<String> prepend(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  private static boolean within(List<String> inner, List<String> outer) {
    return inner.size() >= outer.size() && inner.subList(0, outer.size()).equals(outer);
  }
}
