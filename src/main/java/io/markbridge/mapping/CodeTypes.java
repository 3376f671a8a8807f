package io.markbridge.mapping;

import io.markbridge.document.ProblemCode;
import io.markbridge.mapping.MarkingCode.MalformedCodeException;
import io.markbridge.mapping.Value.Items;
import io.markbridge.mapping.Value.Scalar;
import io.markbridge.mapping.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Marking codes: one, an array of them, or the serial number of a packing unit. */
final class CodeTypes {
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
    String at = array + "[" + index + "]";
    if (!(value instanceof Scalar scalar)) {
      throw context.malformed(value, at, "a marking code");
    }
    MarkingCode code;
    try {
      code = MarkingCode.parse(scalar.text());
    } catch (MalformedCodeException exception) {
      throw malformed(exception.position(), exception.reason(), at, index, context);
    }
    boolean goodsOnly = context.rule().option("goods", "").equals("only");
    if (goodsOnly && code.gtin().isEmpty()) {
      throw malformed(0, "gtin-missing", at, index, context);
    }
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
    return code(value, at, 0, context);
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
    if (!(value instanceof Scalar scalar)) {
      throw context.malformed(value, at, "a serial number");
    }
    MarkingCode unit;
    try {
      unit = MarkingCode.parseUnit(scalar.text());
    } catch (MalformedCodeException exception) {
      throw malformed(exception.position(), exception.reason(), at, 0, context);
    }
    context.entry().unit(unit);
    note(unit, context);
    return new Text(unit.withoutTail());
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
            String.valueOf(index),
            "position",
            String.valueOf(position),
            "reason",
            reason));
  }
}
