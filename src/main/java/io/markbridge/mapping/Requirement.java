package io.markbridge.mapping;

import io.markbridge.mapping.Value.Scalar;

/**
 * Whether a field must stand. Empty: no. {@code true}: yes. {@code groups:<preset list>}: for these
 * product groups. {@code except:<preset list>}: for all but these. {@code when:<field>=<value>}:
 * where another new field of the level says so, and only there. {@code without:<legacy field>}:
 * where the document does not have that field; where it has it, the value is not sent.
 */
final class Requirement {
  private Requirement() {}

  static boolean holds(FieldContext context) {
    String required = context.rule().required();
    int colon = required.indexOf(':');
    if (colon < 0) {
      return required.equals("true");
    }
    String rest = required.substring(colon + 1);
    return switch (required.substring(0, colon)) {
      case "groups" -> listed(rest, context);
      case "except" -> !listed(rest, context);
      case "when" -> says(rest, context);
      case "without" -> context.legacyText(rest).isBlank();
      default -> throw new IllegalStateException("unknown requirement " + required);
    };
  }

  /** Whether a value contradicts the row: it stands where another field says that it must not. */
  static boolean forbids(FieldContext context) {
    String required = context.rule().required();
    return required.startsWith("when:") && !says(required.substring(5), context);
  }

  /** Whether the row's value is not sent, because the document names the field that replaces it. */
  static boolean leavesOut(FieldContext context) {
    String required = context.rule().required();
    return required.startsWith("without:") && !context.legacyText(required.substring(8)).isBlank();
  }

  private static boolean listed(String presetList, FieldContext context) {
    return context
        .document()
        .preset()
        .list(presetList)
        .contains(context.document().request().productGroup());
  }

  private static boolean says(String condition, FieldContext context) {
    int equals = condition.indexOf('=');
    Value other = context.out().get(condition.substring(0, equals));
    return other instanceof Scalar scalar && scalar.text().equals(condition.substring(equals + 1));
  }
}
