package io.markbridge.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The switches' present values; changed at any time, checked when set. */
final class Switches {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h)?");
  private static final Map<SwitchName, List<String>> ALLOWED =
      Map.ofEntries(
          Map.entry(SwitchName.TOKEN_LIFE_FORM, List.of("string", "number")),
          Map.entry(SwitchName.REFRESH_REUSE, List.of("true", "false")),
          Map.entry(SwitchName.ACCEPT, List.of("strict", "any")),
          Map.entry(SwitchName.LIMIT_SCOPE, List.of("kind", "credential")),
          Map.entry(SwitchName.RETRY_AFTER, List.of("true", "false")),
          Map.entry(SwitchName.UNKNOWN_QUERY, List.of("reject", "ignore")),
          Map.entry(SwitchName.ORDER_OUTCOME, List.of("READY", "REJECTED", "OUTSOURCED")),
          Map.entry(SwitchName.CODES_WITHOUT_PACK, List.of("new", "first")),
          Map.entry(SwitchName.UTILISATION_GROUP_IN, List.of("query", "body")),
          Map.entry(SwitchName.DATE_FORM, List.of("any", "date-time", "date")),
          Map.entry(SwitchName.UNKNOWN_CODES, List.of("reject", "accept")),
          Map.entry(SwitchName.MARKET_ORDERS, List.of("any", "known")),
          Map.entry(SwitchName.MARKET_ERROR_STATUS, List.of("ERROR", "OK")),
          Map.entry(SwitchName.DOCUMENT_BODY, List.of("decoded", "wrapped")),
          Map.entry(SwitchName.DOCUMENT_CODES, List.of("array", "wrapped")));

  private final Map<SwitchName, String> values = new ConcurrentHashMap<>();
  private final FailurePlan failures = new FailurePlan();

  Switches(Map<String, String> given) {
    for (SwitchName name : SwitchName.values()) {
      values.put(name, name.initial());
    }
    given.forEach(this::set);
  }

  /**
   * Sets one switch.
   *
   * @throws IllegalArgumentException when there is no such switch, or the value cannot be read
   */
  void set(String label, String value) {
    SwitchName name =
        SwitchName.byLabel(label)
            .orElseThrow(() -> new IllegalArgumentException("no switch is named " + label));
    check(name, value);
    if (name == SwitchName.FAIL) {
      failures.replace(value);
    }
    values.put(name, value);
  }

  private static void check(SwitchName name, String value) {
    List<String> allowed = ALLOWED.get(name);
    if (allowed != null && !allowed.contains(value)) {
      throw new IllegalArgumentException(name.label() + " is one of " + allowed + ": " + value);
    }
    String initial = name.initial();
    if (initial.matches("\\d+")) {
      whole(name, value);
    } else if (DURATION.matcher(initial).matches()) {
      duration(name, value);
    } else if (name == SwitchName.REJECT_CODES || name == SwitchName.MARKET_INVALID_CODES) {
      compile(name, value);
    }
  }

  private static void compile(SwitchName name, String value) {
    try {
      Pattern.compile(value);
    } catch (PatternSyntaxException exception) {
      throw new IllegalArgumentException(name.label() + " is no regular expression", exception);
    }
  }

  String text(SwitchName name) {
    return values.get(name);
  }

  boolean is(SwitchName name, String value) {
    return values.get(name).equals(value);
  }

  int number(SwitchName name) {
    return whole(name, values.get(name));
  }

  Duration duration(SwitchName name) {
    return duration(name, values.get(name));
  }

  List<String> list(SwitchName name) {
    return Arrays.stream(values.get(name).split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  FailurePlan failures() {
    return failures;
  }

  /** Every switch with its present value, in the order of the page. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    for (SwitchName name : SwitchName.values()) {
      boolean secret =
          name == SwitchName.USERS || name == SwitchName.KEYS || name == SwitchName.MARKET_KEYS;
      all.put(name.label(), secret ? "***" : values.get(name));
    }
    return all;
  }

  private static int whole(SwitchName name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException exception) {
      throw new IllegalArgumentException(name.label() + " is a whole number: " + value, exception);
    }
  }

  private static Duration duration(SwitchName name, String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          name.label() + " is a time such as 300ms, 2s, 30m, 24h: " + value);
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
    return switch (unit) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofMillis(amount);
    };
  }
}
