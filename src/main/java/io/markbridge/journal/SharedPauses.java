package io.markbridge.journal;

import io.markbridge.openapi.OwnPauses;
import io.markbridge.openapi.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The pauses of all replicas: at once for the one that was told, and within a second for the
 * others, so that not every call asks the database.
 */
public final class SharedPauses implements Pauses {
  private static final Logger LOG = Logger.getLogger(SharedPauses.class);
  private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

  private final PauseStore store;
  private final Clock clock;
  private final OwnPauses known;
  private Instant askedAt = Instant.MIN;
  private volatile Instant answeredAt;

  public SharedPauses(PauseStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.known = new OwnPauses(clock);
  }

  @Override
  public Optional<Pause> find(String name) {
    look();
    return known.find(name);
  }

  /** Waits for nobody, also while {@link #look} waits for the database. */
  @Override
  public Optional<Pause> known(String name) {
    return known.find(name);
  }

  @Override
  public Optional<Instant> knownAt() {
    return Optional.ofNullable(answeredAt);
  }

  @Override
  public synchronized void look() {
    Instant now = clock.instant();
    // Also when the clock was set back.
    if (now.isBefore(askedAt) || askedAt.isBefore(now.minus(KNOWN_FOR))) {
      askedAt = now;
      ask(now);
    }
  }

  private void ask(Instant now) {
    try {
      store
          .lasting()
          .forEach(paused -> known.pause(paused.name(), now.plus(paused.lasts()), paused.reason()));
      answeredAt = now;
    } catch (JournalException unreachable) {
      // Without the database nothing is claimed, and no limit grants anything.
      LOG.debugf("no news of pauses: %s", unreachable.getMessage());
    }
  }

  @Override
  public void pause(String name, Instant until, String reason) {
    known.pause(name, until, reason);
    try {
      store.pause(name, Duration.between(clock.instant(), until), reason);
    } catch (JournalException unreachable) {
      LOG.warnf(
          "only this replica knows that %s is paused until %s: %s",
          name, until, unreachable.getMessage());
    }
  }
}
