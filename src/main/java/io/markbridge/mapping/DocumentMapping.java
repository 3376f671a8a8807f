package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.LevelRewriter.Rewritten;
import io.markbridge.mapping.Mapper.AcceptedCodes;
import io.markbridge.mapping.Value.Digits;
import io.markbridge.mapping.Value.Fields;
import io.markbridge.mapping.Value.Scalar;
import io.markbridge.operator.OperatorCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The passes over one document: reading and checking everything, looking up places of duplicates
 * and levels of packing units where there are any, and one pass a level that writes the parts.
 */
final class DocumentMapping {
  /** What an index of the journal takes; the number that counts has the row's own limit. */
  private static final int LONGEST_NUMBER = 255;

  static final long MOST_BYTES_OF_ENTRY = 16L * 1024 * 1024;

  private final MappingTable table;
  private final DocumentContext context;
  private final CodeLedger ledger;
  private final AcceptedCodes accepted;
  private final PartSink sink;
  private final LevelRewriter rewriter;
  private final EntryRewriter entries;
  private final Problems problems = new Problems();
  private final Problems whereSent = new Problems();
  private final Notes notes = new Notes();
  private final List<String> gtins = new ArrayList<>();
  private long entryCount;
  private long asked;

  DocumentMapping(
      MappingTable table,
      DocumentContext context,
      CodeLedger ledger,
      AcceptedCodes accepted,
      PartSink sink) {
    this.table = table;
    this.context = context;
    this.ledger = ledger;
    this.accepted = accepted;
    this.sink = sink;
    this.rewriter = new LevelRewriter(context, table);
    this.entries = new EntryRewriter(table, context, rewriter);
  }

  MappedDocument run() throws DocumentRejectedException, IOException {
    ContentKey key = new ContentKey(context.request());
    Map<String, Value> legacy = read(problems, (index, item) -> scan(index, item, key));
    context.line(said(legacy, MappingTable.LINE));
    FieldRule streamRule = table.streamRule();
    boolean entriesAreNull =
        problems.list().stream()
            .anyMatch(problem -> problem.path().startsWith("$." + table.stream() + "["));
    if (entryCount == 0 && !entriesAreNull) {
      streamMissing(legacy, streamRule);
    }
    boolean silent = isSilent(legacy);
    if (!silent) {
      whereSent.list().forEach(problems::add);
    }
    context.orderNumber(said(legacy, table.orderNumber()));
    // What a silent document lacks is no reason to refuse it: it is answered, not sent.
    Problems own = silent ? new Problems() : problems;
    EntryRun run = new EntryRun(own, notes, AcceptedCodes.NONE);
    Rewritten header = rewriter.rewrite(table.document(), legacy, "$", run);
    notes.add(
        streamRule.row(),
        streamRule.legacyPath(table.stream()),
        streamRule.newPath(),
        streamRule.to().equals(table.stream()) ? "kept" : "renamed",
        "payload",
        entryCount);
    ledger.finish();
    if (ledger.hasCandidates()) {
      CodeLedger.Verification verification = ledger.new Verification(problems);
      pass((index, entry) -> verification.look(entry.run(), entry.path()));
    }
    if (ledger.nestedCount() > CodeLedger.MOST_NESTED) {
      problems.add(
          Problem.of(
              ProblemCode.OVER_LIMIT,
              "$." + table.stream(),
              "",
              "count",
              String.valueOf(ledger.nestedCount()),
              "limit",
              String.valueOf(CodeLedger.MOST_NESTED)));
    }
    if (!problems.isEmpty() && !silent && !header.pending().isEmpty()) {
      tellWhatCodesLack(header, legacy);
    }
    problems.throwIfAny();
    Optional<String> number =
        // One of ours is no number of the document's: it says nothing to anybody else.
        Optional.of(text(header.said(), table.orderNumber())).filter(text -> !text.isEmpty());
    String contentKey = key.finish(header.said());
    if (silent) {
      notes.add("6.1", "", "", "states nothing", table.silence().orElseThrow().setting(), 1);
      return new MappedDocument(List.of(), notes.list(), List.of(), contentKey, number, Set.of());
    }
    List<MappedPart> parts = write(header, legacy);
    return new MappedDocument(
        parts,
        notes.list(),
        facts(header, numbers(legacy, number)),
        contentKey,
        number,
        context.usedOrders());
  }

