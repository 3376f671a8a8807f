package io.markbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.markbridge.settings.Settings;
import io.markbridge.step.OperatorClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code documents}: searches documents at the operator (10.1). */
@Command(
    name = "documents",
    mixinStandardHelpOptions = true,
    description = "Searches documents at the operator.")
public final class DocumentsCommand extends OperatorQuestion implements Callable<Integer> {
  @Option(
      names = "--type",
      description = "Such as AGGREGATION, UTILISATION, ORDER; may be repeated.")
  private List<String> types = List.of();

  @Option(names = "--status", description = "Such as CREATED, SUCCESS, ERROR; may be repeated.")
  private List<String> statuses = List.of();

  @Option(names = "--group", description = "Product group; may be repeated.")
  private List<String> productGroups = List.of();

  @Option(names = "--from", description = "Made at or after, as ISO date-time.")
  private String dateFrom;

  @Option(names = "--to", description = "Made at or before, as ISO date-time.")
  private String dateTo;

  @Override
  public Integer call() {
    return AskApplication.ask(this::ask);
  }

  private int ask(OperatorClient client, Settings settings) throws IOException {
    Map<String, String> query = new LinkedHashMap<>();
    put(query, "types", String.join("\n", types));
    put(query, "status", String.join("\n", statuses));
    put(query, "productGroups", String.join("\n", productGroups));
    put(query, "dateFrom", dateFrom);
    put(query, "dateTo", dateTo);
    List<JsonNode> documents =
        pages(client, settings, "document-search", query, "documentInfos", "documentId");
    if (documents == null) {
      return 1;
    }
    if (json) {
      print(JsonNodeFactory.instance.arrayNode().addAll(documents).toString());
      return 0;
    }
    Table table = Table.of("DOCUMENT", "TYPE", "STATUS", "GROUP", "CREATED");
    for (JsonNode document : documents) {
      table.row(
          document.path("documentId").asText(),
          document.path("type").asText(),
          document.path("status").asText(),
          document.path("productGroup").asText(""),
          document.path("createDate").asText());
    }
    print(table);
    return 0;
  }
}
