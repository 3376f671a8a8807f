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
  private final SourceHealth sources;
  private final Clock clock;
  private Instant notBefore = Instant.MIN;
  private Duration pause = FIRST;

  OutboxReach(OutboxTable table, SourceHealth sources, Clock clock) {
    this.table = table;
    this.sources = sources;
    this.clock = clock;
  }

  OutboxTable table() {
    return table;
  }

  /** As the journal and the health call it. */
  String source() {
    return table.outbox().source();
  }

  /** Whether it is worth asking. */
  synchronized boolean open() {
    return !clock.instant().isBefore(notBefore);
  }

  /** It gave its rows, or said that there are none. */
  synchronized void works() {
    pause = FIRST;
    notBefore = Instant.MIN;
    sources.worked(source());
  }

  /** It did not answer, or refused what all rows need. */
  synchronized void away(String what, SQLException failure) {
    sources.failed(source(), what, failure);
    notBefore = clock.instant().plus(pause);
    pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
  }
}
