package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.mapping.Mapper.AcceptedCodes;
import io.markbridge.mapping.Value.Fields;
import io.markbridge.mapping.Value.Items;
import io.markbridge.mapping.Value.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a legacy document what stands at some places of a request that it became (change table
 * 8.4, 11.1, G6). A document is split by limits, by derived values and by levels of units, and what
 * is accepted already is left out: so the code or unit at the place is looked for, and no index is
 * reckoned. Both are read once more; only what is wanted is held.
 */
final class EntryPlaces {
  private final MappingTable table;
  private final DocumentContext context;
  private final ValueReader.Limits limits =
      new ValueReader.Limits(DocumentMapping.MOST_BYTES_OF_ENTRY, Map.of());

  /** What was named, by what stands there: a code, or the serial number of a unit. */
  private final Map<String, List<Wanted>> codes = new HashMap<>();

  private final Map<String, List<Wanted>> units = new HashMap<>();

  /**
   * @param places where its place is told
   * @param name as the operator wrote it
   * @param rest what follows the entry in it, such as {@code .aggregationItemsCount}
   */
  private record Wanted(Map<String, String> places, String name, String rest) {}

  EntryPlaces(MappingTable table, DocumentContext context) {
    this.table = table;
    this.context = context;
  }

  /**
   * @return for each part, by name, the place in the legacy document; those that were not found are
   *     missing
   */
  List<Map<String, String>> of(List<Mapper.Named> parts)
      throws DocumentRejectedException, IOException {
    List<Map<String, String>> places = new ArrayList<>();
    for (Mapper.Named part : parts) {
      Map<String, String> found = new HashMap<>();
      places.add(found);
      part.names().forEach(name -> want(codes, name, new Wanted(found, name, "")));
      lookUp(part, found);
    }
    EntryRewriter rewriter = new EntryRewriter(table, context, new LevelRewriter(context, table));
    Problems problems = new Problems();
    new LegacyReader(context.request().payload(), context.request().charset())
        .read(
            table.stream(),
            limits,
            problems,
            (index, item) -> {
              EntryRun run = new EntryRun(problems, new Notes(), AcceptedCodes.NONE);
              rewriter.rewrite(index, item, run);
              take(run, table.stream() + "[" + index + "]");
            });
    return places;
  }

  /** Finds out what stands at the places in the body. */
  private void lookUp(Mapper.Named part, Map<String, String> found)
      throws DocumentRejectedException, IOException {
    String stream = table.streamRule().to();
    Pattern place =
        Pattern.compile(
            Pattern.quote(stream) + "\\[(\\d{1,9})](?:\\.(\\w+)\\[(\\d{1,9})])?(.*)",
            Pattern.DOTALL);
    Map<Long, List<Matcher>> wanted = new HashMap<>();
    for (String name : part.names()) {
      Matcher matcher = place.matcher(name);
      if (matcher.matches()) {
        wanted
            .computeIfAbsent(Long.valueOf(matcher.group(1)), key -> new ArrayList<>())
            .add(matcher);
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    new LegacyReader(part.body(), Optional.empty())
        .read(
            stream,
            limits,
            new Problems(),
            (index, item) -> {
              for (Matcher matcher : wanted.getOrDefault(index, List.of())) {
                want(matcher, item, found);
              }
            });
  }

  private void want(Matcher place, Value entry, Map<String, String> found) {
    Wanted wanted = new Wanted(found, place.group(), place.group(2) == null ? place.group(4) : "");
    if (entry instanceof Scalar code) {
      want(codes, code.text(), wanted);
    } else if (entry instanceof Fields unit) {
      if (place.group(2) == null) {
        if (unit.fields().get(serial()) instanceof Scalar serial) {
          want(units, serial.text(), wanted);
        }
      } else if (unit.fields().get(place.group(2)) instanceof Items inner
          && Integer.parseInt(place.group(3)) < inner.items().size()
          && inner.items().get(Integer.parseInt(place.group(3))) instanceof Scalar code) {
        want(codes, code.text(), wanted);
      }
    }
  }

  private static void want(Map<String, List<Wanted>> all, String key, Wanted wanted) {
    all.computeIfAbsent(key, missing -> new ArrayList<>()).add(wanted);
  }

  /** New name of the serial number of an entry that is a unit. */
  private String serial() {
    MappingLevel level = table.streamRule().level();
    return level == null
        ? ""
        : level.rules().stream()
            .filter(rule -> rule.type().equals("unit-serial"))
            .map(FieldRule::to)
            .findFirst()
            .orElse("");
  }

  private void take(EntryRun run, String entry) {
    if (run.unit() != null) {
      for (Wanted wanted : units.getOrDefault(run.unit().withoutTail(), List.of())) {
        wanted.places().put(wanted.name(), entry + wanted.rest());
      }
    }
    for (int index = 0; index < run.codes().size(); index++) {
      MarkingCode code = run.codes().get(index);
      List<Wanted> found =
          codes.getOrDefault(code.full(), codes.getOrDefault(code.withoutTail(), List.of()));
      for (Wanted wanted : found) {
        wanted.places().put(wanted.name(), run.place(index).substring("$.".length()));
      }
    }
  }
}
