package io.markbridge.mapping;

import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.Outcome.Found;
import io.markbridge.mapping.Outcome.Missing;
import io.markbridge.mapping.Outcome.NotNeeded;
import io.markbridge.mapping.Outcome.Nothing;
import io.markbridge.mapping.Outcome.PerCode;
import io.markbridge.mapping.Outcome.Refused;
import io.markbridge.mapping.Value.Fields;
import io.markbridge.mapping.Value.Items;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the rows of one level of a mapping table over one object. */
final class LevelRewriter {
  private final DocumentContext document;
  private final MappingTable table;
  private final boolean rejectUnknown;

  LevelRewriter(DocumentContext document, MappingTable table) {
    this.document = document;
    this.table = table;
    this.rejectUnknown =
        document
            .setting("unknown-fields")
            .map(SiteDefaults.SiteValue::value)
            .orElse(table.unknown())
            .equals("reject");
  }

  /** A row whose value depends on the codes, and the source to go on with. */
  record Pending(FieldRule rule, int source) {}

  /**
   * The result of a level.
   *
   * @param out new fields by dotted name
   * @param said those of them that the document or its side file said itself
   * @param remembered what later reports will need
   * @param pending rows to ask again code by code
   */
  record Rewritten(
      Map<String, Value> out,
      Map<String, Value> said,
      Map<String, Value> remembered,
      List<Pending> pending) {}

  /**
   * @param path of the object
   */
  Rewritten rewrite(MappingLevel level, Map<String, Value> legacy, String path, EntryRun entry) {
    Map<String, Value> own = unwrapped(legacy, path, entry);
    Rewritten result =
        new Rewritten(
            new LinkedHashMap<>(), new LinkedHashMap<>(), new HashMap<>(), new ArrayList<>());
    for (FieldRule rule : level.rules()) {
      FieldContext context = new FieldContext(document, rule, path, own, result.out(), entry);
      if (rule.drops()) {
        drop(context);
      } else if (!rule.from().contains(table.stream()) || !rule.prefix().isEmpty()) {
        fill(context, 0, Optional.empty(), result);
      }
    }
    unknown(level, own, path, entry);
    return result;
  }

  /**
   * Goes on with a row, for one code. The value stands in {@code result} afterwards, where there is
   * one.
   */
  void fillFor(
      Pending pending,
      MarkingCode code,
      Map<String, Value> legacy,
      Rewritten result,
      EntryRun entry) {
    FieldContext context =
        new FieldContext(document, pending.rule(), "$", legacy, result.out(), entry);
    fill(context, pending.source(), Optional.of(code), result);
  }

  private void fill(FieldContext context, int from, Optional<MarkingCode> code, Rewritten result) {
    FieldRule rule = context.rule();
    for (int index = from; index < rule.sources().size(); index++) {
      Outcome outcome = ValueSource.named(rule.sources().get(index)).find(context, code);
      if (outcome instanceof Found found) {
        if (keep(found, context, result)) {
          return;
        }
      } else if (outcome instanceof PerCode) {
        result.pending().add(new Pending(rule, index));
        return;
      } else if (outcome instanceof Refused refused) {
        context.entry().problems().add(refused.problem());
        return;
      } else if (outcome instanceof NotNeeded) {
        return;
      } else if (outcome instanceof Missing) {
        missing(context);
        return;
      } else if (!(outcome instanceof Nothing)) {
        throw new IllegalStateException("unknown outcome " + outcome);
      }
    }
    if (Requirement.holds(context)) {
      missing(context);
    }
  }

