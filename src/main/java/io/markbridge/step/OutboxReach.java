package io.markbridge.step;

import io.markbridge.outbox.OutboxTable;
import io.markbridge.outbox.StatementException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An outbox whose database may go away: it is asked less and less often then, and what does not
 * work is told once.
 */
final class OutboxReach {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final String HELP =
      "run it by hand as the bridge's user, and correct the row or the statement"
          + " (docs/outbox.md, \"When a statement fails\")";

  private final OutboxTable table;
  private final SourceHealth sources;
  private final Clock clock;
  private Instant notBefore = Instant.MIN;
  private Instant noRowsBefore = Instant.MIN;
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

  /** The subject of what some of its rows meet: that is not over when others can be had. */
  String rows() {
    return source() + " rows";
  }

  /** After which a row that could not be taken is tried again. */
  Duration rowsPause() {
    return table.outbox().lease();
  }

  /** Whether it is worth asking for anything. */
  synchronized boolean open() {
    return !clock.instant().isBefore(notBefore);
  }

  /** Whether it is worth asking for rows. */
  synchronized boolean gives() {
    return open() && !clock.instant().isBefore(noRowsBefore);
  }

  /** It gave what belongs to a row: of a batch of large ones the next look is far away. */
  void gave() {
    sources.looked(source());
  }

  /** It gave its rows, or said that there are none; some may be refused. */
  void works() {
    Optional<SQLException> refused = table.refused();
    synchronized (this) {
      pause = FIRST;
      notBefore = Instant.MIN;
      noRowsBefore = Instant.MIN;
    }
    // Also where some are refused.
    gave();
    refused.ifPresentOrElse(
        why ->
            sources.failed(
                source(), "some rows are refused and tried again, the others go on; " + HELP, why),
        () -> sources.worked(source()));
  }

  /**
   * It did not answer, or refused what all rows need: answers to others may still be written then.
   */
  void away(String what, SQLException failure) {
    boolean refuses = failure instanceof StatementException && table.answers();
    sources.failed(
        source(), refuses ? "its rows wait, it refuses a statement; " + HELP : what, failure);
    synchronized (this) {
      Instant next = clock.instant().plus(pause);
      if (refuses) {
        noRowsBefore = next;
      } else {
        notBefore = next;
      }
      pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
    }
  }
}
