package io.markbridge.cli.check;

import io.markbridge.cli.Causes;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Account;
import io.markbridge.settings.SettingName;
import io.markbridge.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether every account has what each family of paths wants. Never tells a secret. */
final class AccountsCheck {
  private static final List<String> FAMILIES = List.of("api", "public");

  private final Settings settings;
  private final OperatorPreset preset;
  private final Set<String> names;

  AccountsCheck(Settings settings, OperatorPreset preset) {
    this.settings = settings;
    this.preset = preset;
    this.names = settings.watchedAccounts();
  }

  List<CheckResult> run() {
    List<CheckResult> results = new ArrayList<>();
    for (String name : names) {
      String subject = "account " + name;
      try {
        results.addAll(check(subject, settings.account(name)));
      } catch (RuntimeException unreadable) {
        results.add(
            CheckResult.error(
                subject, Causes.told(unreadable), "let the bridge's user read the secret file"));
      }
    }
    for (OperatorPreset operator : preset.all().subList(1, preset.all().size())) {
      for (String name : settings.accounts(operator.name())) {
        results.add(beside(operator, name));
      }
    }
    return results;
  }

  private CheckResult beside(OperatorPreset operator, String name) {
    String subject = "account " + name;
    try {
      Account account = settings.account(name);
      return account.hasCredentials()
          ? CheckResult.ok(subject, account.apiKey().isPresent() ? "has a key" : "has a token")
          : CheckResult.error(
              subject,
              "nothing opens the paths of " + operator.name(),
              "set " + account.settings() + "api-key or oauth-token (or -file)");
    } catch (RuntimeException unreadable) {
      return CheckResult.error(
          subject, Causes.told(unreadable), "let the bridge's user read the secret file");
    }
  }

  private List<CheckResult> check(String subject, Account account) {
    List<CheckResult> results = new ArrayList<>();
    String variable = new SettingName("markbridge.accounts." + account.name() + ".").variable();
    for (String family : FAMILIES) {
      List<String> taken = preset.list("credentials/" + family);
      boolean token = taken.contains("token") && account.hasLogin();
      boolean key = taken.contains("key") && account.apiKey().isPresent();
      if (!token && !key) {
        List<String> ways = new ArrayList<>();
        if (taken.contains("token")) {
          ways.add(variable + "LOGIN and " + variable + "PASSWORD");
        }
        if (taken.contains("key")) {
          ways.add(variable + "API_KEY");
        }
        results.add(
            CheckResult.error(
                subject,
                "nothing opens the " + family + " paths of " + preset.name(),
                "set "
                    + String.join(", or ", ways)
                    + " (or the settings login-file, password-file, api-key-file)"));
      }
    }
    if (names.size() > 1 && account.omsId().isEmpty()) {
      results.add(
          CheckResult.warning(
              subject,
              "several accounts, and this one has no oms-id: only its folder selects it",
              "set markbridge.accounts." + account.name() + ".oms-id"));
    }
    if (results.isEmpty()) {
      results.add(CheckResult.ok(subject, account.hasLogin() ? "has a login" : "has a key"));
    }
    if (account.tin().isEmpty()) {
      results.add(
          CheckResult.warning(
              subject,
              "no tin: the participantId of an aggregation is dropped unseen, also another's (7.2)",
              "set markbridge.accounts." + account.name() + ".tin to its taxpayer number"));
    }
    return results;
  }
}
