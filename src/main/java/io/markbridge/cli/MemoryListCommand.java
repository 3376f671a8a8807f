package io.markbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.mapping.OrderFacts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code memory list}: what is remembered of earlier orders, newest first. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists what is remembered of earlier orders, newest first.")
public final class MemoryListCommand implements Callable<Integer> {
  private final Workplace workplace;

  @Spec private CommandSpec spec;

  @Option(
      names = "--limit",
      defaultValue = "100",
      description = "How many at most (${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "For machines: a JSON array.")
  private boolean json;

  public MemoryListCommand() {
    this(Workplace.here());
  }

  public MemoryListCommand(Workplace workplace) {
    this.workplace = workplace;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit is 1 or more");
    }
    return Console.run(spec, this::list);
  }

  private int list(Console console) {
    List<OrderFacts> facts = Reading.open(workplace, false).journal().orderFacts().list(limit);
    if (json) {
      console.json(asJson(facts));
    } else if (facts.isEmpty()) {
      console.warn("no orders are remembered");
    } else {
      console.table(asTable(facts));
    }
    return Console.DONE;
  }

  private static ArrayNode asJson(List<OrderFacts> facts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (OrderFacts fact : facts) {
      ObjectNode node = array.addObject();
      node.put("account", fact.account()).put("productGroup", fact.productGroup());
      node.put("gtin", fact.gtin());
      node.put("productionOrderId", fact.productionOrderId().orElse(null));
      node.put("releaseType", fact.releaseType().orElse(null));
      node.put("manufacturerCountry", fact.manufacturerCountry().orElse(null));
      node.put("businessPlaceId", fact.businessPlaceId().orElse(null));
      node.put("document", fact.orderDocument().orElse(null));
    }
    return array;
  }

  private static Table asTable(List<OrderFacts> facts) {
    Table table =
        new Table()
            .left("ACCOUNT")
            .left("GROUP")
            .left("GTIN")
            .left("ORDER NUMBER")
            .left("RELEASE TYPE")
            .left("COUNTRY")
            .right("PLACE")
            .left("FROM");
    for (OrderFacts fact : facts) {
      table
          .row()
          .cell(fact.account())
          .cell(fact.productGroup())
          .cell(fact.gtin())
          .cell(fact.productionOrderId().orElse("-"))
          .cell(fact.releaseType().orElse("-"))
          .cell(fact.manufacturerCountry().orElse("-"))
          .cell(fact.businessPlaceId().map(String::valueOf).orElse("-"))
          .cell(fact.orderDocument().map(Reading::shortId).orElse("import"));
    }
    return table;
  }
}