  /**
   * @return whether the row has its value, or its problem; otherwise the next source is asked
   */
  private boolean keep(Found found, FieldContext context, Rewritten result) {
    FieldRule rule = context.rule();
    Value value;
    try {
      value = convert(found, context);
    } catch (FieldProblem exception) {
      context.entry().problems().add(exception.problem());
      return true;
    }
    boolean payload = found.source().equals("payload");
    String from = payload ? rule.legacyPath(nameIn(found, rule)) : "";
    Notes notes = context.entry().notes();
    if (value == null) {
      if (context.entry().leftOut() == 0) {
        notes.add(rule.row(), from, "", "dropped", found.source(), 1);
      }
      return false;
    }
    if (Requirement.forbids(context)) {
      context
          .entry()
          .problems()
          .add(
              context.problem(
                  ProblemCode.VALUES_CONTRADICT,
                  found.path(),
                  "first",
                  rule.name(),
                  "second",
                  "not " + rule.required().substring(5)));
      return true;
    }
    if (!rule.remember().isEmpty()) {
      result.remembered().put(rule.remember(), value);
      if (rule.to().isEmpty() || Requirement.leavesOut(context)) {
        notes.add(rule.row(), from, "", "remembered", rule.remember(), 1);
        return true;
      }
    }
    result.out().put(target(rule), value);
    // What is only remembered counts for nothing here: two orders that differ in that alone are the
    // same order at the operator, and a person decides.
    if (payload || found.source().equals("given")) {
      result.said().put(rule.to(), value);
    }
    noteOtherNames(found, context);
    String action = payload ? action(found, value, rule) : "filled";
    notes.add(rule.row(), from, rule.newPath(), action, found.source(), 1);
    return true;
  }

  /** Of several names of one field the first counts; what the others said is not lost silently. */
  private static void noteOtherNames(Found found, FieldContext context) {
    FieldRule rule = context.rule();
    boolean others = rule.from().size() > 1 && !rule.option("agree", "false").equals("true");
    if (!others) {
      return;
    }
    for (String name : rule.from()) {
      Value value = context.legacy().get(name);
      boolean differs = !DocumentSources.isAbsent(value) && !value.equals(found.value());
      if (differs && !found.path().endsWith("." + name)) {
        context
            .entry()
            .notes()
            .add(rule.row(), rule.legacyPath(name), "", "dropped", "another value counts", 1);
      }
    }
  }

  /** Some operators want a field in the query: the preset says so under the row's {@code in}. */
  private String target(FieldRule rule) {
    String place = rule.option("in", "");
    boolean query =
        !place.isEmpty() && document.preset().text(place).orElse("body").equals("query");
    return query ? "?" + rule.to() : rule.to();
  }

  private static String nameIn(Found found, FieldRule rule) {
    return rule.from().stream()
        .filter(name -> found.path().endsWith("." + name))
        .findFirst()
        .orElse(rule.name());
  }

  private static String action(Found found, Value value, FieldRule rule) {
    if (!nameIn(found, rule).equals(rule.to())) {
      return "renamed";
    }
    return found.value().equals(value) ? "kept" : "converted";
  }

  private Value convert(Found found, FieldContext context) throws FieldProblem {
    FieldRule rule = context.rule();
    if (rule.level() != null) {
      return entries(found, context);
    }
    if (rule.type().isEmpty()) {
      return found.value();
    }
    String at = found.path().isEmpty() ? context.path() + "." + rule.name() : found.path();
    return FieldType.named(rule.type()).convert(found.value(), at, context);
  }

  /** An array of objects inside an entry. */
  private Value entries(Found found, FieldContext context) throws FieldProblem {
    if (!(found.value() instanceof Items array)) {
      throw context.malformed(found.value(), found.path(), "an array of objects");
    }
    List<Value> entries = new ArrayList<>();
    for (int index = 0; index < array.items().size(); index++) {
      String path = found.path() + "[" + index + "]";
      if (array.items().get(index) instanceof Fields fields) {
        if (context.rule().option("one-field", "false").equals("true")) {
          checkOneField(context, fields.fields(), path);
        }
        Rewritten entry = rewrite(context.rule().level(), fields.fields(), path, context.entry());
        entries.add(new Fields(entry.out()));
      } else {
        context
            .entry()
            .problems()
            .add(context.malformed(array.items().get(index), path, "an object").problem());
      }
    }
    ScalarTypes.checkCount(entries.size(), found.path(), context);
    return new Items(entries);
  }

