package io.markbridge.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What a wrong name was most likely meant to be. */
public final class NearestName {
  private NearestName() {}

  /** The known name that is most like this one; empty where none is known. */
  public static Optional<String> to(String name, Collection<String> known) {
    return known.stream()
        .sorted()
        .min(Comparator.comparingInt((String one) -> distance(one, name)));
  }

  /** Levenshtein: how many characters are added, removed or changed. */
  public static int distance(String first, String second) {
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
