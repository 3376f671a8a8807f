package io.markbridge.mapping;

import io.markbridge.document.Problem;
import io.markbridge.mapping.LevelRewriter.Pending;
import io.markbridge.mapping.LevelRewriter.Rewritten;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The document's new fields as they are for one entry: where everything is settled, the same for
 * all; where something depends on codes, looked up by the entry's first code of goods, or its first
 * code. Values that differ become different parts.
 */
final class PartValues {
  private final MappingTable table;
  private final DocumentContext context;
  private final LevelRewriter rewriter;
  private final Rewritten header;
  private final Map<String, Value> legacy;
  private final Notes notes;
  private final Problems problems;

  /** Combinations that were checked already: a report has few of them. */
  private final Map<Map<String, Value>, Map<String, Value>> checked = new HashMap<>();

  /** A field that no source gives is told once, at its first code. */
  private final Set<String> told = new HashSet<>();

  PartValues(
      MappingTable table,
      DocumentContext context,
      LevelRewriter rewriter,
      Rewritten header,
      Map<String, Value> legacy,
      Notes notes,
      Problems problems) {
    this.table = table;
    this.context = context;
    this.rewriter = rewriter;
    this.header = header;
    this.legacy = legacy;
    this.notes = notes;
    this.problems = problems;
  }

  /** One shared map for equal values. */
  Map<String, Value> of(EntryRun entry) {
    if (header.pending().isEmpty() || entry.codes().isEmpty()) {
      return check(header.out());
    }
    int index = indexOfCode(entry);
    Rewritten own =
        new Rewritten(
            new LinkedHashMap<>(header.out()),
            new LinkedHashMap<>(),
            new HashMap<>(),
            new ArrayList<>());
    Problems found = new Problems();
    EntryRun run = new EntryRun(found, notes, Mapper.AcceptedCodes.NONE);
    for (Pending pending : header.pending()) {
      rewriter.fillFor(pending, entry.codes().get(index), legacy, own, run);
    }
    for (Problem problem : found.list()) {
      if (told.add(problem.code() + problem.path())) {
        Map<String, String> arguments = new HashMap<>(problem.arguments());
        arguments.put("code", entry.place(index));
        problems.add(new Problem(problem.code(), problem.path(), problem.row(), arguments));
      }
    }
    return check(own.out());
  }

  /** Whether some field depends on which order a code was fetched for. */
  boolean asksOrdersOfCodes() {
    return header.pending().stream()
        .anyMatch(
            pending ->
                pending
                    .rule()
                    .sources()
                    .subList(pending.source(), pending.rule().sources().size())
                    .stream()
                    .anyMatch(OrderSources.OF_CODES::contains));
  }

  /** The code that an entry's values are looked up by; it has one at least. */
  static MarkingCode codeOf(EntryRun entry) {
    return entry.codes().get(indexOfCode(entry));
  }

  private static int indexOfCode(EntryRun entry) {
    for (int candidate = 0; candidate < entry.codes().size(); candidate++) {
      if (entry.codes().get(candidate).gtin().isPresent()) {
        return candidate;
      }
    }
    return 0;
  }

  private Map<String, Value> check(Map<String, Value> out) {
    Map<String, Value> known = checked.get(out);
    if (known != null) {
      return known;
    }
    Map<String, Value> values = new HashMap<>(header.remembered());
    values.putAll(out);
    for (String name : table.checks()) {
      DocumentCheck.named(name)
          .check(new DocumentCheck.Checked(values, table, legacy), context, problems);
    }
    checked.put(out, out);
    return out;
  }
}
