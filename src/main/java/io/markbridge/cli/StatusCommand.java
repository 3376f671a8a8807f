package io.markbridge.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.SubmissionState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: whether the bridge keeps up, for people and for monitoring. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Tells how many documents are in which state, and what waits for how long.")
public final class StatusCommand implements Callable<Integer> {
  private final Workplace workplace;

  @Spec private CommandSpec spec;

  @Option(names = "--line", description = "For monitoring: one line of name=value.")
  private boolean line;

  @Option(names = "--json", description = "For machines: a JSON object.")
  private boolean json;

  public StatusCommand() {
    this(Workplace.here());
  }

  public StatusCommand(Workplace workplace) {
    this.workplace = workplace;
  }

  /**
   * @param rejectedToday since the plant's midnight
   * @param inDoubt submissions that a person or a look-up has to decide
   */
  private record Status(
      Map<DocumentState, Long> counts,
      Optional<Document> lastTaken,
      Optional<Document> oldestWaiting,
      long rejectedToday,
      long inDoubt,
      long now) {
    long count(DocumentState state) {
      return counts.getOrDefault(state, 0L);
    }
  }

  @Override
  public Integer call() {
    return Console.run(spec, this::tell);
  }

  private int tell(Console console) {
    Reading reading = Reading.open(workplace, false);
    long now = workplace.clock().millis();
    Status status =
        new Status(
            reading.journal().documents().counts(),
            reading.lookup().lastTaken(),
            reading.lookup().oldestWaiting(),
            reading.lookup().rejectedSince(reading.time().startOfDay(now)),
            reading.journal().submissions().count(SubmissionState.IN_DOUBT),
            now);
    if (json) {
      console.json(asJson(status, reading.time()));
    } else if (line) {
      console.say(asLine(status, reading.time()));
    } else {
      print(console, status, reading.time());
    }
    return Console.DONE;
  }

  private static void print(Console console, Status status, PlantTime time) {
    Table counts = new Table().left("STATE").right("DOCUMENTS");
    for (DocumentState state : DocumentState.values()) {
      counts
          .row()
          .cell(state.name(), status.count(state) == 0 ? Tone.PLAIN : StateTone.of(state))
          .cell(Long.toString(status.count(state)));
    }
    console.table(counts);
    console.say("");
    console.say("last taken:      " + told(status.lastTaken(), status, time));
    console.say("oldest waiting:  " + told(status.oldestWaiting(), status, time));
    console.say("rejected today:  " + status.rejectedToday());
    Tone tone = status.inDoubt() == 0 ? Tone.PLAIN : Tone.CAREFUL;
    console.say("in doubt:        " + console.toned(tone, Long.toString(status.inDoubt())));
    console.say("codes left:      unknown");
  }

  private static String told(Optional<Document> document, Status status, PlantTime time) {
    return document
        .map(
            one ->
                time.zoned(one.receivedAt())
                    + " ("
                    + PlantTime.span(status.now() - one.receivedAt())
                    + " ago) "
                    + Reading.shortId(one.id())
                    + " "
                    + Printable.line(one.sourcePath(), 80))
        .orElse("none");
  }

  private static String asLine(Status status, PlantTime time) {
    StringBuilder text = new StringBuilder();
    for (DocumentState state : DocumentState.values()) {
      text.append(state.name().toLowerCase(Locale.ROOT)).append('=').append(status.count(state));
      text.append(' ');
    }
    text.append("in_doubt=").append(status.inDoubt());
    text.append(" rejected_today=").append(status.rejectedToday());
    text.append(" last_taken=");
    text.append(status.lastTaken().map(one -> time.iso(one.receivedAt())).orElse("none"));
    text.append(" oldest_waiting_seconds=");
    text.append(seconds(status.oldestWaiting(), status).map(String::valueOf).orElse("none"));
    return text.append(" codes_left=unknown").toString();
  }

  private static ObjectNode asJson(Status status, PlantTime time) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode documents = node.putObject("documents");
    for (DocumentState state : DocumentState.values()) {
      documents.put(state.name(), status.count(state));
    }
    node.put("lastTaken", status.lastTaken().map(one -> time.iso(one.receivedAt())).orElse(null));
    ObjectNode oldest = status.oldestWaiting().isPresent() ? node.putObject("oldestWaiting") : null;
    if (oldest == null) {
      node.putNull("oldestWaiting");
    } else {
      oldest.put("id", status.oldestWaiting().get().id());
      oldest.put("received", time.iso(status.oldestWaiting().get().receivedAt()));
      oldest.put("seconds", seconds(status.oldestWaiting(), status).orElseThrow());
    }
    node.put("rejectedToday", status.rejectedToday()).put("inDoubt", status.inDoubt());
    // Only the operator knows; until it is asked, nothing is claimed.
    node.putNull("codesLeft");
    return node;
  }

  private static Optional<Long> seconds(Optional<Document> document, Status status) {
    return document.map(one -> Math.max(0, status.now() - one.receivedAt()) / 1000);
  }
}
