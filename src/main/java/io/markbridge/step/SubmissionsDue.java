package io.markbridge.step;

import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalException;
import io.markbridge.journal.Submissions.Waiting;
import io.markbridge.openapi.OperatorHealth;
import io.markbridge.openapi.OperatorHealths;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;

/**
 * Claims as many submissions as the operator's limits allow now, and as can leave at once (design
 * decision 6): none while the operator does not answer, but for one probe now and then.
 */
@Named("submissionsDue")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class SubmissionsDue {
  private static final Duration LEASE = Duration.ofMinutes(10);

  /** Short: work of another account may come meanwhile. */
  private static final long WAIT_FOR_PLACE = 500;

  /** A question that is asked a little early harms nobody. */
  private static final Duration EARLY = Duration.ofMinutes(10);

  /**
   * What a probe is made of, best first: a question that changes nothing, so that an outage leaves
   * as little in doubt as can be.
   */
  private static final List<Set<Purpose>> PROBES =
      List.of(
          Set.of(Purpose.TRACKING, Purpose.LOOK_UP),
          Set.of(Purpose.DETAIL),
          Set.of(Purpose.QUERY),
          Set.of(Purpose.STATEMENT));

  private final Journal journal;
  private final RequestLimits limits;
  private final OperatorHealths healths;
  private final OperatorPreset preset;
  private final int atOnce;
  private final Replica replica;
  private final Places sending;
  private final Places tracking;
  private final Returns returns = new Returns();

  @Inject
  public SubmissionsDue(
      Journal journal,
      RequestLimits limits,
      OperatorHealths healths,
      OperatorPreset preset,
      Replica replica,
      Settings settings) {
    this.journal = journal;
    this.limits = limits;
    this.healths = healths;
    this.preset = preset;
    this.replica = replica;
    this.atOnce = (int) settings.number("send.concurrency", 8);
    this.sending = new Places(atOnce);
    this.tracking = new Places(atOnce);
  }

  /** Statements and questions of the legacy side: as many as leave now. */
  public List<Submission> toSend() throws InterruptedException {
    return claim(Set.of(Purpose.STATEMENT, Purpose.QUERY), sending);
  }

  /**
   * Questions about what was sent, what it brought, and what became of it: as many as leave now.
   * While the operator does not answer: the probe, whatever it is.
   */
  public List<Submission> toTrack() throws InterruptedException {
    List<Submission> probe = probe();
    return probe.isEmpty()
        ? claim(Set.of(Purpose.TRACKING, Purpose.DETAIL, Purpose.LOOK_UP), tracking)
        : probe;
  }

  /** Whether there were some, and so perhaps more. */
  public boolean some(@Body List<Submission> claimed) {
    return !claimed.isEmpty();
  }

  /** A request has come back, one way or the other. */
  public void sent() {
    LogContext.end();
    sending.giveBack(1);
    returns.one();
  }

  /** A question has come back, one way or the other. */
  public void tracked() {
    LogContext.end();
    tracking.giveBack(1);
    returns.one();
  }

  private List<Submission> claim(Set<Purpose> purposes, Places places) throws InterruptedException {
    while (replica.works()) {
      long returned = returns.count();
      Attempt attempt = attempt(purposes, places);
      // Where an account has all on its way that it may, the next leaves as soon as one returns.
      if (!attempt.full() || !returns.await(returned, WAIT_FOR_PLACE)) {
        return attempt.claimed();
      }
    }
    return List.of();
  }

  /**
   * @param full whether nothing was claimed because an account has all on its way that it may
   */
  private record Attempt(List<Submission> claimed, boolean full) {}

  private Attempt attempt(Set<Purpose> purposes, Places places) throws InterruptedException {
    List<Submission> claimed = new ArrayList<>();
    List<Waiting> waiting =
        journal.submissions().waiting(purposes).stream()
            .filter(one -> health(one).room() == OperatorHealth.Room.ALL)
            .toList();
    int free = waiting.isEmpty() ? 0 : places.take(WAIT_FOR_PLACE);
    boolean full = false;
    try {
      for (Waiting one : waiting) {
        Attempt own = claim(one, free - claimed.size(), journal.now());
        claimed.addAll(own.claimed());
        full |= own.full();
      }
    } catch (JournalException failure) {
      // What is claimed has its place and leaves; without any, the next round tells again.
      if (claimed.isEmpty()) {
        throw failure;
      }
    } finally {
      places.giveBack(free - claimed.size());
    }
    return new Attempt(claimed, full && claimed.isEmpty());
  }

  private OperatorHealth health(Waiting waiting) {
    return healths.ofLimit(waiting.bucket());
  }

  private List<Submission> probe() throws InterruptedException {
    if (!replica.works() || !healths.anyWantsProbe()) {
      return List.of();
    }
    int free = tracking.take(WAIT_FOR_PLACE);
    List<Submission> one = List.of();
    try {
      // One at a time: with any other on its way, that one tells; unless it goes to another host.
      one = free < atOnce && !healths.anyWorks() ? List.of() : findProbe();
    } finally {
      tracking.giveBack(free - one.size());
    }
    return one;
  }

  private List<Submission> findProbe() {
    for (Set<Purpose> purposes : PROBES) {
      boolean changesNothing = purposes.contains(Purpose.TRACKING);
      long dueUntil = journal.now() + (changesNothing ? EARLY.toMillis() : 0);
      for (Waiting waiting : journal.submissions().waiting(purposes, dueUntil)) {
        if (health(waiting).room() != OperatorHealth.Room.PROBE) {
          continue;
        }
        List<Submission> one = claim(waiting, 1, dueUntil).claimed();
        if (!one.isEmpty()) {
          return one;
        }
      }
    }
    return List.of();
  }

  private Attempt claim(Waiting waiting, int most, long dueUntil) {
    int granted = limits.take(waiting.account(), waiting.bucket(), most);
    if (granted == 0) {
      return new Attempt(List.of(), false);
    }
    int mostOfAccount = (int) preset.ofLimit(waiting.bucket()).number("at-once", 0);
    List<Submission> claimed =
        journal
            .submissions()
            .claim(
                waiting,
                granted,
                mostOfAccount,
                journal.now() + LEASE.toMillis(),
                dueUntil,
                health(waiting).workedAt());
    limits.giveBack(waiting.account(), waiting.bucket(), granted - claimed.size());
    return new Attempt(claimed, mostOfAccount > 0 && claimed.isEmpty());
  }
}
