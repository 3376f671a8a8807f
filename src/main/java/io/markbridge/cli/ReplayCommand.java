package io.markbridge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Replay;
import io.markbridge.journal.ReplayRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code replay}: what a person decides about documents that wait for one. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Goes on with documents that wait for a person. The running bridge takes them up by itself.",
      "Without --as: a parked document goes on where it stopped; a rejected one is planned again from",
      "the bytes received."
    })
public final class ReplayCommand implements Callable<Integer> {
  /** What a person knows. */
  enum As {
    NEW("new"),
    DONE("done"),
    SENT("sent"),
    NOT_SENT("not-sent");

    private final String word;

    As(String word) {
      this.word = word;
    }
  }

  /** Reads {@code new}, {@code done}, {@code sent}, {@code not-sent}. */
  static final class AsConverter implements ITypeConverter<As> {
    @Override
    public As convert(String value) {
      for (As as : As.values()) {
        if (as.word.equalsIgnoreCase(value)) {
          return as;
        }
      }
      throw new TypeConversionException(
          "expected new, done, sent or not-sent but was '" + value + "'");
    }
  }

  /** What became of one argument. */
  private record Outcome(String id, boolean done, String text) {}

  private final Workplace workplace;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      description =
          "Documents, named as for show; or one request of a document, as <document id>/<number>.")
  private List<String> ids;

  @Option(
      names = "--as",
      converter = AsConverter.class,
      paramLabel = "new|done|sent|not-sent",
      description = {
        "new: a held order is meant, although it looks like an earlier one.",
        "done: a held drop-out was reported elsewhere; it ends.",
        "not-sent: the operator never got what is in doubt; it is sent again.",
        "sent: the operator has it as --operator-id; it is tracked."
      })
  private As as;

  @Option(names = "--operator-id", description = "The operator's id, with --as sent.")
  private String operatorId;

  @Option(
      names = "--by",
      defaultValue = "",
      paramLabel = "NAME",
      description =
          "Who decides, where the system does not know it, as in a container; the system's user stands beside it.")
  private String by;

  @Option(
      names = "--reason",
      defaultValue = "",
      description = "Why; stands on the timeline beside your name.")
  private String reason;

  @Option(names = "--json", description = "For machines: a JSON array.")
  private boolean json;

  public ReplayCommand() {
    this(Workplace.here());
  }

  public ReplayCommand(Workplace workplace) {
    this.workplace = workplace;
  }

  @Override
  public Integer call() {
    boolean withId = operatorId != null && !operatorId.isBlank();
    if ((as == As.SENT) != withId) {
      throw new ParameterException(
          spec.commandLine(), "--as sent and --operator-id are given together");
    }
    if (as == As.SENT && ids.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--as sent is for one ID: each has an operator id of its own");
    }
    return Console.run(spec, this::replay);
  }

  private int replay(Console console) {
    Reading reading = Reading.open(workplace, true);
    List<Outcome> outcomes = new ArrayList<>();
    for (String id : ids) {
      outcomes.add(replay(reading, id));
    }
    print(console, outcomes);
    return outcomes.stream().allMatch(Outcome::done) ? Console.DONE : Console.FAILED;
  }

  private Outcome replay(Reading reading, String name) {
    try {
      return decide(reading, name);
    } catch (ReplayRefusedException | CommandFailedException refused) {
      return new Outcome(name, false, refused.getMessage());
    }
  }

  private Outcome decide(Reading reading, String name) {
    int slash = name.lastIndexOf('/');
    boolean numbered = slash > 0 && name.substring(slash + 1).matches("\\d{1,6}");
    Document document = reading.document(numbered ? name.substring(0, slash) : name);
    String number = numbered ? name.substring(slash + 1) : "";
    Replay replay = new Replay(reading.journal(), reading.preset().calls());
    Replay.Person person = workplace.decides(by, reason);
    if (numbered && (as == null || as == As.NEW || as == As.DONE)) {
      throw new CommandFailedException(
          "a single request is replayed with --as sent or --as not-sent; name the document instead");
    }
    if (as == null) {
      boolean goesOn = replay.again(document.id(), person);
      return new Outcome(
          document.id(), true, goesOn ? "goes on where it stopped" : "is planned again");
    }
    return switch (as) {
      case NEW -> {
        replay.asNew(document.id(), person);
        yield new Outcome(document.id(), true, "is planned as new");
      }
      case DONE -> {
        replay.done(document.id(), person);
        yield new Outcome(document.id(), true, "is done");
      }
      case NOT_SENT -> notSent(reading, replay, document, number, person);
      case SENT -> sent(reading, replay, document, number, person);
    };
  }

  private static Outcome notSent(
      Reading reading, Replay replay, Document document, String number, Replay.Person person) {
    List<Submission> inDoubt = inDoubt(reading, document, number);
    inDoubt.forEach(submission -> replay.notSent(submission.id(), person));
    return new Outcome(document.id(), true, inDoubt.size() + " request(s) are sent again");
  }

  private Outcome sent(
      Reading reading, Replay replay, Document document, String number, Replay.Person person) {
    List<Submission> inDoubt = inDoubt(reading, document, number);
    if (inDoubt.size() > 1) {
      throw new CommandFailedException(
          "document "
              + document.id()
              + " has several requests in doubt; name one of them: "
              + String.join(", ", inDoubt.stream().map(ReplayCommand::numbered).toList()));
    }
    Submission submission = inDoubt.get(0);
    String known = operatorId.strip();
    long now = reading.journal().now();
    if (reading.preset().call(submission.call()).trackedBy().isEmpty()) {
      throw new CommandFailedException(
          "submission "
              + submission.id()
              + " is a "
              + submission.call()
              + ", which has no status at the operator; use --as not-sent");
    }
    replay.sent(
        submission.id(),
        known,
        NewSubmission.tracking(reading.preset(), submission, known, now),
        person);
    return new Outcome(document.id(), true, "is tracked as " + known);
  }

  private static List<Submission> inDoubt(Reading reading, Document document, String number) {
    List<Submission> inDoubt =
        reading.journal().submissions().of(document.id()).stream()
            .filter(
                one ->
                    one.state() == SubmissionState.IN_DOUBT
                        || one.state() == SubmissionState.PARKED)
            .filter(one -> one.purpose() != Purpose.LOOK_UP)
            .filter(one -> number.isEmpty() || number.equals(Integer.toString(one.number())))
            .toList();
    if (inDoubt.isEmpty()) {
      throw new CommandFailedException(
          "document "
              + document.id()
              + " is "
              + document.state()
              + " and nothing of it is in doubt; show it");
    }
    return inDoubt;
  }

  private static String numbered(Submission submission) {
    return submission.documentId() + "/" + submission.number();
  }

  private void print(Console console, List<Outcome> outcomes) {
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Outcome outcome : outcomes) {
        array
            .addObject()
            .put("id", outcome.id())
            .put("done", outcome.done())
            .put("text", outcome.text());
      }
      console.json(array);
      return;
    }
    for (Outcome outcome : outcomes) {
      if (outcome.done()) {
        console.say("document " + outcome.id() + " " + outcome.text());
      } else {
        console.warn(outcome.text());
      }
    }
  }
}
