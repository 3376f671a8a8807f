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

/** {@code orders}: searches orders at the operator (4.1). */
@Command(
    name = "orders",
    mixinStandardHelpOptions = true,
    description = "Searches orders at the operator.")
public final class OrdersCommand extends OperatorQuestion implements Callable<Integer> {
  @Option(names = "--order", description = "Order id.")
  private String orderId;

  @Option(names = "--group", description = "Product group.")
  private String productGroup;

  @Option(
      names = "--status",
      description = "CREATED, PENDING, READY, REJECTED, CLOSED or OUTSOURCED.")
  private String status;

  @Option(names = "--po-number", description = "Number of the production order.")
  private String poNumber;

  @Option(names = "--contractor-tin", description = "Taxpayer number of the contractor.")
  private String contractorTin;

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
    put(query, "orderId", orderId);
    put(query, "productGroup", productGroup);
    put(query, "status", status);
    put(query, "poNumber", poNumber);
    put(query, "contractorTin", contractorTin);
    put(query, "dateFrom", dateFrom);
    put(query, "dateTo", dateTo);
    List<JsonNode> orders = pages(client, settings, "orders", query, "orderInfos", "orderId");
    if (orders == null) {
      return 1;
    }
    if (json) {
      print(JsonNodeFactory.instance.arrayNode().addAll(orders).toString());
      return 0;
    }
    Table table = Table.of("ORDER", "GROUP", "STATUS", "PO NUMBER", "CREATED", "REASON");
    for (JsonNode order : orders) {
      table.row(
          order.path("orderId").asText(),
          order.path("productGroup").asText(),
          order.path("orderStatus").asText(),
          order.path("poNumber").asText(""),
          order.path("createDate").asText(),
          order.path("rejectionReason").asText(""));
    }
    print(table);
    return 0;
  }
}