  private void scan(long index, Value item, ContentKey key) throws IOException {
    EntryRun run = new EntryRun(problems, notes, AcceptedCodes.NONE);
    Value entry = entries.rewrite(index, item, run);
    entryCount++;
    run.whereSent().list().forEach(whereSent::add);
    if (entry == null || problems.isFull()) {
      return;
    }
    ledger.add(run);
    key.entry(entry);
    if (entry instanceof Fields fields) {
      if (fields.fields().get("gtin") instanceof Scalar gtin && !table.orderNumber().isEmpty()) {
        remember(gtin.text(), fields);
      }
    }
  }

  /** Orders name their goods; there are few of them. */
  private void remember(String gtin, Fields fields) {
    if (!gtins.contains(gtin)) {
      gtins.add(gtin);
    }
    if (fields.fields().get("quantity") instanceof Digits quantity) {
      asked += Long.parseLong(quantity.text());
    }
  }

  /** A person corrects everything at once: what only the writing pass would find is told too. */
  private void tellWhatCodesLack(Rewritten header, Map<String, Value> legacy)
      throws DocumentRejectedException, IOException {
    PartValues values = new PartValues(table, context, rewriter, header, legacy, notes, problems);
    EntryBatch batch =
        new EntryBatch(
            values,
            context,
            entry -> {
              if (entry.value() != null && !problems.isFull()) {
                values.of(entry.run());
              }
            });
    pass((index, entry) -> batch.add(entry));
    batch.finish();
  }

  private List<MappedPart> write(Rewritten header, Map<String, Value> legacy)
      throws DocumentRejectedException, IOException {
    UnitLevels levels = new UnitLevels(ledger);
    if (levels.isNeeded()) {
      pass((index, entry) -> levels.look(entry.run(), (int) index));
      levels.finish(entryCount, table.stream(), problems);
      problems.throwIfAny();
    }
    String limit = table.entriesPerPart();
    long most = limit.isEmpty() ? Long.MAX_VALUE : context.preset().number(limit, Long.MAX_VALUE);
    try (PartFiles files = new PartFiles(table, most, sink)) {
      PartValues values = new PartValues(table, context, rewriter, header, legacy, notes, problems);
      for (int level = 0; level <= levels.highest(); level++) {
        int current = level;
        EntryBatch batch =
            new EntryBatch(values, context, entry -> write(entry, current, values, files));
        pass(
            (index, entry) -> {
              if (levels.level(index) == current) {
                batch.add(entry);
              }
            });
        batch.finish();
        problems.throwIfAny();
        files.endLevel();
      }
      List<MappedPart> parts = files.parts(gtins.isEmpty() ? 0 : asked, notes);
      checkSizes(parts);
      return parts;
    }
  }

  private void write(MappedEntry entry, int level, PartValues values, PartFiles files)
      throws DocumentRejectedException, IOException {
    if (entry.run().leftOut() > 0) {
      notes.add("", table.stream(), "", "left out", "accepted", entry.run().leftOut());
    }
    if (entry.value() == null) {
      return;
    }
    Map<String, Value> fields = values.of(entry.run());
    if (problems.isEmpty()) {
      tellCodes(entry.run());
      long codes = gtins.isEmpty() ? entry.run().codes().size() : 0;
      files.entry(fields, level, entry.value(), codes);
    }
  }

  /** What the operator takes at most of one body, and would not take in several. */
  private void checkSizes(List<MappedPart> parts) throws DocumentRejectedException {
    OperatorCall call = context.preset().calls().get(table.call());
    long most = call == null ? Long.MAX_VALUE : call.maximumBody();
    for (MappedPart part : parts) {
      if (part.size() > most) {
        problems.add(
            Problem.of(
                ProblemCode.OVER_LIMIT,
                "$." + table.stream(),
                "",
                "count",
                part.size() + " bytes",
                "limit",
                most + " bytes"));
      }
    }
    problems.throwIfAny();
  }

  /** An entry that is a unit needs its codes; any other one is, or has, codes that are reported. */
  private void tellCodes(EntryRun entry) {
    boolean packs = entry.unit() != null;
    if (packs) {
      sink.brings(entry.unit().withoutTail());
    }
    for (MarkingCode code : entry.codes()) {
      if (packs) {
        sink.needs(code.withoutTail());
      } else {
        sink.brings(code.withoutTail());
      }
    }
  }

  private interface EntryListener {
    void entry(long index, MappedEntry entry) throws DocumentRejectedException, IOException;
  }

