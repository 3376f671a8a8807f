package io.markbridge.cli.check;

import io.markbridge.document.OperatorError;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.settings.Account;
import io.markbridge.settings.Settings;
import io.markbridge.step.OperatorClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether the operator lets each account in, on both families of paths, and the marketplace each
 * shop: one question that changes nothing for each.
 */
final class LoginCheck {
  private static final Map<String, String> QUESTIONS =
      new TreeMap<>(Map.of("orders", "api", "document-search", "public"));

  /** There is none of this number: "not found" is the answer of somebody who was let in. */
  private static final String NO_ORDER = "1";

  private LoginCheck() {}

  static List<CheckResult> run(OperatorClient client, Settings settings) {
    List<CheckResult> results = new ArrayList<>();
    for (String account : settings.watchedAccounts()) {
      QUESTIONS.forEach(
          (call, family) -> {
            OperatorAnswer answer = client.ask(account, call, Map.of(), Map.of("limit", "1"));
            results.add(
                result(
                    "login " + account,
                    answer,
                    answer.failure().isEmpty(),
                    family,
                    "check login, password and key of the account, its roles, and markbridge.openapi.url"));
          });
    }
    for (String account : settings.accounts(Account.MARKET)) {
      String campaign = account.substring(account.indexOf(':') + 1);
      OperatorAnswer answer =
          client.ask(
              account,
              "market-order",
              Map.of("campaignId", campaign, "orderId", NO_ORDER),
              Map.of());
      boolean in = answer.failure().isEmpty() || answer.status() == 404;
      results.add(
          result(
              "login " + account,
              answer,
              in,
              Account.MARKET,
              "check the key of the shop, the number of its campaign, and markbridge.market.url"));
    }
    return results;
  }

  private static CheckResult result(
      String subject, OperatorAnswer answer, boolean in, String family, String advice) {
    if (in) {
      return CheckResult.ok(subject, "it is let in on " + family + " paths");
    }
    String said =
        answer.errors().stream().map(OperatorError::verbatim).collect(Collectors.joining("; "));
    return CheckResult.error(
        subject,
        family + " paths: " + (answer.status() == 0 ? "" : "HTTP " + answer.status() + ", ") + said,
        advice);
  }
}
