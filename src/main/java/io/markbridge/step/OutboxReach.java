package io.markbridge.step;

import io.markbridge.outbox.OutboxTable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * An outbox whose database may go away: it is asked less and less often then, and what does not
 * work is told once.
 */
final class OutboxReach {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final OutboxTable table;
  private final Troubles troubles;
  private final Clock clock;
  private Instant notBefore = Instant.MIN;
  private Duration pause = FIRST;

  OutboxReach(OutboxTable table, Troubles troubles, Clock clock) {
    this.table = table;
    this.troubles = troubles;
    this.clock = clock;
  }

  OutboxTable table() {
    return table;
  }

  /** What a trouble is told of. */
  String subject() {
    return table.outbox().toString();
  }

  /** Whether it is worth asking. */
  synchronized boolean open() {
    return !clock.instant().isBefore(notBefore);
  }

  /** It answered. */
  synchronized void works() {
    if (pause != FIRST) {
      pause = FIRST;
      notBefore = Instant.MIN;
      troubles.over(subject());
    }
  }

  /** It did not answer, or refused what all rows need. */
  synchronized void away(String what, SQLException failure) {
    troubles.lasts(subject(), what, failure);
    notBefore = clock.instant().plus(pause);
    pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
  }
}
