package io.markbridge.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the switch {@code fail} asks for: {@code call:shape[:times[:skip]]}, semicolon-separated. A
 * shape that ends in {@code -after} is sent after the call was processed; {@code times} is 1 where
 * left out, or {@code *}; {@code skip} calls pass untouched first.
 */
final class FailurePlan {
  private static final String AFTER = "-after";

  /** One failure to come. */
  record Failure(FailureShape shape, boolean processedFirst) {}

  private static final class Entry {
    final String call;
    final Failure failure;
    long left;
    long skip;

    Entry(String call, Failure failure, long left, long skip) {
      this.call = call;
      this.failure = failure;
      this.left = left;
      this.skip = skip;
    }
  }

  private List<Entry> entries = List.of();

  /**
   * @throws IllegalArgumentException when the text cannot be read; the old plan stays then
   */
  synchronized void replace(String text) {
    List<Entry> replacement = new ArrayList<>();
    for (String part : text.split(";")) {
      if (!part.isBlank()) {
        replacement.add(read(part.strip()));
      }
    }
    entries = replacement;
  }

  private static Entry read(String part) {
    String[] words = part.split(":");
    if (words.length < 2 || words.length > 4) {
      throw new IllegalArgumentException("fail is call:shape[:times[:skip]]: " + part);
    }
    if (!words[0].equals("*") && !Routes.isCall(words[0]) && !MarketRoute.isCall(words[0])) {
      throw new IllegalArgumentException("fail names no call: " + words[0]);
    }
    try {
      long times = words.length < 3 ? 1 : times(words[2]);
      long skip = words.length < 4 ? 0 : Long.parseLong(words[3]);
      return new Entry(words[0], failure(words[1]), times, skip);
    } catch (NumberFormatException exception) {
      throw new IllegalArgumentException("fail counts with a whole number: " + part, exception);
    }
  }

  private static long times(String word) {
    return word.equals("*") ? Long.MAX_VALUE : Long.parseLong(word);
  }

  private static Failure failure(String label) {
    Optional<FailureShape> plain = FailureShape.byLabel(label);
    if (plain.isPresent()) {
      FailureShape shape = plain.get();
      boolean processed =
          shape == FailureShape.CUT_AFTER
              || shape == FailureShape.HALF_ANSWER
              || shape == FailureShape.SLOW;
      return new Failure(shape, processed);
    }
    if (label.endsWith(AFTER)) {
      Optional<FailureShape> shape =
          FailureShape.byLabel(label.substring(0, label.length() - AFTER.length()));
      if (shape.isPresent() && shape.get().isAnswer()) {
        return new Failure(shape.get(), true);
      }
    }
    throw new IllegalArgumentException("fail has no shape named " + label);
  }

  /** The failure for this call, used up by asking. */
  synchronized Optional<Failure> take(String call) {
    for (Entry entry : entries) {
      if (entry.left == 0 || !(entry.call.equals("*") || entry.call.equals(call))) {
        continue;
      }
      if (entry.skip > 0) {
        entry.skip--;
        continue;
      }
      entry.left--;
      return Optional.of(entry.failure);
    }
    return Optional.empty();
  }
}
