package io.markbridge.cli.check;

import io.markbridge.operator.OperatorPreset;
import io.markbridge.outbox.Outbox;
import io.markbridge.settings.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every host that the bridge of a site talks to; that of the journal has its own check. */
final class Hosts {
  /** What the subject of each begins with. */
  static final String SUBJECT = "host of ";

  private static final Pattern JDBC =
      Pattern.compile("jdbc:([a-z]+):(?:[^/]*@)?(?:[a-z]+:)*//(?:[^/@]*@)?([^/?;]+).*");
  private static final Pattern HOST = Pattern.compile("(\\[[^]]+]|[^:\\\\]+)[^:]*(?::(\\d+))?");
  private static final Map<String, Integer> PORTS =
      Map.of("postgresql", 5432, "mariadb", 3306, "mysql", 3306, "sqlserver", 1433, "oracle", 1521);

  /**
   * One host.
   *
   * @param subject whose it is, such as {@code host of sftp plant}
   * @param setting that says it
   */
  record Host(String subject, String name, int port, String setting) {
    String shown() {
      return name + ":" + port;
    }
  }

  private Hosts() {}

  static List<Host> of(Settings settings, OperatorPreset preset, List<Outbox> outboxes) {
    List<Host> hosts = new ArrayList<>();
    for (OperatorPreset operator : preset.all()) {
      Set<String> accounts =
          operator == preset ? settings.watchedAccounts() : settings.accounts(operator.name());
      if (!accounts.isEmpty()) {
        String setting = operator.urlSetting();
        String url = settings.text(setting, operator.url().toString());
        hosts.addAll(http(operator.name(), url, setting));
      }
    }
    for (String name : settings.sftpServers()) {
      String prefix = "sftp." + (name.contains(".") ? "\"" + name + "\"" : name) + ".";
      settings
          .text(prefix + "host")
          .ifPresent(
              host ->
                  hosts.add(
                      new Host(
                          SUBJECT + "sftp " + name,
                          host,
                          (int) settings.number(prefix + "port", 22),
                          "markbridge." + prefix + "host and port")));
    }
    for (Outbox outbox : outboxes) {
      hosts.addAll(
          jdbc(
              SUBJECT + "outbox " + outbox.name(),
              outbox.url(),
              "markbridge.outbox." + outbox.name() + ".url"));
    }
    settings
        .text("traces.endpoint")
        .ifPresent(url -> hosts.addAll(http("traces", url, "traces.endpoint")));
    return hosts;
  }

  private static List<Host> http(String subject, String address, String setting) {
    URI url = URI.create(address);
    return url.getHost() == null
        ? List.of()
        : List.of(new Host(SUBJECT + subject, url.getHost(), port(url), "markbridge." + setting));
  }

  private static int port(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return "http".equals(url.getScheme()) ? 80 : 443;
  }

  /** The hosts of an address: a cluster has several, a file none. */
  static List<Host> jdbc(String subject, String url, String setting) {
    Matcher address = JDBC.matcher(url);
    if (!address.matches() || address.group(1).equals("sqlite")) {
      return List.of();
    }
    List<Host> hosts = new ArrayList<>();
    for (String one : address.group(2).split(",")) {
      Matcher host = HOST.matcher(one);
      if (host.matches()) {
        int port =
            host.group(2) == null
                ? PORTS.getOrDefault(address.group(1), 0)
                : Integer.parseInt(host.group(2));
        hosts.add(new Host(subject, host.group(1).replaceAll("[\\[\\]]", ""), port, setting));
      }
    }
    return hosts;
  }
}