  /** Reads again what was found to be right, leaving out what is accepted already. */
  private void pass(EntryListener listener) throws DocumentRejectedException, IOException {
    Problems known = new Problems();
    read(
        known,
        (index, item) -> {
          EntryRun run = new EntryRun(known, new Notes(), accepted);
          Value value = entries.rewrite(index, item, run);
          listener.entry(
              index, new MappedEntry(run, value, "$." + table.stream() + "[" + index + "]"));
        });
  }

  private Map<String, Value> read(Problems problems, LegacyReader.ItemListener listener)
      throws DocumentRejectedException, IOException {
    Map<String, Long> limits = new HashMap<>();
    table
        .entryLimits()
        .forEach((name, path) -> limits.put(name, context.preset().number(path, Long.MAX_VALUE)));
    return new LegacyReader(context.request().payload(), context.request().charset())
        .read(
            table.stream(),
            new ValueReader.Limits(MOST_BYTES_OF_ENTRY, limits),
            problems,
            listener);
  }

  private void streamMissing(Map<String, Value> legacy, FieldRule rule) {
    String path = "$." + table.stream();
    Value value = legacy.get(table.stream());
    boolean array = value == null || value instanceof Value.Items;
    problems.add(
        array
            ? Problem.of(
                ProblemCode.FIELD_REQUIRED,
                path,
                rule.row(),
                "field",
                table.stream(),
                "where",
                path)
            : Problem.of(
                ProblemCode.FIELD_MALFORMED,
                path,
                rule.row(),
                "value",
                Value.describe(value),
                "expected",
                "an array"));
  }

  private boolean isSilent(Map<String, Value> legacy) {
    if (table.silence().isEmpty()) {
      return false;
    }
    MappingTable.Silence silence = table.silence().get();
    // The row's type reads words in any case: what states nothing must not become a statement.
    String value = said(legacy, silence.field()).trim().toUpperCase(Locale.ROOT);
    if (silence.never().contains(value)) {
      return true;
    }
    Optional<String> chosen = context.setting(silence.setting()).map(SiteDefaults.SiteValue::value);
    return silence.either().contains(value)
        && chosen.filter(silence.either()::contains).isPresent()
        && !chosen.get().equals(value);
  }

  /** A legacy field, where the side file does not say it. */
  private String said(Map<String, Value> legacy, String name) {
    String given = context.request().given().get(name);
    if (given != null && !given.isBlank()) {
      return given.strip();
    }
    String own = text(legacy, name);
    boolean wrapped =
        own.isEmpty()
            && !table.wrapper().isEmpty()
            && legacy.get(table.wrapper()) instanceof Fields;
    return wrapped ? text(((Fields) legacy.get(table.wrapper())).fields(), name) : own;
  }

  /**
   * All numbers that the document gives its order, the one that counts first: a report names the
   * order by any of them (X3).
   */
  private Set<Optional<String>> numbers(Map<String, Value> legacy, Optional<String> number) {
    Set<Optional<String>> numbers = new LinkedHashSet<>();
    numbers.add(number);
    table.document().rules().stream()
        .filter(rule -> !table.orderNumber().isEmpty() && rule.to().equals(table.orderNumber()))
        .flatMap(rule -> rule.from().stream())
        .map(name -> said(legacy, name).strip())
        .filter(other -> !other.isEmpty() && other.length() <= LONGEST_NUMBER)
        .forEach(other -> numbers.add(Optional.of(other)));
    return numbers;
  }

  private List<OrderFacts> facts(Rewritten header, Set<Optional<String>> numbers) {
    Map<String, Value> remembered = new LinkedHashMap<>(header.remembered());
    if (remembered.isEmpty()) {
      return List.of();
    }
    return gtins.stream()
        .flatMap(gtin -> numbers.stream().map(number -> fact(gtin, number, remembered)))
        .toList();
  }

  private OrderFacts fact(String gtin, Optional<String> number, Map<String, Value> remembered) {
    return new OrderFacts(
        context.request().account(),
        context.request().productGroup(),
        gtin,
        Optional.empty(),
        number,
        fact(remembered, "releaseType"),
        fact(remembered, "manufacturerCountry"),
        fact(remembered, "businessPlaceId").map(Long::parseLong));
  }

  private static Optional<String> fact(Map<String, Value> remembered, String name) {
    return remembered.get(name) instanceof Scalar scalar
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  private static String text(Map<String, Value> fields, String name) {
    return fields.get(name) instanceof Scalar scalar ? scalar.text().trim() : "";
  }
}
