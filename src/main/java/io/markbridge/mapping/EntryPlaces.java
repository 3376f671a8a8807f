package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
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
import java.util.Set;
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
  private final Map<String, List<Named>> codes = new HashMap<>();

  private final Map<String, List<Named>> units = new HashMap<>();

  /**
   * @param name as the operator wrote it
   * @param rest what follows the entry in it, such as {@code .aggregationItemsCount}
   */
  private record Named(String name, String rest) {}

  EntryPlaces(MappingTable table, DocumentContext context) {
    this.table = table;
    this.context = context;
  }

  /**
   * @param body of the request
   * @param names places in the body, or codes
   * @return the place in the legacy document, by name; those that were not found are missing
   */
  Map<String, String> of(Payload body, Set<String> names)
      throws DocumentRejectedException, IOException {
    for (String name : names) {
      codes.computeIfAbsent(name, key -> new ArrayList<>()).add(new Named(name, ""));
    }
    lookUp(body, names);
    Map<String, String> places = new HashMap<>();
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
              take(run, table.stream() + "[" + index + "]", places);
            });
    return places;
  }

  /** Finds out what stands at the places in the body. */
  private void lookUp(Payload body, Set<String> names)
      throws DocumentRejectedException, IOException {
    String stream = table.streamRule().to();
    Pattern place =
        Pattern.compile(
            Pattern.quote(stream) + "\\[(\\d{1,9})](?:\\.(\\w+)\\[(\\d{1,9})])?(.*)",
            Pattern.DOTALL);
    Map<Long, List<Matcher>> wanted = new HashMap<>();
    for (String name : names) {
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
    new LegacyReader(body, Optional.empty())
        .read(
            stream,
            limits,
            new Problems(),
            (index, item) -> {
              for (Matcher matcher : wanted.getOrDefault(index, List.of())) {
                want(matcher, item);
              }
            });
  }

  private void want(Matcher place, Value entry) {
    if (entry instanceof Scalar code) {
      want(codes, code, place.group(), "");
    } else if (entry instanceof Fields unit) {
      if (place.group(2) == null) {
        want(units, unit.fields().get(serial()), place.group(), place.group(4));
      } else if (unit.fields().get(place.group(2)) instanceof Items inner
          && Integer.parseInt(place.group(3)) < inner.items().size()) {
        want(codes, inner.items().get(Integer.parseInt(place.group(3))), place.group(), "");
      }
    }
  }

  private static void want(Map<String, List<Named>> wanted, Value value, String name, String rest) {
    if (value instanceof Scalar scalar) {
      wanted.computeIfAbsent(scalar.text(), key -> new ArrayList<>()).add(new Named(name, rest));
    }
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

  private void take(EntryRun run, String entry, Map<String, String> places) {
    if (run.unit() != null) {
      for (Named named : units.getOrDefault(run.unit().withoutTail(), List.of())) {
        places.put(named.name(), entry + named.rest());
      }
    }
    for (int index = 0; index < run.codes().size(); index++) {
      MarkingCode code = run.codes().get(index);
      List<Named> found =
          codes.getOrDefault(code.full(), codes.getOrDefault(code.withoutTail(), List.of()));
      for (Named named : found) {
        places.put(named.name(), run.place(index).substring("$.".length()));
      }
    }
  }
}
