package io.markbridge.step;

import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.journal.Journal;
import io.markbridge.journal.Submissions.Waiting;
import io.markbridge.openapi.RequestLimits;
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
 * decision 6).
 */
@Named("submissionsDue")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class SubmissionsDue {
  private static final Duration LEASE = Duration.ofMinutes(10);

  /** Short: work of another account may come meanwhile. */
  private static final long WAIT_FOR_PLACE = 500;

  private final Journal journal;
  private final RequestLimits limits;
  private final Places sending;
  private final Places tracking;

  @Inject
  public SubmissionsDue(Journal journal, RequestLimits limits, Settings settings) {
    this.journal = journal;
    this.limits = limits;
    int atOnce = (int) settings.number("send.concurrency", 8);
    this.sending = new Places(atOnce);
    this.tracking = new Places(atOnce);
  }

  /** Statements and questions of the legacy side: as many as leave now. */
  public List<Submission> toSend() throws InterruptedException {
    return claim(Set.of(Purpose.STATEMENT, Purpose.QUERY), sending);
  }

  /**
   * Questions about what was sent, what it brought, and what became of it: as many as leave now.
   */
  public List<Submission> toTrack() throws InterruptedException {
    return claim(Set.of(Purpose.TRACKING, Purpose.DETAIL, Purpose.LOOK_UP), tracking);
  }

  /** Whether there were some, and so perhaps more. */
  public boolean some(@Body List<Submission> claimed) {
    return !claimed.isEmpty();
  }

  /** A request has come back, one way or the other. */
  public void sent() {
    sending.giveBack(1);
  }

  /** A question has come back, one way or the other. */
  public void tracked() {
    tracking.giveBack(1);
  }

  private List<Submission> claim(Set<Purpose> purposes, Places places) throws InterruptedException {
    List<Submission> claimed = new ArrayList<>();
    Set<Waiting> waiting = journal.submissions().waiting(purposes);
    int free = waiting.isEmpty() ? 0 : places.take(WAIT_FOR_PLACE);
    try {
      for (Waiting one : waiting) {
        claimed.addAll(claim(purposes, one, free - claimed.size()));
      }
    } finally {
      places.giveBack(free - claimed.size());
    }
    return claimed;
  }

  private List<Submission> claim(Set<Purpose> purposes, Waiting waiting, int most) {
    int granted = limits.take(waiting.account(), waiting.bucket(), most);
    if (granted == 0) {
      return List.of();
    }
    List<Submission> some =
        journal.submissions().claim(purposes, waiting, granted, journal.now() + LEASE.toMillis());
    limits.giveBack(waiting.account(), waiting.bucket(), granted - some.size());
    return some;
  }
}
