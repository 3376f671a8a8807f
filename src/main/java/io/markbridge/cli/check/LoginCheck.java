package io.markbridge.cli.check;

import io.markbridge.document.OperatorError;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.settings.Settings;
import io.markbridge.step.OperatorClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether the operator lets each account in, on both families of paths: one question that changes
 * nothing for each.
 */
final class LoginCheck {
  private static final Map<String, String> QUESTIONS =
      Map.of("orders", "api", "document-search", "public");

  private LoginCheck() {}

  static List<CheckResult> run(OperatorClient client, Settings settings) {
    List<CheckResult> results = new ArrayList<>();
    for (String account : settings.accounts()) {
      QUESTIONS.forEach(
          (call, family) -> {
            OperatorAnswer answer = client.ask(account, call, Map.of(), Map.of("limit", "1"));
            String subject = "login " + account;
            if (answer.failure().isEmpty()) {
              results.add(
                  CheckResult.ok(subject, "the operator lets it in on " + family + " paths"));
              return;
            }
            String said =
                answer.errors().stream()
                    .map(OperatorError::verbatim)
                    .collect(Collectors.joining("; "));
            results.add(
                CheckResult.error(
                    subject,
                    family
                        + " paths: "
                        + (answer.status() == 0 ? "" : "HTTP " + answer.status() + ", ")
                        + said,
                    "check login, password and key of the account, its roles, and markbridge.openapi.url"));
          });
    }
    return results;
  }
}
