package io.markbridge.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.crash.CrashPoint;
import io.markbridge.crash.CrashSwitch;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Submission;
import io.markbridge.document.TimelineEntry;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Leads;
import io.markbridge.procedure.ReplyFile;
import io.markbridge.step.Drop.Place;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Writes the legacy answers of one drop's documents; writing one twice changes nothing. */
final class ReplyWriter {
  private static final String CODES_WRITTEN = "codes written";
  static final String CODES_TOLD = "codes told";
  private static final int AT_ONCE = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Drop drop;
  private final DropNames names;
  private final Collector collector;
  private final Journal journal;
  private final Answers answers;
  private final Replica replica;

  /** Tells what the legacy side should see of a document. */
  @FunctionalInterface
  interface Answers {
    List<ReplyFile> of(Document document, List<Submission> submissions) throws IOException;
  }

  /**
   * @param drop on a way of its own, where it is a server: answers do not wait for documents
   */
  ReplyWriter(
      Drop drop,
      DropNames names,
      Collector collector,
      Journal journal,
      Answers answers,
      Replica replica) {
    this.drop = drop;
    this.names = names;
    this.collector = collector;
    this.journal = journal;
    this.answers = answers;
    this.replica = replica;
  }

  /**
   * Documents whose replies do not tell the newest. Each once a round, also those that fail: one
   * that cannot be written does not keep the rest waiting.
   *
   * @param open whether this round may go on
   */
  Claims<Document> due(BooleanSupplier open) {
    AtomicReference<String> last = new AtomicReference<>("");
    return new Claims<>(
        new Claims.Source<>() {
          @Override
          public List<Document> claim() {
            List<Document> some = journal.documents().toReply(drop.source(), last.get(), AT_ONCE);
            some.forEach(document -> last.set(document.id()));
            return some;
          }

          @Override
          public boolean open() {
            return replica.leadsFiles().isPresent() && open.getAsBoolean();
          }
        });
  }

  void write(Document document) throws IOException {
    Optional<Leads.Term> term = replica.leadsFiles();
    if (term.isEmpty()) {
      return;
    }
    List<ReplyFile> files = answers.of(document, journal.submissions().of(document.id()));
    for (ReplyFile file : files) {
      if (file.hasCodes()) {
        writeOnce(document, file, term.get());
      } else {
        drop.write(target(document, file.suffix()), bytes(file.content().read()));
      }
    }
    if (!files.isEmpty()) {
      // The journal must not know of a reply that a power cut takes back.
      drop.force(target(document, files.get(0).suffix()));
    }
    CrashSwitch.reached(CrashPoint.REPLIES_ON_DISK, document.id());
    if (files.stream().noneMatch(file -> file.suffix().equals(ReplyFile.ERROR))) {
      // A document that a person let go on no longer has the error that held it.
      drop.delete(target(document, ReplyFile.ERROR));
    }
    placeOriginal(document);
    if (!replica.leadsFiles().equals(term)) {
      // It slept: what it wrote may lie over something newer.
      journal.documents().replyAgain(document.id());
      return;
    }
    journal.documents().replied(document.id(), document.changeNumber());
    DocumentCounts.replied(document);
  }

  private Place target(Document document, String suffix) {
    return names.reply(document.replyName().orElse(document.id()), "." + suffix + ".json");
  }

  private static byte[] bytes(JsonNode content) throws IOException {
    return JSON.writeValueAsBytes(content);
  }

  /**
   * Codes that a line has taken away must not come again: it would print them twice. Once they are
   * written, they get their name or have it: where they are under neither, they were taken.
   */
  private void writeOnce(Document document, ReplyFile file, Leads.Term term) throws IOException {
    List<TimelineEntry> timeline = journal.documents().timeline(document.id());
    if (told(timeline, CODES_TOLD, file)) {
      return;
    }
    Place target = target(document, file.suffix());
    boolean written = told(timeline, CODES_WRITTEN, file);
    if (!written && drop.look(target).isEmpty()) {
      JsonNode codes = file.content().read();
      if (codes.isMissingNode() || !replica.leadsFiles().equals(Optional.of(term))) {
        return;
      }
      drop.prepare(target, bytes(codes));
      drop.force(target);
      journal.documents().note(document.id(), CODES_WRITTEN, file.suffix());
      written = true;
    }
    if (written && drop.prepared(target)) {
      drop.publish(target);
    }
    drop.force(target);
    CrashSwitch.reached(CrashPoint.CODES_ON_DISK, document.id());
    journal.documents().note(document.id(), CODES_TOLD, file.suffix());
  }

  private static boolean told(List<TimelineEntry> timeline, String event, ReplyFile file) {
    return timeline.stream()
        .anyMatch(entry -> entry.event().equals(event) && entry.detail().equals(file.suffix()));
  }

  /**
   * The original of a refused document lies in failed/, so that a person finds it; of one that goes
   * on again, in done/.
   */
  private void placeOriginal(Document document) throws IOException {
    if (collector.place(drop, document, document.state() == DocumentState.REJECTED)) {
      CrashSwitch.reached(CrashPoint.ORIGINAL_PLACED, document.id());
    }
  }
}