  /** A row with {@code one-field}: each of its entries says one thing. */
  private static void checkOneField(FieldContext context, Map<String, Value> legacy, String path) {
    MappingLevel level = context.rule().level();
    List<String> said =
        legacy.keySet().stream()
            .filter(level.knownNames()::contains)
            .filter(name -> !DocumentSources.isAbsent(legacy.get(name)))
            .sorted()
            .toList();
    if (said.size() == 1) {
      return;
    }
    String known = String.join(", ", level.knownNames().stream().sorted().toList());
    context
        .entry()
        .problems()
        .add(
            said.isEmpty()
                ? context.problem(ProblemCode.FIELD_REQUIRED, path, "field", known, "where", path)
                : context.problem(
                    ProblemCode.VALUES_CONTRADICT,
                    path,
                    "first",
                    said.get(0),
                    "second",
                    said.get(1)));
  }

  /** A row without a target; where it has a type, the value is still checked. */
  private static void drop(FieldContext context) {
    FieldRule rule = context.rule();
    for (String name : rule.from()) {
      Value value = context.legacy().get(name);
      if (DocumentSources.isAbsent(value)) {
        continue;
      }
      if (!rule.type().isEmpty()) {
        try {
          FieldType.named(rule.type()).convert(value, context.path() + "." + name, context);
        } catch (FieldProblem exception) {
          context.entry().problems().add(exception.problem());
        }
      }
      context.entry().notes().add(rule.row(), rule.legacyPath(name), "", "dropped", "payload", 1);
    }
  }

  private static void missing(FieldContext context) {
    FieldRule rule = context.rule();
    Set<String> where = new LinkedHashSet<>();
    for (String source : rule.sources()) {
      String place = ValueSource.named(source).where(rule);
      if (!place.isEmpty()) {
        where.add(place);
      }
    }
    context
        .entry()
        .problems()
        .add(
            context.problem(
                ProblemCode.FIELD_REQUIRED,
                context.path() + "." + (rule.from().isEmpty() ? rule.name() : rule.from().get(0)),
                "field",
                rule.name(),
                "where",
                String.join("; ", where)));
  }

  private void unknown(MappingLevel level, Map<String, Value> legacy, String path, EntryRun entry) {
    for (String name : legacy.keySet()) {
      if (level.knownNames().contains(name)) {
        continue;
      }
      if (rejectUnknown) {
        entry.problems().add(Problem.of(ProblemCode.FIELD_UNKNOWN, path + "." + name, "X5"));
      } else {
        String prefix = path.replaceAll("\\[\\d+]", "[*]").substring(1);
        String shown = (prefix + "." + name).substring(1);
        entry.notes().add("X5", shown, "", "dropped", "unknown", 1);
      }
    }
  }

  /** The fields of the wrapper count as the object's own (`attributes`). */
  private Map<String, Value> unwrapped(Map<String, Value> legacy, String path, EntryRun entry) {
    if (table.wrapper().isEmpty() || !(legacy.get(table.wrapper()) instanceof Fields wrapped)) {
      return legacy;
    }
    Map<String, Value> own = new HashMap<>(legacy);
    own.remove(table.wrapper());
    wrapped
        .fields()
        .forEach(
            (name, value) -> {
              Value other = own.putIfAbsent(name, value);
              if (other != null && !other.equals(value)) {
                entry
                    .problems()
                    .add(
                        Problem.of(
                            ProblemCode.VALUES_CONTRADICT,
                            path + "." + table.wrapper() + "." + name,
                            "",
                            "first",
                            Value.describe(other),
                            "second",
                            Value.describe(value)));
              }
            });
    return own;
  }
}
