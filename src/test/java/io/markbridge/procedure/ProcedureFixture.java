package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.TimelineEntry;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalFixture;
import io.markbridge.legacy.LegacyAnswers;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.legacy.LegacyErrors;
import io.markbridge.legacy.LegacyQueries;
import io.markbridge.legacy.LegacyWords;
import io.markbridge.mapping.MappedDocument;
import io.markbridge.mapping.MappedPart;
import io.markbridge.mapping.Mapper;
import io.markbridge.mapping.MappingRequest;
import io.markbridge.mapping.MappingTables;
import io.markbridge.mapping.OrderMemory;
import io.markbridge.mapping.PartSink;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.procedure.doubt.LookUps;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The procedures over a real journal and a mapper that a test tells what a document becomes; the
 * operator's answers are given by hand.
 */
final class ProcedureFixture implements AutoCloseable {
  static final String OMS_ID = "CdF12109-0000-4000-8000-00000000000A";
  private static final ObjectMapper JSON = new ObjectMapper();

  final JournalFixture journals;
  final Map<String, String> settings = new HashMap<>();

  /** What the mapper makes of each document, by the name of its replies. */
  final Map<String, MappedDocument> mapped = new HashMap<>();

  /** Codes that documents report, and units that they make, by the name of their replies. */
  final Map<String, List<String>> brings = new HashMap<>();

  /** Codes that documents pack. */
  final Map<String, List<String>> needs = new HashMap<>();

  /** The bodies of each document's requests, where they matter, by the name of its replies. */
  final Map<String, String> bodies = new HashMap<>();

  /** Where in its document that stands which the operator names, by body and name. */
  final Map<String, Map<String, String>> places = new HashMap<>();

  private LookUps lookUps;
  private Bridge bridge;
  private Procedures procedures;
  private FailureProgress failures;

  ProcedureFixture(Path directory, Dialect dialect) {
    this.journals = new JournalFixture(directory, dialect);
    settings.put("markbridge.accounts.default.oms-id", OMS_ID);
    settings.put("markbridge.replies.language", "en");
  }

  Journal journal() {
    return journals.journal();
  }

  Bridge bridge() {
    if (bridge == null) {
      open();
    }
    return bridge;
  }

  private void open() {
    Settings site =
        new Settings(
            new SmallRyeConfigBuilder()
                .withSources(new io.smallrye.config.PropertiesConfigSource(settings, "test", 100))
                .build());
    LegacyApi api = Packaged.API;
    LegacyWords words = new LegacyWords(api, journals.preset());
    io.markbridge.document.ProblemText text =
        new io.markbridge.document.ProblemSentences(site.language())::say;
    Waits waits =
        new Waits(
            journals.clock,
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            40,
            () -> 0.0);
    bridge =
        new Bridge(
            journal(),
            site,
            journals.preset(),
            waits,
            api,
            words,
            new LegacyAnswers(api, words, journals.preset()),
            LegacyErrors.of(journals.preset(), text),
            text,
            new LegacyQueries(api, words, journals.preset()),
            account -> Optional.empty());
    procedures =
        new Procedures(
            Procedures.ofOpenApi(
                bridge, mapper(), Packaged.FIELDS, code -> code.split("\u001d")[0]));
    failures = new FailureProgress(waits);
    lookUps = new LookUps(bridge, procedures, code -> code.split("\u001d")[0]);
  }

  /** Read once: each of hundreds of tests has procedures of its own. */
  private static final class Packaged {
    static final LegacyApi API;
    static final LegacyFields FIELDS;

