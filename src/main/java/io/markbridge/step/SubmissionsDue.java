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
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Claims as many submissions as the operator's limits allow now (design decision 6). */
@Named("submissionsDue")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class SubmissionsDue {
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final Journal journal;
  private final RequestLimits limits;
  private final int most;

  @Inject
  public SubmissionsDue(Journal journal, RequestLimits limits, Settings settings) {
    this.journal = journal;
    this.limits = limits;
    this.most = (int) settings.number("send.claim-at-once", 8);
  }

  /** Statements and questions of the legacy side. */
  public Iterator<Submission> toSend() {
    return new Claims<>(() -> claim(Set.of(Purpose.STATEMENT, Purpose.QUERY)));
  }

  /** Questions about what was sent, and what it brought. */
  public Iterator<Submission> toTrack() {
    return new Claims<>(() -> claim(Set.of(Purpose.TRACKING, Purpose.DETAIL)));
  }

  private List<Submission> claim(Set<Purpose> purposes) {
    List<Submission> claimed = new ArrayList<>();
    for (Waiting waiting : journal.submissions().waiting(purposes)) {
      int granted = limits.take(waiting.account(), waiting.bucket(), most);
      if (granted == 0) {
        continue;
      }
      List<Submission> some =
          journal.submissions().claim(purposes, waiting, granted, journal.now() + LEASE.toMillis());
      limits.giveBack(waiting.account(), waiting.bucket(), granted - some.size());
      claimed.addAll(some);
    }
    return claimed;
  }
}
