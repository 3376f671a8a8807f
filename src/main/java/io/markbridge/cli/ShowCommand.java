package io.markbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.Document;
import io.markbridge.document.Submission;
import io.markbridge.document.TimelineEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code show}: all that is known of one document. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows one document: where it stands, its requests, its timeline, its replies.")
public final class ShowCommand implements Callable<Integer> {
  private final Workplace workplace;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ID",
      description =
          "Id of the document or a part of it, an id of the operator, or the name of a file or reply.")
  private String id;

  @Option(names = "--json", description = "For machines: a JSON object.")
  private boolean json;

  public ShowCommand() {
    this(Workplace.here());
  }

  public ShowCommand(Workplace workplace) {
    this.workplace = workplace;
  }

  @Override
  public Integer call() {
    return Console.run(spec, this::show);
  }

  private int show(Console console) {
    Reading reading = Reading.open(workplace, false);
    Document document = reading.document(id);
    List<Submission> submissions = reading.journal().submissions().of(document.id());
    List<String> waitsFor =
        reading.lookup().waitsFor(List.of(document.id())).getOrDefault(document.id(), List.of());
    List<TimelineEntry> timeline = reading.journal().documents().timeline(document.id());
    ReplyFiles files = new ReplyFiles(workplace, reading.settings());
    if (json) {
      console.json(asJson(reading, files, document, submissions, waitsFor, timeline));
    } else {
      new DocumentText(console, reading).print(document, submissions, waitsFor, timeline, files);
    }
    return Console.DONE;
  }

  private static ObjectNode asJson(
      Reading reading,
      ReplyFiles files,
      Document document,
      List<Submission> submissions,
      List<String> waitsFor,
      List<TimelineEntry> timeline) {
    DocumentJson describe = new DocumentJson(reading);
    ObjectNode node = describe.full(document, submissions, waitsFor);
    ArrayNode requests = node.putArray("submissions");
    submissions.forEach(submission -> requests.add(describe.submission(submission)));
    ArrayNode entries = node.putArray("timeline");
    timeline.forEach(entry -> entries.add(describe.timelineEntry(entry)));
    paths(node.putArray("replies"), files.of(document));
    paths(node.putArray("originals"), files.original(document));
    return node;
  }

  private static void paths(ArrayNode array, List<Path> paths) {
    paths.forEach(path -> array.add(path.toString()));
  }
}
