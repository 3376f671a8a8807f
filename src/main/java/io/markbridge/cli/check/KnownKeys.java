package io.markbridge.cli.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that something reads: those with a default in the packaged {@code application.yaml},
 * and those below names that a site chooses. A {@code *} stands for such a name.
 */
final class KnownKeys {
  private static final String PREFIX = "markbridge.";
  private static final Pattern SEGMENT = Pattern.compile("\"[^\"]*\"|[^.]+");

  /** Without a default. */
  private static final List<String> FURTHER = List.of("openapi.url", "legacy", "limits.*");

  /** What reports never said (design decision 9), and how a site treats its documents. */
  private static final List<String> ANYWHERE =
      List.of(
          "business-place-id",
          "is-paid",
          "manufacturer-country",
          "owner-tin",
          "refuse-contradicting-import",
          "release-type",
          "report-on",
          "should-be-unbundled",
          "unknown-fields",
          "use-gtin-orders");

  private static final List<String> OF_ACCOUNT =
      List.of(
          "oms-id",
          "tin",
          "login",
          "login-file",
          "password",
          "password-file",
          "api-key",
          "api-key-file");

  private final Set<String> keys = new TreeSet<>();

  /**
   * @param packaged names of the settings that have a default
   */
  KnownKeys(Iterable<String> packaged) {
    for (String name : packaged) {
      if (name.startsWith(PREFIX)) {
        keys.add(name);
      }
    }
    FURTHER.forEach(key -> keys.add(PREFIX + key));
    for (String setting : ANYWHERE) {
      keys.add(PREFIX + setting);
      for (String place : List.of("accounts", "groups", "folders", "lines")) {
        keys.add(PREFIX + place + ".*." + setting);
      }
    }
    OF_ACCOUNT.forEach(key -> keys.add(PREFIX + "accounts.*." + key));
    keys.add(PREFIX + "groups.*.fetch-codes");
    keys.add(PREFIX + "folders.*.charset");
  }

  boolean knows(String name) {
    List<String> segments = segments(name);
    return keys.stream().anyMatch(key -> fits(segments(key), segments));
  }

  /** Whether an environment variable says a known setting. */
  boolean knowsVariable(String variable) {
    return keys.stream().anyMatch(key -> variable.matches(variable(key).replace("*", ".+")));
  }

  /** The known name that is most like this one, with its own names in the place of {@code *}. */
  String nearest(String name) {
    List<String> segments = segments(name);
    return keys.stream()
        .map(key -> filled(segments(key), segments))
        .min(Comparator.comparingInt(key -> distance(key, name)))
        .orElseThrow();
  }

  /** The environment variable that is most like this one. */
  String nearestVariable(String variable) {
    return keys.stream()
        .map(KnownKeys::variable)
        .min(Comparator.comparingInt(key -> distance(key, variable)))
        .orElseThrow()
        .replace("*", "<NAME>");
  }

  /** {@code markbridge.openapi.url} is {@code MARKBRIDGE_OPENAPI_URL}. */
  static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT);
  }

  private static boolean fits(List<String> key, List<String> name) {
    if (key.size() != name.size()) {
      return false;
    }
    for (int index = 0; index < key.size(); index++) {
      if (!key.get(index).equals("*") && !key.get(index).equals(name.get(index))) {
        return false;
      }
    }
    return true;
  }

  private static String filled(List<String> key, List<String> name) {
    List<String> filled = new ArrayList<>(key);
    for (int index = 0; index < filled.size(); index++) {
      if (filled.get(index).equals("*") && index < name.size()) {
        filled.set(index, name.get(index));
      }
    }
    return String.join(".", filled);
  }

  private static List<String> segments(String name) {
    List<String> segments = new ArrayList<>();
    Matcher matcher = SEGMENT.matcher(name);
    while (matcher.find()) {
      segments.add(matcher.group());
    }
    return segments;
  }

  /** Levenshtein: how many characters are added, removed or changed. */
  private static int distance(String first, String second) {
    int[] row = new int[second.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int index = 1; index <= first.length(); index++) {
      int diagonal = row[0];
      row[0] = index;
      for (int column = 1; column < row.length; column++) {
        int changed = diagonal + (first.charAt(index - 1) == second.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(changed, Math.min(row[column], row[column - 1]) + 1);
      }
    }
    return row[second.length()];
  }
}
