package io.markbridge.step;

import io.markbridge.document.Submission;
import io.markbridge.journal.Journal;
import io.markbridge.openapi.OperatorRequest;
import io.markbridge.openapi.RequestLimits;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The last question before a request leaves, and before it is repeated with another token: whether
 * this process may still send it. What may not leave is given back into the journal: nothing was
 * sent.
 */
@Named("sendPermit")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class SendPermit implements Processor {
  private final Instance<Journal> journal;
  private final Instance<Replica> replica;
  private final RequestLimits limits;

  /**
   * @param journal opened only for a submission: a person's question to the operator needs none
   */
  @Inject
  public SendPermit(Instance<Journal> journal, Instance<Replica> replica, RequestLimits limits) {
    this.journal = journal;
    this.replica = replica;
    this.limits = limits;
  }

  /** Lets the exchange pass, or throws. */
  @Override
  public void process(Exchange exchange) throws NotPermittedException {
    Submission submission = exchange.getProperty(RecordAnswers.SUBMISSION, Submission.class);
    if (submission == null) {
      return;
    }
    if (replica.get().stopping()) {
      throw new NotPermittedException("the bridge is being stopped");
    }
    if (exchange.getProperty(TokenRefresh.REPEATED) != null && !limitAllowsAnother(exchange)) {
      throw new NotPermittedException("the operator's limit leaves none for the repeat now");
    }
    if (!journal.get().submissions().mayLeave(submission, replica.get().margin())) {
      throw new NotPermittedException("this replica is, or was, no longer taken for alive");
    }
  }

  /** The first request was granted when it was claimed; its repeat is one more. */
  private boolean limitAllowsAnother(Exchange exchange) {
    OperatorRequest request = exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class);
    return limits.take(request.account(), request.call().limit(), 1) == 1;
  }
}
