package io.markbridge.cli;

import io.markbridge.settings.SettingName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the packaged {@code application.yaml} says about each setting: its default, and in the
 * comment behind it why. A setting without a default stands there as a comment itself.
 */
final class SettingComments {
  private static final Pattern LINE =
      Pattern.compile("^( *)(?:(#) ( *))?([\\w\"/. -]+?):(?: +(.*?))?(?: +# (.*))?$");

  /**
   * @param value empty where there is no default
   * @param why empty where nothing is said
   */
  record Said(String value, String why) {}

  private record Level(int indent, String name) {}

  private final Map<String, Said> byName = new LinkedHashMap<>();

  SettingComments(String yaml) {
    Deque<Level> path = new ArrayDeque<>();
    for (String line : yaml.split("\n")) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        read(matcher, path);
      }
    }
  }

  private void read(Matcher matcher, Deque<Level> path) {
    boolean commented = matcher.group(2) != null;
    int indent = matcher.group(1).length() + (commented ? matcher.group(3).length() : 0);
    while (!path.isEmpty() && path.peekLast().indent() >= indent) {
      path.removeLast();
    }
    path.addLast(new Level(indent, matcher.group(4).strip()));
    String name = String.join(".", path.stream().map(Level::name).toList());
    String value = Optional.ofNullable(matcher.group(5)).orElse("");
    // A folded comment has no value before it.
    if (value.startsWith("#")) {
      byName.put(name, new Said("", value.substring(1).strip()));
    } else {
      byName.put(
          name,
          new Said(
              commented ? "" : value, Optional.ofNullable(matcher.group(6)).orElse("").strip()));
    }
  }

  /** What is said about a setting, or about an example of a pattern. */
  Optional<Said> of(SettingName name) {
    return byName.entrySet().stream()
        .filter(entry -> name.fits(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
