package io.markbridge.openapi;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A limit as the operator itself counts it: so many calls of a period, told with each answer. What
 * is on its way is not yet in that count, so it is kept here. Before the first answer nothing is
 * known, and nothing held back.
 */
final class ToldLimit {
  /** The operator's clock and ours differ a little: better late in the new period than early. */
  private static final Duration MARGIN = Duration.ofMillis(30);

  /** What is not answered by then never will be. */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);

  private final Deque<Instant> onTheWay = new ArrayDeque<>();
  private long limit = Long.MAX_VALUE;
  private long left = Long.MAX_VALUE;
  private Instant until = Instant.MAX;

  /** Whether the operator has told anything. */
  synchronized boolean known() {
    return limit != Long.MAX_VALUE;
  }

  /** Takes up to {@code most} calls; how many there were. */
  synchronized int take(int most, Instant now) {
    while (!onTheWay.isEmpty() && onTheWay.peekFirst().plus(LONGEST_ANSWER).isBefore(now)) {
      onTheWay.removeFirst();
    }
    if (known() && !now.isBefore(until)) {
      // What is still on its way may arrive in the new period.
      left = Math.max(0, limit - onTheWay.size());
      until = Instant.MAX;
    }
    if (left == 0 && until.equals(Instant.MAX) && onTheWay.isEmpty()) {
      // Every answer of the period was lost: one call asks how it stands.
      left = 1;
    }
    int granted = (int) Math.min(most, left);
    left -= known() ? granted : 0;
    for (int one = 0; one < granted; one++) {
      onTheWay.addLast(now);
    }
    return granted;
  }

  /** Calls that were taken and did not leave. */
  synchronized void giveBack(int unused) {
    for (int one = 0; one < unused && !onTheWay.isEmpty(); one++) {
      onTheWay.removeLast();
      left += known() ? 1 : 0;
    }
  }

  /** A call has been answered, or its answer was lost. */
  synchronized void answered() {
    onTheWay.pollFirst();
  }

  /** What the answer told. */
  synchronized void told(LimitHint hint, Instant now) {
    Instant ends = hint.until().plus(MARGIN);
    if (!ends.isAfter(now)) {
      // An answer of a period that is over.
      return;
    }
    long unseen = Math.max(0, hint.remaining() - onTheWay.size());
    boolean samePeriod = until.equals(Instant.MAX) || !ends.isAfter(until);
    // Answers overtake each other: within a period the smaller number is the newer one. Periods
    // that slide with each answer begin anew with it, and so does another limit.
    left = samePeriod && hint.limit() == limit ? Math.min(left, unseen) : unseen;
    limit = hint.limit();
    until = ends;
  }
}
