package io.markbridge.mapping;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the ISO alpha-2 code of whatever a legacy document calls a country (6.6). */
final class Countries {
  private final Map<String, String> codes = new HashMap<>();

  /**
   * @param rows of {@code countries.csv}
   */
  Countries(Map<String, Map<String, String>> rows) {
    rows.forEach(
        (code, row) -> {
          put(code, code);
          put(row.get("alpha-3"), code);
          put(row.get("numeric"), code);
          for (String name : row.getOrDefault("names", "").split("\\|")) {
            put(name, code);
          }
        });
  }

  /** The alpha-2 code of a code or a name in English, Russian, Kazakh or Uzbek. */
  Optional<String> find(String text) {
    String key = key(text);
    boolean number =
        !key.isEmpty() && key.length() < 3 && key.chars().allMatch(c -> c >= '0' && c <= '9');
    // A number on the wire has lost its leading zeros: 51 is Armenia's 051.
    return Optional.ofNullable(codes.get(number ? "0".repeat(3 - key.length()) + key : key));
  }

  private void put(String name, String code) {
    if (name != null && !name.isBlank()) {
      codes.putIfAbsent(key(name), code);
    }
  }

  private static String key(String name) {
    StringBuilder key = new StringBuilder(name.length());
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .map(point -> point == 'ё' ? 'е' : point)
        // The apostrophes of Uzbek Latin: some of them are letters.
        .filter(point -> point != 'ʻ' && point != 'ʼ')
        .forEach(key::appendCodePoint);
    return key.toString();
  }
}
