package io.markbridge.step;

import io.markbridge.journal.Journal;
import io.markbridge.journal.Leads;
import io.markbridge.settings.Settings;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** This process among those that work on one journal (design decision 4). */
@Named("replica")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class Replica {
  private final Journal journal;
  private final Duration aliveFor;
  private final Clock clock;
  private volatile boolean began;
  private volatile boolean stopping;
  private volatile Instant tickedAt;

  @Inject
  public Replica(Journal journal, Settings settings, Clock clock) {
    this.journal = journal;
    this.clock = clock;
    this.tickedAt = clock.instant();
    this.aliveFor = settings.duration("replicas.alive-for", Duration.ofSeconds(30));
  }

  /** Tells the others that this process is alive, and renews or takes its leads. */
  public void beat() {
    began = true;
    tick();
    journal.replicas().renew(aliveFor);
    journal.leads().renew(aliveFor);
  }

  /** Tells the probes of this machine that its timers go on; waits for nothing. */
  public void tick() {
    tickedAt = clock.instant();
  }

  /** Whether this process is a bridge, which may hold something, and not a command. */
  boolean began() {
    return began;
  }

  /** Lives on for so long without another heartbeat, if that is longer than usual. */
  void liveOn(Duration atLeast) {
    journal.replicas().renew(atLeast.compareTo(aliveFor) > 0 ? atLeast : aliveFor);
  }

  /**
   * For how long a process must surely live on when it begins something: a request that was let go
   * may leave that much later.
   */
  Duration margin() {
    return aliveFor.dividedBy(3);
  }

  /** When this process last did something by itself, whether or not the journal took it. */
  public Instant tickedAt() {
    return tickedAt;
  }

  /** Whether this process may claim and begin work. */
  public boolean works() {
    return !stopping && journal.replicas().alive(margin());
  }

  /** Nothing is begun any more. */
  void stop() {
    stopping = true;
  }

  boolean stopping() {
    return stopping;
  }

  /** Whether this process reads the inbox and writes the replies just now. */
  public boolean readsInbox() {
    return leadsFiles().isPresent();
  }

  /** The term in which this process reads the inbox and writes the replies. */
  Optional<Leads.Term> leadsFiles() {
    return stopping ? Optional.empty() : journal.leads().held(Leads.FILES, margin());
  }
}
