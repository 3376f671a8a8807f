package io.markbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.settings.Settings;
import io.markbridge.step.OperatorClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code document ID}: state (8), body (9.1), errors (11.1) or results of codes of one document at
 * the operator.
 */
@Command(
    name = "document",
    mixinStandardHelpOptions = true,
    description = "Shows the state, body, errors or code results of a document at the operator.")
public final class DocumentCommand extends OperatorQuestion implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "The operator's document id, as show tells it.")
  private String id;

  @ArgGroup(exclusive = true)
  private What what = new What();

  private static final class What {
    @Option(names = "--body", description = "What the operator has stored.")
    private boolean body;

    @Option(names = "--errors", description = "What it found wrong.")
    private boolean errors;

    @Option(names = "--codes", description = "Its result for each code.")
    private boolean codes;
  }

  @Override
  public Integer call() {
    return AskApplication.ask(this::ask);
  }

  private int ask(OperatorClient client, Settings settings) throws IOException {
    Map<String, String> path = Map.of("documentId", id);
    if (what.errors || what.codes) {
      return list(client, settings, path);
    }
    JsonNode answer =
        ask(client, settings, what.body ? "document-body" : "document-status", path, Map.of());
    if (answer == null) {
      return 1;
    }
    if (json || what.body) {
      print(json ? answer.toString() : answer.toPrettyString());
      return 0;
    }
    Table table = Table.of("FIELD", "VALUE");
    answer.properties().forEach(field -> table.row(field.getKey(), field.getValue().asText()));
    print(table);
    return 0;
  }

  private int list(OperatorClient client, Settings settings, Map<String, String> path)
      throws IOException {
    String call = what.errors ? "document-errors" : "document-codes";
    Map<String, String> query = new LinkedHashMap<>();
    query.put("limit", Integer.toString(limit));
    JsonNode answer = ask(client, settings, call, path, query);
    if (answer == null) {
      return 1;
    }
    if (json) {
      print(answer.toString());
      return 0;
    }
    if (what.errors) {
      Table table = Table.of("PROPERTY", "INDEX", "ERROR", "DETAILS");
      for (JsonNode error : answer.path("documentErrors")) {
        table.row(
            error.path("propertyName").asText(),
            error.path("index").asText(),
            error.path("errorCode").asText(),
            error.path("errorTags").isEmpty() ? "" : error.path("errorTags").toString());
      }
      print(table);
      return 0;
    }
    Table table = Table.of("CODE", "STATE", "ERROR");
    for (JsonNode result : answer.isArray() ? answer : answer.path("codes")) {
      table.row(
          result.path("code").asText(),
          result.path("state").asText(),
          result.path("errorCode").asText(""));
    }
    print(table);
    return 0;
  }
}
