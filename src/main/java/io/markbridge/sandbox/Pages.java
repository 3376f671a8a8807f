package io.markbridge.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Filters and pages: a cursor is the id of the last record that the client has. */
final class Pages {
  private Pages() {}

  /** Whether a filter of the query is absent, or has this value among its own. */
  static boolean equal(Call call, String name, String value) {
    List<String> wanted = call.query().get(name);
    return wanted == null || wanted.contains(value);
  }

  static boolean between(Instant time, Instant from, Instant to) {
    return !time.isBefore(from) && !time.isAfter(to);
  }

  /**
   * One page. Records that share an id (sub-orders of one order) are never torn apart, since the
   * cursor could not point between them: such a page is a little longer.
   *
   * @throws RefusedException when the cursor is no record's id
   */
  static <T> List<T> page(
      List<T> all, Function<T, String> id, Predicate<T> wanted, Optional<String> cursor, int limit)
      throws RefusedException {
    int begin = 0;
    if (cursor.isPresent()) {
      begin = after(all, id, cursor.get());
    }
    List<T> page = new ArrayList<>();
    for (int index = begin; index < all.size(); index++) {
      T item = all.get(index);
      boolean full = page.size() >= limit;
      if (full && !id.apply(page.get(page.size() - 1)).equals(id.apply(item))) {
        break;
      }
      if (wanted.test(item)) {
        page.add(item);
      }
    }
    return page;
  }

  /** Behind the last record of that id: sub-orders of one order share theirs. */
  private static <T> int after(List<T> all, Function<T, String> id, String cursor)
      throws RefusedException {
    for (int index = all.size() - 1; index >= 0; index--) {
      if (id.apply(all.get(index)).equals(cursor)) {
        return index + 1;
      }
    }
    throw RefusedException.invalid("cursor", "not the id of a record");
  }
}
