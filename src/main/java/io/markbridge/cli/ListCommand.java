package io.markbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Submission;
import io.markbridge.procedure.Parked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code list}: the newest documents, and what happens next with each. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the newest documents, and what happens next with each.")
public final class ListCommand implements Callable<Integer> {
  private static final int LONGEST_PATH = 60;
  private static final int LONGEST_REASON = 200;

  private final Workplace workplace;

  @Spec private CommandSpec spec;

  @Option(names = "--state", description = "Only this state: ${COMPLETION-CANDIDATES}.")
  private DocumentState state;

  @Option(
      names = "--limit",
      defaultValue = "20",
      description = "How many at most (${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--parked", description = "Only those that wait for a person.")
  private boolean parked;

  @Option(names = "--json", description = "For machines: a JSON array.")
  private boolean json;

  public ListCommand() {
    this(Workplace.here());
  }

  public ListCommand(Workplace workplace) {
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
    Reading reading = Reading.open(workplace, false);
    Optional<DocumentState> wanted = Optional.ofNullable(state);
    List<Document> documents =
        parked
            ? reading.lookup().forPerson(wanted, limit)
            : reading.journal().documents().list(wanted, limit);
    List<String> ids = documents.stream().map(Document::id).toList();
    Map<String, List<Submission>> submissions = reading.lookup().submissions(ids);
    Map<String, List<String>> waitsFor = reading.lookup().waitsFor(ids);
    if (json) {
      DocumentJson describe = new DocumentJson(reading);
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Document document : documents) {
        array.add(
            describe.summary(
                document,
                submissions.getOrDefault(document.id(), List.of()),
                waitsFor.getOrDefault(document.id(), List.of())));
      }
      console.json(array);
      return Console.DONE;
    }
    if (documents.isEmpty()) {
      console.warn("no documents");
      return Console.DONE;
    }
    console.table(table(documents, submissions, waitsFor, reading, parked));
    return Console.DONE;
  }

  private static Table table(
      List<Document> documents,
      Map<String, List<Submission>> submissions,
      Map<String, List<String>> waitsFor,
      Reading reading,
      boolean reasons) {
    PlantTime time = reading.time();
    Table table =
        new Table()
            .left("ID")
            .left(time.title("RECEIVED"))
            .left("SOURCE")
            .left("KIND")
            .left("GROUP")
            .left("STATE")
            .left("OPERATOR")
            .left("NEXT");
    if (reasons) {
      table.left("REASON");
    }
    for (Document document : documents) {
      List<Submission> own = submissions.getOrDefault(document.id(), List.of());
      List<String> ids = DocumentJson.operatorIds(own);
      NextStep next =
          NextStep.of(document, own, waitsFor.getOrDefault(document.id(), List.of()), reading);
      table
          .row()
          .cell(Reading.shortId(document.id()))
          .cell(time.local(document.receivedAt()))
          .cell(Printable.line(document.sourcePath(), LONGEST_PATH))
          .cell(document.kind().orElse("-"))
          .cell(document.productGroup().orElse("-"))
          .cell(document.state().name(), StateTone.of(document.state()))
          .cell(ids.isEmpty() ? "-" : ids.get(0) + (ids.size() > 1 ? " +" + (ids.size() - 1) : ""))
          .cell(next.text(), next.tone());
      if (reasons) {
        table.cell(
            Printable.line(
                reading.parked(document, own).map(Parked::reason).orElse("-"), LONGEST_REASON));
      }
    }
    return table;
  }
}
