package io.markbridge.legacy;

import java.util.Comparator;

/** Finds the known call that somebody most likely meant with one that nobody knows. */
final class NearestCall {
  /** Paths of known calls are much shorter; what is behind is no typing mistake. */
  private static final int LONGEST = 100;

  /** As much as two characters: the right path with a wrong method is nearer than another path. */
  private static final int WRONG_METHOD = 2;

  private final LegacyApi api;

  NearestCall(LegacyApi api) {
    this.api = api;
  }

  private record Known(String method, String path) {
    String text() {
      return method + " " + path;
    }
  }

  /**
   * @param path without query, with or without what leads every path
   * @return such as {@code GET /api/v2/<group>/codes}
   */
  String to(String method, String path) {
    String asked = path.substring(0, Math.min(path.length(), LONGEST));
    return api.calls().values().stream()
        .flatMap(call -> call.paths().stream().map(known -> known(call, known)))
        .min(
            Comparator.comparingInt(
                known ->
                    distance(asked, known.path())
                        + (known.method().equals(method) ? 0 : WRONG_METHOD)))
        .map(known -> known.text().replace("/*/", "/<group>/"))
        .orElse("");
  }

  /** The star takes as much of the other's path as is there: a group's name is no mistake. */
  private Known known(LegacyCall call, String path) {
    return new Known(call.method(), call.prefix() + (call.grouped() ? "/*" : "") + path);
  }

  /** How many characters have to be written, removed or changed; those under the star are free. */
  private static int distance(String asked, String known) {
    int[] before = new int[asked.length() + 1];
    for (int index = 0; index <= asked.length(); index++) {
      before[index] = index;
    }
    for (int row = 1; row <= known.length(); row++) {
      boolean star = known.charAt(row - 1) == '*';
      int[] now = new int[asked.length() + 1];
      now[0] = star ? before[0] : before[0] + 1;
      for (int index = 1; index <= asked.length(); index++) {
        char character = asked.charAt(index - 1);
        if (star) {
          int taken = now[index - 1] + (character == '/' ? LONGEST : 0);
          now[index] = Math.min(before[index], taken);
          continue;
        }
        int changed = before[index - 1] + (character == known.charAt(row - 1) ? 0 : 1);
        now[index] = Math.min(changed, Math.min(before[index], now[index - 1]) + 1);
      }
      before = now;
    }
    return before[asked.length()];
  }
}
