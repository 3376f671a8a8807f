package io.markbridge.step;

import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Submissions.Waiting;
import io.markbridge.openapi.OperatorHealth;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.settings.Settings;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Claims as many submissions as the operator's limits allow now (design decision 6): none while it
 * does not answer, but for one probe now and then.
 */
@Named("submissionsDue")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class SubmissionsDue {
  private static final Duration LEASE = Duration.ofMinutes(10);

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
  private final OperatorHealth health;
  private final int most;

  @Inject
  public SubmissionsDue(
      Journal journal, RequestLimits limits, OperatorHealth health, Settings settings) {
    this.journal = journal;
    this.limits = limits;
    this.health = health;
    this.most = (int) settings.number("send.claim-at-once", 8);
  }

  /** Statements and questions of the legacy side. */
  public Iterator<Submission> toSend() {
    return new Claims<>(() -> claim(Set.of(Purpose.STATEMENT, Purpose.QUERY)));
  }

  /**
   * Questions about what was sent, and what it brought. While the operator does not answer: the
   * probe, whatever it is.
   */
  public Iterator<Submission> toTrack() {
    Iterator<Submission> probe = probe().iterator();
    return probe.hasNext()
        ? probe
        : new Claims<>(() -> claim(Set.of(Purpose.TRACKING, Purpose.DETAIL)));
  }

  private List<Submission> claim(Set<Purpose> purposes) {
    List<Submission> claimed = new ArrayList<>();
    if (health.room() == OperatorHealth.Room.ALL) {
      for (Waiting waiting : journal.submissions().waiting(purposes)) {
        claimed.addAll(claim(purposes, waiting, most, journal.now()));
      }
    }
    return claimed;
  }

  private List<Submission> probe() {
    if (health.room() != OperatorHealth.Room.PROBE) {
      return List.of();
    }
    for (Set<Purpose> purposes : PROBES) {
      boolean changesNothing = purposes.contains(Purpose.TRACKING);
      long dueUntil = journal.now() + (changesNothing ? EARLY.toMillis() : 0);
      for (Waiting waiting : journal.submissions().waiting(purposes, dueUntil)) {
        List<Submission> one = claim(purposes, waiting, 1, dueUntil);
        if (!one.isEmpty()) {
          return one;
        }
      }
    }
    return List.of();
  }

  private List<Submission> claim(
      Set<Purpose> purposes, Waiting waiting, int atMost, long dueUntil) {
    int granted = limits.take(waiting.account(), waiting.bucket(), atMost);
    if (granted == 0) {
      return List.of();
    }
    List<Submission> claimed =
        journal
            .submissions()
            .claim(
                purposes,
                waiting,
                granted,
                journal.now() + LEASE.toMillis(),
                dueUntil,
                health.workedAt());
    limits.giveBack(waiting.account(), waiting.bucket(), granted - claimed.size());
    return claimed;
  }
}
