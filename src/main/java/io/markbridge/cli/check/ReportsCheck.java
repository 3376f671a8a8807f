package io.markbridge.cli.check;

import io.markbridge.cli.Workplace;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Lookup;
import io.markbridge.mapping.ConfiguredDefaults;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which groups have no source for what new reports must say and old ones never said (design
 * decision 9). A group is in use where it has settings or a folder in the inbox.
 */
final class ReportsCheck {
  private final Workplace workplace;
  private final Settings settings;
  private final OperatorPreset preset;
  private final Optional<Journal> journal;
  private final Iterable<String> properties;
  private final Set<String> accounts;

  ReportsCheck(
      Workplace workplace,
      Settings settings,
      OperatorPreset preset,
      Optional<Journal> journal,
      Iterable<String> properties) {
    this.workplace = workplace;
    this.settings = settings;
    this.preset = preset;
    this.journal = journal;
    this.properties = properties;
    this.accounts = settings.watchedAccounts();
  }

  List<CheckResult> run() {
    List<CheckResult> results = new ArrayList<>();
    for (String account : accounts) {
      for (String group : groups(account)) {
        results.add(check(account, group));
        if (!set("report-on", group, account)) {
          results.add(statement(account, group));
        }
      }
    }
    return results;
  }

  private CheckResult check(String account, String group) {
    Lookup.Remembered remembered =
        journal
            .map(one -> new Lookup(one).remembered(account, group))
            .orElse(Lookup.Remembered.NOTHING);
    List<String> missing = new ArrayList<>();
    List<String> advice = new ArrayList<>();
    String key = "markbridge.groups." + group + ".";
    if (!set("business-place-id", group, account)
        && !remembered.place()
        && !hasRows("config/directories/business-places.csv")) {
      missing.add("business place (6.7)");
      advice.add(key + "business-place-id");
    }
    if (!set("release-type", group, account) && !remembered.releaseType()) {
      missing.add("release type (6.5)");
      advice.add(key + "release-type");
    }
    if (!set("manufacturer-country", group, account)
        && !remembered.country()
        && !hasRows("config/directories/products.csv")) {
      missing.add("country (6.6)");
      advice.add(key + "manufacturer-country");
    }
    String subject = subject(account, group);
    if (missing.isEmpty()) {
      return CheckResult.ok(subject, "release type, country and place have sources");
    }
    return CheckResult.warning(
        subject,
        "fail unless their order passed the bridge or a side file says it: "
            + String.join(", ", missing),
        "set " + String.join(", ", advice) + ", or bring earlier orders in with memory import");
  }

  /** Where a plant reports twice, only it knows which of the two is the statement (6.1). */
  private CheckResult statement(String account, String group) {
    return CheckResult.warning(
        subject(account, group),
        "without report-on every PRINTED and every VERIFIED report is sent (6.1)",
        "set markbridge.groups."
            + group
            + ".report-on to PRINTED, VERIFIED or FIRST where the plant reports the same codes twice");
  }

  private String subject(String account, String group) {
    return "reports of " + group + (accounts.size() > 1 ? ", " + account : "");
  }

  /** Set for the group or the account, or for a line or folder that may be the group's. */
  private boolean set(String setting, String group, String account) {
    if (new ConfiguredDefaults(settings).find(setting, "", "", group, account).isPresent()) {
      return true;
    }
    for (String property : properties) {
      boolean near =
          property.startsWith("markbridge.lines.") || property.startsWith("markbridge.folders.");
      if (near && property.endsWith("." + setting)) {
        return true;
      }
    }
    return false;
  }

  private Set<String> groups(String account) {
    Set<String> groups = new TreeSet<>(settings.groups());
    Path inbox = workplace.resolve(settings.folder("inbox"));
    for (String group : preset.list("mapping/known-groups")) {
      if (Files.isDirectory(inbox.resolve(group))
          || Files.isDirectory(inbox.resolve(account).resolve(group))) {
        groups.add(group);
      }
    }
    return groups;
  }

  /** Whether a directory has a row below its header. */
  private boolean hasRows(String file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(workplace.files().open(file), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .skip(1)
          .findAny()
          .isPresent();
    } catch (IOException | RuntimeException toldByTheDirectoriesCheck) {
      return false;
    }
  }
}
