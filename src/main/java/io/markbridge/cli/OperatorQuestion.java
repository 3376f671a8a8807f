package io.markbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.document.OperatorError;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.settings.Settings;
import io.markbridge.step.OperatorClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that ask the operator share. */
abstract class OperatorQuestion {
  static final int PAGE = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec CommandSpec spec;

  @Option(names = "--account", description = "Account to ask for, where there are several.")
  String account;

  @Option(names = "--json", description = "Print the operator's answer as JSON.")
  boolean json;

  @Option(
      names = "--limit",
      defaultValue = "100",
      description = "How many at most (${DEFAULT-VALUE}).")
  int limit;

  /**
   * Asks page by page; prints an error in the operator's own words and gives null where it refused.
   */
  List<JsonNode> pages(
      OperatorClient client,
      Settings settings,
      String call,
      Map<String, String> query,
      String list,
      String id)
      throws IOException {
    List<JsonNode> found = new java.util.ArrayList<>();
    Map<String, String> parameters = new LinkedHashMap<>(query);
    while (found.size() < limit) {
      int page = Math.min(PAGE, limit - found.size());
      parameters.put("limit", Integer.toString(page));
      JsonNode answer = ask(client, settings, call, Map.of(), parameters);
      if (answer == null) {
        return null;
      }
      answer.path(list).forEach(found::add);
      if (answer.path(list).size() < page) {
        break;
      }
      parameters.put("cursor", found.get(found.size() - 1).path(id).asText());
    }
    return found;
  }

  JsonNode ask(
      OperatorClient client,
      Settings settings,
      String call,
      Map<String, String> path,
      Map<String, String> query)
      throws IOException {
    String name = account(settings);
    if (name == null) {
      return null;
    }
    OperatorAnswer answer = client.ask(name, call, path, query);
    if (answer.failure().isPresent()) {
      error(
          call
              + ": "
              + answer.failure().get().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
              + (answer.status() == 0 ? "" : ", HTTP " + answer.status())
              + ": "
              + answer.errors().stream()
                  .map(OperatorError::verbatim)
                  .collect(Collectors.joining("; ")));
      return null;
    }
    return JSON.readTree(answer.body());
  }

  private String account(Settings settings) {
    Set<String> accounts = settings.accounts();
    if (account != null) {
      if (!accounts.contains(account)) {
        error("there is no account " + account + "; configured: " + String.join(", ", accounts));
        return null;
      }
      return account;
    }
    if (accounts.size() == 1) {
      return accounts.iterator().next();
    }
    error(
        "several accounts are configured: choose one with --account " + String.join("|", accounts));
    return null;
  }

  void error(String message) {
    Console console = Console.of(spec);
    console.warn(message);
    console.flush();
  }

  void print(String text) {
    Console console = Console.of(spec);
    console.say(text);
    console.flush();
  }

  void print(Table table) {
    Console console = Console.of(spec);
    console.table(table);
    console.flush();
  }

  static void put(Map<String, String> query, String name, String value) {
    if (value != null && !value.isBlank()) {
      query.put(name, value);
    }
  }
}
