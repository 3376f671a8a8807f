package io.markbridge.cli.check;

import io.markbridge.cli.Causes;
import io.markbridge.cli.Printable;
import io.markbridge.cli.Workplace;
import io.markbridge.outbox.Outbox;
import io.markbridge.outbox.OutboxTrial;
import io.markbridge.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the statements of each outbox can be read, and, online, fit its tables. */
final class OutboxesCheck {
  private static final String SQLITE = "jdbc:sqlite:";

  private final Workplace workplace;
  private final Settings settings;

  OutboxesCheck(Workplace workplace, Settings settings) {
    this.workplace = workplace;
    this.settings = settings;
  }

  /** Those that have an address; none where the file of a secret cannot be read. */
  List<Outbox> outboxes() {
    try {
      return Outbox.all(settings);
    } catch (RuntimeException toldByTheCheck) {
      return List.of();
    }
  }

  List<CheckResult> run() {
    List<CheckResult> results = new ArrayList<>();
    try {
      Outbox.all(settings);
    } catch (RuntimeException unreadable) {
      return List.of(
          CheckResult.error(
              "outbox", Causes.told(unreadable), "let the bridge's user read the secret file"));
    }
    for (String name : settings.outboxes()) {
      if (settings.text("outbox." + name + ".url").isEmpty()) {
        results.add(
            CheckResult.error(
                "outbox " + name, "it has no address", "set markbridge.outbox." + name + ".url"));
      }
    }
    for (Outbox outbox : outboxes()) {
      results.add(read(outbox));
      file(outbox, results);
    }
    return results;
  }

  private CheckResult read(Outbox outbox) {
    String subject = subject(outbox);
    try {
      new OutboxTrial(outbox, workplace.files());
      return CheckResult.ok(subject, "its statements can be read");
    } catch (IOException unreadable) {
      return CheckResult.error(
          subject, Causes.told(unreadable), "correct the files in " + folder(outbox));
    } catch (SQLException | RuntimeException noDriver) {
      return CheckResult.error(
          subject,
          Causes.told(noDriver),
          "put the driver's jar into lib/main of the program, or correct the address");
    }
  }

  private void file(Outbox outbox, List<CheckResult> results) {
    if (!outbox.url().startsWith(SQLITE)) {
      return;
    }
    String name = outbox.url().substring(SQLITE.length()).replaceFirst("\\?.*", "");
    Path file = workplace.resolve(Path.of(name.replaceFirst("^file:", "")));
    if (!Files.isRegularFile(file)) {
      results.add(
          CheckResult.warning(
              subject(outbox),
              "there is no file " + file,
              "correct markbridge.outbox."
                  + outbox.name()
                  + ".url, or make it with what outbox-schema sqlite prints"));
    }
  }

  /**
   * Connects to each, and says every statement once, for no row.
   *
   * @param unreachable subjects that need not be tried
   */
  List<CheckResult> online(Set<String> unreachable) {
    return outboxes().stream()
        .flatMap(
            outbox ->
                unreachable.contains(subject(outbox))
                    ? Stream.of(CheckResult.notReached(subject(outbox)))
                    : online(outbox).stream())
        .toList();
  }

  private List<CheckResult> online(Outbox outbox) {
    String subject = subject(outbox);
    try {
      Map<String, String> refused = new OutboxTrial(outbox, workplace.files()).run();
      if (refused.isEmpty()) {
        return List.of(CheckResult.ok(subject, "every statement fits its tables"));
      }
      List<CheckResult> results = new ArrayList<>();
      refused.forEach(
          (file, why) ->
              results.add(
                  CheckResult.error(
                      subject,
                      Printable.line(file + ": " + why, 240),
                      "correct it, or the table and its grants: see outbox-schema")));
      return results;
    } catch (IOException toldBefore) {
      return List.of();
    } catch (SQLException | RuntimeException failure) {
      return List.of(
          CheckResult.error(
              subject,
              Printable.line(Causes.told(failure), 240),
              "check markbridge.outbox."
                  + outbox.name()
                  + ".url, username and password, and that the database lets this machine in"));
    }
  }

  private static String subject(Outbox outbox) {
    return "outbox " + outbox.name();
  }

  private static String folder(Outbox outbox) {
    return outbox.statements().map(own -> "config/sql/" + own).orElse("config/sql");
  }
}
