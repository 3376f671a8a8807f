package io.markbridge.cli.check;

import io.markbridge.cli.Causes;
import io.markbridge.cli.Printable;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SftpServer;
import io.markbridge.step.SftpTrial;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether each SFTP server is the one that the site knows, lets the bridge in, and has an inbox.
 */
final class SftpCheck {
  private final Settings settings;
  private final Clock clock;

  SftpCheck(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @param unreachable subjects that need not be tried
   */
  List<CheckResult> online(Set<String> unreachable) {
    List<CheckResult> results = new ArrayList<>();
    for (String name : settings.sftpServers()) {
      String subject = "sftp " + name;
      results.add(
          unreachable.contains(subject) ? CheckResult.notReached(subject) : check(subject, name));
    }
    return results;
  }

  private CheckResult check(String subject, String name) {
    try {
      SftpServer server = settings.sftpServer(name);
      List<String> missing = SftpTrial.missingFolders(server, clock);
      return CheckResult.ok(
          subject,
          "it is the server that is known, and lets "
              + server.username()
              + " in"
              + (missing.isEmpty()
                  ? ""
                  : "; run makes " + String.join(", ", missing) + " when it needs them"));
    } catch (IOException | RuntimeException failure) {
      return CheckResult.error(
          subject,
          Printable.line(Causes.told(failure), 400),
          "correct the settings markbridge.sftp."
              + name
              + ".…, or what the server has; docs/sftp.md");
    }
  }
}
