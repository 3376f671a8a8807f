package io.markbridge.procedure.doubt;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a request says, or something at the operator holds, field by field in a form that two of
 * them can be compared by.
 *
 * @param subject what it is about: the goods of an order, the codes of a report
 * @param others its other fields; neither side need have all of them
 */
record Content(String subject, Map<String, String> others) {
  /** How two contents stand to each other. */
  enum Likeness {
    SAME,
    /** About the same things, and yet something differs. */
    LIKE,
    OTHER
  }

  private static final String EQUALS = "=";

  Likeness to(Content candidate) {
    if (subject.isEmpty() || !subject.equals(candidate.subject)) {
      return Likeness.OTHER;
    }
    boolean differs =
        others.entrySet().stream()
            .anyMatch(
                field -> {
                  String other = candidate.others.get(field.getKey());
                  return other != null && !other.equals(field.getValue());
                });
    return differs ? Likeness.LIKE : Likeness.SAME;
  }

  /** One line a field; the journal keeps it. */
  String text() {
    return others.entrySet().stream()
        .map(field -> "\n" + field.getKey() + EQUALS + field.getValue())
        .collect(Collectors.joining("", subject, ""));
  }

  static Content parse(String text) {
    String[] lines = text.split("\n", -1);
    Map<String, String> others = new TreeMap<>();
    for (int index = 1; index < lines.length; index++) {
      int between = lines[index].indexOf(EQUALS);
      others.put(lines[index].substring(0, between), lines[index].substring(between + 1));
    }
    return new Content(lines[0], others);
  }
}
