package io.markbridge.cli.check;

import io.markbridge.settings.SettingName;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The settings that something reads, to find out what a wrong name was meant to be. */
final class KnownKeys {
  private final List<SettingName> names;

  KnownKeys(Set<SettingName> names) {
    this.names = names.stream().sorted(Comparator.comparing(SettingName::text)).toList();
  }

  boolean knows(String name) {
    return names.stream().anyMatch(key -> key.fits(name));
  }

  /** Whether an environment variable says a known setting. */
  boolean knowsVariable(String variable) {
    return names.stream().anyMatch(key -> key.fitsVariable(variable));
  }

  /** The known name that is most like this one, with its own names in the place of {@code *}. */
  String nearest(String name) {
    return names.stream()
        .map(key -> key.filledFrom(name))
        .min(Comparator.comparingInt(key -> distance(key, name)))
        .orElseThrow();
  }

  /** The environment variable that is most like this one. */
  String nearestVariable(String variable) {
    return names.stream()
        .map(SettingName::variable)
        .min(Comparator.comparingInt(key -> distance(key, variable)))
        .orElseThrow()
        .replace("*", "<NAME>");
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
