package io.markbridge.cli;

import io.markbridge.document.Document;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemSentences;
import io.markbridge.document.Submission;
import io.markbridge.document.TimelineEntry;
import io.markbridge.journal.Lookup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One document for people. */
final class DocumentText {
  private static final int LONGEST_DETAIL = 400;

  private final Console console;
  private final Reading reading;
  private final PlantTime time;
  private final ProblemSentences sentences;

  DocumentText(Console console, Reading reading) {
    this.console = console;
    this.reading = reading;
    this.time = reading.time();
    this.sentences = new ProblemSentences(reading.settings().language());
  }

  void print(
      Document document,
      List<Submission> submissions,
      List<String> waitsFor,
      List<TimelineEntry> timeline,
      ReplyFiles files) {
    header(document, submissions, waitsFor);
    if (!document.problems().isEmpty()) {
      title("Problems");
      document.problems().forEach(problem -> console.say("  " + say(problem)));
    }
    if (!submissions.isEmpty()) {
      title("Requests");
      console.table(requests(submissions));
    }
    title("Timeline");
    console.table(timeline(timeline));
    List<Path> replies = files.of(document);
    title("Replies");
    if (replies.isEmpty()) {
      console.say("  none yet");
    }
    replies.forEach(reply -> console.say("  " + Printable.line(reply.toString())));
    files
        .original(document)
        .forEach(original -> console.say("  original: " + Printable.line(original.toString())));
  }

  private void header(Document document, List<Submission> submissions, List<String> waitsFor) {
    NextStep next = NextStep.of(document, submissions, waitsFor, reading);
    field("Document", document.id(), Tone.TITLE);
    field("State", document.state().name(), StateTone.of(document.state()));
    field("Next", next.text(), next.tone());
    reading
        .parked(document, submissions)
        .ifPresent(parked -> field("Reason", parked.reason(), Tone.CAREFUL));
    field("Source", document.source() + " " + document.sourcePath(), Tone.PLAIN);
    field("Received", time.zoned(document.receivedAt()), Tone.PLAIN);
    field("Finished", document.finishedAt().map(time::zoned));
    field("Kind", document.kind());
    field("Group", document.productGroup());
    field("Account", document.account());
    field("omsId", document.omsId());
    field("Order number", document.orderNumber());
    field("Equal to", document.answeredBy());
    field("Waits for", String.join(", ", waitsFor), Tone.PLAIN);
    field("Parameters", told(document.parameters()));
    field("Given", told(document.given()));
    field("Size", document.size() + " bytes", Tone.PLAIN);
  }

  private Table requests(List<Submission> submissions) {
    Table table =
        new Table()
            .right("NO")
            .left("PURPOSE")
            .left("CALL")
            .left("STATE")
            .left("OPERATOR ID")
            .left("STATUS")
            .right("ATTEMPTS")
            .left(time.title("NEXT ATTEMPT"))
            .left("FAILURE");
    for (Submission submission : submissions) {
      boolean waits = !submission.state().terminal() && submission.nextAttemptAt() > 0;
      table
          .row()
          .cell(Integer.toString(submission.number()))
          .cell(submission.purpose().name())
          .cell(submission.call())
          .cell(submission.state().name(), tone(submission))
          .cell(submission.operatorId().orElse("-"))
          .cell(submission.operatorStatus().orElse("-"))
          .cell(Integer.toString(submission.attempts()))
          .cell(waits ? time.local(submission.nextAttemptAt()) : "-")
          .cell(Printable.line(failure(submission), LONGEST_DETAIL));
    }
    return table;
  }

  private Table timeline(List<TimelineEntry> timeline) {
    Table table = new Table().left(time.title("TIME")).left("EVENT").left("DETAIL");
    for (TimelineEntry entry : timeline) {
      List<Problem> problems = Lookup.problems(entry);
      String detail =
          problems.isEmpty()
              ? entry.detail()
              : problems.stream().map(this::say).collect(Collectors.joining(" "));
      String number =
          entry
              .submissionId()
              .map(id -> "no " + id.substring(id.indexOf('/') + 1) + ": ")
              .orElse("");
      table
          .row()
          .cell(time.local(entry.at()))
          .cell(entry.event())
          .cell(Printable.line(number + detail, LONGEST_DETAIL));
    }
    return table;
  }

  private String say(Problem problem) {
    return Printable.line(sentences.say(problem));
  }

  private static String failure(Submission submission) {
    if (submission.failureKind().isEmpty() && submission.failures().isEmpty()) {
      return "-";
    }
    String errors =
        submission.failures().stream()
            .map(OperatorError::verbatim)
            .collect(Collectors.joining("; "));
    String kind = submission.failureKind().map(Enum::name).orElse("");
    return kind.isEmpty() || errors.isEmpty() ? kind + errors : kind + ": " + errors;
  }

  private static Tone tone(Submission submission) {
    return switch (submission.state()) {
      case PREPARING, WAITING, PLANNED, SENDING, ACCEPTED -> Tone.PLAIN;
      case IN_DOUBT, PARKED, PARTLY_DONE -> Tone.CAREFUL;
      case DONE -> Tone.GOOD;
      case REJECTED -> Tone.BAD;
    };
  }

  private static Optional<String> told(Map<String, String> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            values.entrySet().stream()
                .map(
                    entry ->
                        entry.getKey() + "=" + DocumentJson.shown(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ")));
  }

  private void field(String name, Optional<String> value) {
    value.ifPresent(text -> field(name, text, Tone.PLAIN));
  }

  private void field(String name, String value, Tone tone) {
    if (!value.isEmpty()) {
      String label = name + ":" + " ".repeat(Math.max(1, 14 - name.length()));
      console.say(label + console.toned(tone, Printable.line(value, LONGEST_DETAIL)));
    }
  }

  private void title(String text) {
    console.say("");
    console.say(console.toned(Tone.TITLE, text));
  }
}
