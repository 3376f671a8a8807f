package io.markbridge.mapping;

import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.Outcome.Found;
import io.markbridge.mapping.Outcome.Refused;
import io.markbridge.mapping.Value.Digits;
import io.markbridge.mapping.Value.Items;
import io.markbridge.mapping.Value.Text;
import java.util.Map;
import java.util.Optional;

/** What the document itself, its side file and its circumstances say. */
final class DocumentSources {
  private DocumentSources() {}

  static Map<String, ValueSource> all() {
    return Map.ofEntries(
        Map.entry(
            "given",
            ValueSource.of(
                DocumentSources::given, rule -> "<name>.meta.json, --set " + rule.name() + "=…")),
        Map.entry("payload", ValueSource.of(DocumentSources::payload, DocumentSources::inPayload)),
        Map.entry("group", ValueSource.of(DocumentSources::group, rule -> "inbox/<group>")),
        Map.entry("accepted-at", ValueSource.of(DocumentSources::acceptedAt, rule -> "")),
        Map.entry("own-number", ValueSource.of(DocumentSources::ownNumber, rule -> "")),
        Map.entry("template", ValueSource.of(DocumentSources::template, rule -> "")),
        Map.entry("counted", ValueSource.of(DocumentSources::counted, rule -> "")),
        Map.entry("field", ValueSource.of(DocumentSources::field, rule -> "")));
  }

  private static Outcome given(FieldContext context, Optional<MarkingCode> code) {
    Map<String, String> given = context.document().request().given();
    String value = given.get(context.rule().name());
    boolean blank = value == null || value.isBlank();
    return blank
        ? Outcome.NOTHING
        : new Found(new Text(value), "given", "meta." + context.rule().name());
  }

  /** The first legacy name that is present; where the row says {@code agree}, they must agree. */
  private static Outcome payload(FieldContext context, Optional<MarkingCode> code) {
    Found found = null;
    Value converted = null;
    for (String name : context.rule().from()) {
      Value value = context.legacy().get(name);
      if (isAbsent(value)) {
        continue;
      }
      Found candidate = new Found(value, "payload", context.path() + "." + name);
      boolean agree = context.rule().option("agree", "false").equals("true");
      if (!agree) {
        return candidate;
      }
      Value read;
      try {
        read = FieldType.named(context.rule().type()).convert(value, candidate.path(), context);
      } catch (FieldProblem exception) {
        return new Refused(exception.problem());
      }
      if (converted != null && read != null && !converted.equals(read)) {
        return new Refused(
            context.problem(
                ProblemCode.VALUES_CONTRADICT,
                candidate.path(),
                "first",
                Value.describe(found.value()),
                "second",
                Value.describe(value)));
      }
      if (found == null || converted == null) {
        found = candidate;
        converted = read;
      }
    }
    return found == null ? Outcome.NOTHING : found;
  }

  /** Null and blank are absent on the legacy wire. */
  static boolean isAbsent(Value value) {
    return value == null
        || (value instanceof Text text && text.text().isBlank())
        || (value instanceof Items items && items.items().isEmpty());
  }

  private static String inPayload(FieldRule rule) {
    return rule.from().isEmpty() ? "" : "$." + rule.prefix() + rule.from().get(0);
  }

  private static Outcome group(FieldContext context, Optional<MarkingCode> code) {
    String group = context.document().request().productGroup();
    return group.isBlank()
        ? new Refused(context.problem(ProblemCode.GROUP_UNKNOWN, ""))
        : new Found(new Text(group), "group", "");
  }

  private static Outcome acceptedAt(FieldContext context, Optional<MarkingCode> code) {
    String moment = context.document().dates().moment(context.document().request().acceptedAt());
    return new Found(new Text(moment), "accepted-at", "");
  }

  /** A number that only this document has, and has again when it is planned again. */
  private static Outcome ownNumber(FieldContext context, Optional<MarkingCode> code) {
    String prefix = context.document().preset().text("mapping/own-order-number").orElse("");
    String id = context.document().request().documentId();
    return prefix.isBlank() || id.isBlank()
        ? Outcome.NOTHING
        : new Found(new Text(prefix + id), "own-number", "");
  }

  /** A preset table by another legacy field, such as templateId, and what holds for the others. */
  private static Outcome template(FieldContext context, Optional<MarkingCode> code) {
    FieldRule rule = context.rule();
    String by = rule.option("by", "");
    String key = context.legacyText(by);
    String otherwise = rule.option("otherwise", "");
    String value =
        context.document().presetTable(rule.option("by-table", "")).getOrDefault(key, otherwise);
    return value.isEmpty()
        ? Outcome.NOTHING
        : new Found(new Text(value), key.isEmpty() ? "default" : by + " " + key, "");
  }

  /** How many entries another new field has. */
  private static Outcome counted(FieldContext context, Optional<MarkingCode> code) {
    Value counted = context.out().get(context.rule().option("of", ""));
    if (!(counted instanceof Items items)) {
      return Outcome.NOTHING;
    }
    long all = items.items().size() + context.entry().leftOut();
    return new Found(new Digits(String.valueOf(all)), "counted", "");
  }

  /** Another new field of the level. */
  private static Outcome field(FieldContext context, Optional<MarkingCode> code) {
    String name = context.rule().option("of", "");
    Value other = context.out().get(name);
    return other == null ? Outcome.NOTHING : new Found(other, name, "");
  }
}
