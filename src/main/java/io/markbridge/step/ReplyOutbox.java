package io.markbridge.step;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.markbridge.document.Document;
import io.markbridge.document.Submission;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Leads;
import io.markbridge.outbox.Outbox;
import io.markbridge.outbox.RowAnswer;
import io.markbridge.procedure.Bridge;
import io.markbridge.procedure.Procedures;
import io.markbridge.procedure.Replies;
import io.markbridge.procedure.ReplyFile;
import io.markbridge.traces.Traces;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.camel.Body;

/** Writes the legacy answers of documents into the rows that they came from. */
@Named("replyOutbox")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class ReplyOutbox {
  private static final int AT_ONCE = 50;

  /** What the database refuses is not tried several times a second. */
  private static final Duration AFTER_A_REFUSAL = Duration.ofSeconds(15);

  private static final int MOST_POSTPONED = 10_000;
  private static final ObjectWriter JSON = new ObjectMapper().writer();
  private static final ObjectWriter ASCII = JSON.with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private final Outboxes outboxes;
  private final Journal journal;
  private final Replies replies;
  private final Replica replica;
  private final Troubles troubles;
  private final Clock clock;

  /** Documents whose answer was refused, and outboxes that refuse all, with when to try again. */
  private final Map<String, Instant> postponed = new ConcurrentHashMap<>();

  @Inject
  public ReplyOutbox(
      Outboxes outboxes,
      Journal journal,
      Bridge bridge,
      Procedures procedures,
      Replica replica,
      Troubles troubles,
      Clock clock) {
    this.outboxes = outboxes;
    this.journal = journal;
    this.replies = new Replies(bridge, procedures);
    this.replica = replica;
    this.troubles = troubles;
    this.clock = clock;
  }

  /**
   * Some documents whose rows do not tell the newest.
   *
   * @param outbox its name
   */
  public record Due(String outbox, List<Document> documents) {}

  /** Documents of an outbox whose rows do not tell the newest, each once a round. */
  public Iterator<Due> due(@Body String name) {
    OutboxReach reach = outboxes.get(name);
    AtomicReference<String> last = new AtomicReference<>("");
    return new Claims<>(
        new Claims.Source<>() {
          @Override
          public List<Due> claim() {
            try {
              List<Document> some = due(reach.source(), last);
              return some.isEmpty() ? List.of() : List.of(new Due(name, some));
            } catch (RuntimeException failure) {
              troubles.failed(reach.source() + " answers", "its answers wait", failure);
              return List.of();
            }
          }

          @Override
          public boolean open() {
            return replica.leadsFiles().isPresent() && reach.open() && isDue(reach.source());
          }
        });
  }

  private List<Document> due(String source, AtomicReference<String> last) {
    List<Document> some = List.of();
    boolean more = true;
    while (some.isEmpty() && more) {
      List<Document> all = journal.documents().toReply(source, last.get(), AT_ONCE);
      all.forEach(document -> last.set(document.id()));
      some = all.stream().filter(document -> isDue(document.id())).toList();
      more = !all.isEmpty();
    }
    return some;
  }

  private boolean isDue(String subject) {
    Instant until = postponed.get(subject);
    if (until != null && !clock.instant().isBefore(until)) {
      postponed.remove(subject);
      return true;
    }
    return until == null;
  }

  private void postpone(String subject) {
    if (postponed.size() < MOST_POSTPONED) {
      postponed.put(subject, clock.instant().plus(AFTER_A_REFUSAL));
    }
  }

  /** Writes the answers of some documents, together where that goes. */
  public void write(@Body Due due) {
    OutboxReach reach = outboxes.get(due.outbox());
    Optional<Leads.Term> term = replica.leadsFiles();
    if (term.isEmpty()) {
      return;
    }
    try {
      write(reach, due.documents(), term.get(), JSON);
    } catch (SQLException | IOException | RuntimeException together) {
      oneByOne(reach, due.documents(), term.get());
    }
  }

  /** One that cannot be written keeps no other from it. */
  private void oneByOne(OutboxReach reach, List<Document> documents, Leads.Term term) {
    int written = 0;
    for (Document document : documents) {
      try (LogContext context = LogContext.of(document)) {
        Outcome outcome = writeAlone(reach, document, term);
        if (outcome == Outcome.AWAY) {
          return;
        }
        written += outcome == Outcome.WRITTEN ? 1 : 0;
      }
    }
    if (written == 0 && documents.size() == AT_ONCE) {
      // So many are no single rows: the statement fails for all.
      postpone(reach.source());
    }
  }

  private enum Outcome {
    WRITTEN,
    REFUSED,
    /** The database is, for the others too. */
    AWAY
  }

  private Outcome writeAlone(OutboxReach reach, Document document, Leads.Term term) {
    try {
      writeAnyhow(reach, document, term);
      return Outcome.WRITTEN;
    } catch (SQLException | IOException | RuntimeException failure) {
      if (failure instanceof SQLException away && !reach.table().answers()) {
        reach.away("answers wait until it answers", away);
        return Outcome.AWAY;
      }
      troubles.failed(
          reach.source() + " answers",
          "the answer of document "
              + document.id()
              + " ("
              + document.sourcePath()
              + ") could not be written and is tried again later",
          failure);
      postpone(document.id());
      return Outcome.REFUSED;
    }
  }

  /** A column that cannot hold a character can hold how JSON writes it otherwise. */
  private void writeAnyhow(OutboxReach reach, Document document, Leads.Term term)
      throws SQLException, IOException {
    try {
      write(reach, List.of(document), term, JSON);
    } catch (SQLException refused) {
      if (!reach.table().answers()) {
        throw refused;
      }
      write(reach, List.of(document), term, ASCII);
    }
  }

  private void write(
      OutboxReach reach, List<Document> documents, Leads.Term term, ObjectWriter writer)
      throws SQLException, IOException {
    Instant begun = Instant.ofEpochMilli(journal.now());
    Map<String, RowAnswer> answers = new LinkedHashMap<>();
    Map<String, Long> changes = new LinkedHashMap<>();
    for (Document document : documents) {
      List<Submission> submissions = journal.submissions().of(document.id());
      List<ReplyFile> files = replies.of(document, submissions);
      writeCodes(reach, document, files, term, writer);
      answers.put(document.id(), answer(reach.table().outbox(), document, files, writer));
      changes.put(document.id(), document.changeNumber());
    }
    reach.table().answer(List.copyOf(answers.values()));
    journal.documents().replied(changes);
    documents.forEach(document -> Traces.ended("reply", document, begun));
    documents.forEach(DocumentCounts::replied);
  }

  private static RowAnswer answer(
      Outbox outbox, Document document, List<ReplyFile> files, ObjectWriter writer)
      throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (ReplyFile file : files) {
      if (!file.hasCodes()) {
        texts.put(file.suffix(), text(outbox, file.content().read(), writer));
      }
    }
    return new RowAnswer(
        RowArrival.rowId(document.sourcePath()),
        document.id(),
        document.state().terminal(),
        document.state().name(),
        Optional.ofNullable(texts.get(ReplyFile.REPLY)),
        Optional.ofNullable(texts.get(ReplyFile.STATUS)),
        Optional.ofNullable(texts.get(ReplyFile.ERROR)),
        document.changeNumber());
  }

  /** Codes that a line has taken away must not come again: it would print them twice. */
  private void writeCodes(
      OutboxReach reach,
      Document document,
      List<ReplyFile> files,
      Leads.Term term,
      ObjectWriter writer)
      throws SQLException, IOException {
    if (files.stream().noneMatch(ReplyFile::hasCodes)) {
      return;
    }
    Set<String> told =
        journal.documents().timeline(document.id()).stream()
            .filter(entry -> entry.event().equals(ReplyWriter.CODES_TOLD))
            .map(entry -> entry.detail())
            .collect(Collectors.toSet());
    for (ReplyFile file : files) {
      if (!file.hasCodes() || told.contains(file.suffix())) {
        continue;
      }
      JsonNode codes = file.content().read();
      if (codes.isMissingNode() || !replica.leadsFiles().equals(Optional.of(term))) {
        continue;
      }
      reach
          .table()
          .codes(
              RowArrival.rowId(document.sourcePath()),
              document.id(),
              file.suffix(),
              text(reach.table().outbox(), codes, writer));
      journal.documents().note(document.id(), ReplyWriter.CODES_TOLD, file.suffix());
    }
  }

  private static String text(Outbox outbox, JsonNode json, ObjectWriter writer) throws IOException {
    String text = writer.writeValueAsString(json);
    boolean holds =
        outbox
            .charset()
            .map(Charset::forName)
            .map(one -> one.newEncoder().canEncode(text))
            .orElse(true);
    return holds ? text : ASCII.writeValueAsString(json);
  }
}
