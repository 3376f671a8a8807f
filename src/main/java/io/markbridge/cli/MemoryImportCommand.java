package io.markbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.journal.OrderImport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memory import}: orders made before the cut-over. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Imports orders that were made before the bridge; all rows, or none when one is wrong.",
      "Columns: account,product_group,gtin,production_order_id,release_type,manufacturer_country,business_place_id"
    })
public final class MemoryImportCommand implements Callable<Integer> {
  private final Workplace workplace;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A CSV file with a header, in UTF-8.")
  private Path file;

  @Option(
      names = "--by",
      defaultValue = "",
      paramLabel = "NAME",
      description =
          "Who imports, where the system does not know it, as in a container; the system's user stands beside it.")
  private String by;

  @Option(names = "--reason", defaultValue = "", description = "Why; is kept beside your name.")
  private String reason;

  @Option(names = "--json", description = "For machines: a JSON object.")
  private boolean json;

  public MemoryImportCommand() {
    this(Workplace.here());
  }

  public MemoryImportCommand(Workplace workplace) {
    this.workplace = workplace;
  }

  @Override
  public Integer call() {
    return Console.run(spec, this::importOrders);
  }

  private int importOrders(Console console) {
    Reading reading = Reading.open(workplace, true);
    OrdersFile orders = new OrdersFile(reading.settings(), reading.preset());
    orders.read(workplace.resolve(file));
    if (!orders.problems().isEmpty()) {
      return refuse(console, orders);
    }
    int added =
        new OrderImport(reading.journal())
            .add(orders.facts(), file.getFileName().toString(), workplace.decides(by, reason));
    int known = orders.facts().size() - added;
    if (json) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      console.json(node.put("added", added).put("known", known));
    } else {
      console.say(added + " orders added, " + known + " were known");
    }
    return Console.DONE;
  }

  private int refuse(Console console, OrdersFile orders) {
    if (json) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      ArrayNode problems = node.put("added", 0).putArray("problems");
      orders.problems().forEach(problems::add);
      console.json(node);
    }
    orders.problems().forEach(console::warn);
    console.warn("nothing was imported; correct the file and import it again");
    return Console.FAILED;
  }
}