    static {
      try {
        API = LegacyApi.load(SiteFiles.here(), "suz");
        FIELDS = new LegacyFields(MappingTables.load(SiteFiles.here()).rows());
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  private Mapper mapper() {
    return new Mapper() {
      @Override
      public MappedDocument map(
          MappingRequest request, OrderMemory memory, AcceptedCodes accepted, PartSink sink)
          throws IOException {
        String name;
        try (var payload = request.payload().open()) {
          name = JSON.readTree(payload).path("document").asText();
        }
        MappedDocument document = mapped.get(name);
        brings.getOrDefault(name, List.of()).forEach(sink::brings);
        needs.getOrDefault(name, List.of()).forEach(sink::needs);
        for (MappedPart part : document.parts()) {
          try (OutputStream body = sink.open(part.number())) {
            body.write(bodies.getOrDefault(name, "{}").getBytes(StandardCharsets.UTF_8));
          }
        }
        return document;
      }

      @Override
      public List<Map<String, String>> places(MappingRequest request, List<Named> requests)
          throws IOException {
        List<Map<String, String>> found = new ArrayList<>();
        for (Named one : requests) {
          try (var bytes = one.body().open()) {
            String body = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            found.add(one.names().isEmpty() ? Map.of() : places.getOrDefault(body, Map.of()));
          }
        }
        return found;
      }
    };
  }

  Procedure procedure(String kind) {
    bridge();
    return procedures.of(kind).orElseThrow();
  }

  /** The mapper will make one statement, or several, of the document of this name. */
  void maps(String name, String contentKey, Optional<String> orderNumber, String call, int parts) {
    List<MappedPart> list = new ArrayList<>();
    for (int number = 1; number <= parts; number++) {
      list.add(new MappedPart(number, 0, call, Map.of(), 2, 2));
    }
    mapped.put(name, new MappedDocument(list, List.of(), List.of(), contentKey, orderNumber));
  }

  /** A document that states something, planned. */
  Document statement(String name, String kind) {
    mapped.computeIfAbsent(
        name,
        missing ->
            new MappedDocument(
                List.of(new MappedPart(1, 0, kind, Map.of(), 2, 2)),
                List.of(),
                List.of(),
                "content of " + name,
                Optional.empty()));
    return planned(journals.accepted(name, kind));
  }

  /** A document whose one request has this body, planned. */
  Document statement(String name, String kind, String body) {
    bodies.put(name, body);
    mapped.put(
        name,
        new MappedDocument(
            List.of(new MappedPart(1, 0, kind, Map.of(), body.length(), 2)),
            List.of(),
            List.of(),
            "content of " + name,
            Optional.empty()));
    return statement(name, kind);
  }

  LookUps lookUps() {
    bridge();
    return lookUps;
  }

  /** A legacy call without a body, planned. */
  Document query(String kind, String... namesAndValues) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      parameters.put(namesAndValues[index], namesAndValues[index + 1]);
    }
    Document stored = journals.accept(kind + " " + journals.journal().newId(), "GET");
    journals.claimAll();
    return planned(JournalFixture.described(stored, kind, parameters));
  }

  private Document planned(Document document) {
    try {
      procedure(document.kind().orElseThrow()).plan(document);
    } catch (DocumentRejectedException rejected) {
      journal()
          .documents()
          .stop(document, io.markbridge.document.DocumentState.REJECTED, rejected.problems());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return document(document);
  }

  /** A document that was given back or replayed, planned by whoever claims it now. */
  Document planAgain(Document document, String kind) {
    journals.claimAll();
    return planned(JournalFixture.described(document, kind, Map.of()));
  }

  Document document(Document document) {
    return journals.find(document.id());
  }

  /** The one submission of a call that is due; it is on its way now. */
  Submission sent(String call) {
    List<Submission> claimed = journals.claim(Purpose.values());
    return claimed.stream()
        .filter(one -> one.call().equals(call))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + call + " is due, only " + claimed));
  }

  /** The operator answers with a success. */
  void answer(Submission submission, String body) {
    answer(submission, body, Optional.empty());
  }

  /** The operator answers with a success, and tells its clock. */
  void answer(Submission submission, String body, Optional<Instant> date) {
    OperatorAnswer answer =
        new OperatorAnswer(
                200,
                body.getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                List.of(),
                Optional.empty())
            .at(date);
    Document document = journals.find(submission.documentId());
    boolean lookUp = submission.purpose() == Purpose.LOOK_UP;
    journal()
        .submissions()
        .record(
            submission,
            lookUp
                ? lookUps().answered(document, submission, answer)
                : procedure(document.kind().orElseThrow()).answered(document, submission, answer));
  }

  void answer(String call, String body) {
    answer(sent(call), body);
  }

  /** The operator refuses, or cannot be had. */
  void fail(String call, FailureKind kind, String text) {
    fail(sent(call), kind, 400, text);
  }

  void fail(Submission submission, FailureKind kind, int status, String text) {
    OperatorAnswer answer =
        new OperatorAnswer(
            status,
            new byte[0],
            Optional.of(kind),
            List.of(OperatorError.of("", text, "")),
            Optional.empty());
    Document document = journals.find(submission.documentId());
    journal()
        .submissions()
        .record(
            submission,
            refused(document, submission, answer)
                .orElseGet(
                    () ->
                        failures.of(
                            submission, journals.preset().call(submission.call()), answer)));
  }

  private Optional<io.markbridge.journal.Progress> refused(
      Document document, Submission submission, OperatorAnswer answer) {
    return submission.purpose() == Purpose.LOOK_UP
        ? lookUps().refused(document, submission, answer)
        : procedure(document.kind().orElseThrow()).refused(document, submission, answer);
  }

  /** The replies that the legacy side should see now, by suffix. */
  Map<String, JsonNode> replies(Document document) {
    return repliesAsItIs(document(document));
  }

  /** The same for a document that is not looked up in the journal. */
  Map<String, JsonNode> repliesAsItIs(Document now) {
    try {
      Map<String, JsonNode> replies = new LinkedHashMap<>();
      bridge();
      for (ReplyFile file :
          new Replies(bridge, procedures).of(now, journal().submissions().of(now.id()))) {
        replies.put(file.suffix(), file.content().read());
      }
      return replies;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void later() {
    journals.clock.advance(Duration.ofMinutes(2));
  }

  List<Problem> problems(Document document) {
    return document(document).problems();
  }

  List<TimelineEntry> timeline(Document document) {
    return journal().documents().timeline(document.id());
  }

  @Override
  public void close() {
    journals.close();
  }
}
