package io.markbridge.mapping;

import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.MarkingCode.MalformedCodeException;
import io.markbridge.mapping.Value.Digits;
import io.markbridge.mapping.Value.Items;
import io.markbridge.mapping.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Marking codes: one, an array of them, or the serial number of a packing unit. */
final class CodeTypes {
  private static final Pattern WHOLE_SSCC = Pattern.compile("\\d{18}");

  private CodeTypes() {}

  static Map<String, FieldType> all() {
    return Map.of(
        "code", CodeTypes::code, "codes", CodeTypes::codes, "unit-serial", CodeTypes::unitSerial);
  }

  /**
   * One code, {@code form: full} (repaired, with its tail) or {@code form: bare} (without). An
   * entry of the streamed array calls this with its index.
   */
  static Value code(Value value, String array, long index, FieldContext context)
      throws FieldProblem {
    String at = index < 0 ? array : array + "[" + index + "]";
    String text = text(value, at, "a marking code", context);
    MarkingCode code;
    try {
      code = ofGroup(read(text, context), context);
    } catch (MalformedCodeException exception) {
      throw malformed(exception.position(), exception.reason(), at, index, context);
    }
    boolean goodsOnly = context.rule().option("goods", "").equals("only");
    if (goodsOnly && code.gtin().isEmpty()) {
      throw malformed(0, "gtin-missing", at, index, context);
    }
    if (context.rule().option("tail", "").equals("required") && !code.hasTail()) {
      context
          .entry()
          .whereSent()
          .add(malformed(code.withoutTail().length(), "no-tail", at, index, context).problem());
    }
    checkForm(code, at, index, context);
    if (context.entry().accepted().contains(code.withoutTail())) {
      context.entry().leaveOut();
      return null;
    }
    context.entry().addCode(code, array, index);
    note(code, context);
    return new Text(bare(context) ? code.withoutTail() : code.full());
  }

  private static Value code(Value value, String at, FieldContext context) throws FieldProblem {
    int bracket = at.lastIndexOf('[');
    boolean entry = bracket > 0 && at.endsWith("]");
    if (entry) {
      long index = Long.parseLong(at.substring(bracket + 1, at.length() - 1));
      return code(value, at.substring(0, bracket), index, context);
    }
    return code(value, at, -1, context);
  }

  private static MarkingCode read(String text, FieldContext context) throws MalformedCodeException {
    boolean backslash = context.rule().option("backslash", "").equals("kept");
    return backslash ? MarkingCode.parseWithBackslashes(text) : MarkingCode.parse(text);
  }

  /** Where the operator documents forms of its own, a code has to have one of them. */
  private static void checkForm(MarkingCode code, String at, long index, FieldContext context)
      throws FieldProblem {
    String path = context.rule().option("forms", "");
    List<Pattern> forms = path.isEmpty() ? List.of() : context.document().forms(path);
    if (!forms.isEmpty() && forms.stream().noneMatch(form -> form.matcher(code.full()).matches())) {
      throw malformed(0, "form", at, Math.max(0, index), context);
    }
  }

  private static Value codes(Value value, String at, FieldContext context) throws FieldProblem {
    if (!(value instanceof Items array)) {
      throw context.malformed(value, at, "an array of marking codes");
    }
    List<Value> codes = new ArrayList<>(array.items().size());
    for (int index = 0; index < array.items().size(); index++) {
      try {
        Value code = code(array.items().get(index), at, index, context);
        if (code != null) {
          codes.add(code);
        }
      } catch (FieldProblem exception) {
        context.entry().problems().add(exception.problem());
      }
    }
    return new Items(codes);
  }

  private static Value unitSerial(Value value, String at, FieldContext context)
      throws FieldProblem {
    String text = text(value, at, "a serial number", context);
    MarkingCode unit;
    try {
      unit = MarkingCode.parseUnit(text);
      // No unit is a tobacco pack: an own form of the same length keeps its end.
      unit = unit.kind() == MarkingCode.Kind.TOBACCO_PACK ? asOwnForm(unit) : unit;
    } catch (MalformedCodeException exception) {
      throw malformed(exception.position(), exception.reason(), at, 0, context);
    }
    context.entry().unit(unit);
    note(unit, context);
    return new Text(unit.withoutTail());
  }

  /** A JSON number keeps no leading zeros: only one of all 18 digits of an SSCC lost nothing. */
  private static String text(Value value, String at, String expected, FieldContext context)
      throws FieldProblem {
    if (value instanceof Text text) {
      return text.text();
    }
    if (value instanceof Digits digits && WHOLE_SSCC.matcher(digits.text()).matches()) {
      return digits.text();
    }
    throw context.malformed(value, at, expected + " (JSON string)");
  }

  /**
   * 29 characters that begin with 14 digits are a tobacco pack only where packs are: elsewhere they
   * are a nested unit's own form (such as a time and a line), which has no tail to cut.
   */
  private static MarkingCode ofGroup(MarkingCode code, FieldContext context) {
    if (code.kind() != MarkingCode.Kind.TOBACCO_PACK || !bare(context)) {
      return code;
    }
    List<String> groups = context.document().preset().list("mapping/pack-code-groups");
    boolean pack = groups.isEmpty() || groups.contains(context.document().request().productGroup());
    return pack ? code : asOwnForm(code);
  }

  private static MarkingCode asOwnForm(MarkingCode code) {
    return new MarkingCode(
        code.full(), code.full(), Optional.empty(), MarkingCode.Kind.OWN_FORM, code.repairs());
  }

  private static boolean bare(FieldContext context) {
    return context.rule().option("form", "full").equals("bare");
  }

  private static void note(MarkingCode code, FieldContext context) {
    FieldRule rule = context.rule();
    boolean cut = bare(context) && code.hasTail();
    if (code.repairs().isEmpty() && !cut) {
      return;
    }
    String from = rule.legacyPath(rule.from().get(0));
    Notes notes = context.entry().notes();
    for (MarkingCode.Repair repair : code.repairs()) {
      notes.add(rule.row(), from, rule.newPath(), "repaired", repair.name(), 1);
    }
    if (cut) {
      notes.add(rule.row(), from, rule.newPath(), "tail cut", "payload", 1);
    }
  }

  private static FieldProblem malformed(
      int position, String reason, String at, long index, FieldContext context) {
    return new FieldProblem(
        context.problem(
            ProblemCode.CODE_MALFORMED,
            at,
            "index",
            String.valueOf(Math.max(0, index)),
            "position",
            String.valueOf(position),
            "reason",
            reason));
  }
}
