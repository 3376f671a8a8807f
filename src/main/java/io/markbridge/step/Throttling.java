package io.markbridge.step;

import io.markbridge.document.FailureKind;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.openapi.OperatorRequest;
import io.markbridge.openapi.RequestLimits;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Pauses a limit for everyone where the operator said that it is too much. What the limit allows is granted before, when work is claimed:
 * see {@link SubmissionsDue}.
 */
@Named("throttling")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class Throttling implements Processor {
  private static final Duration UNNAMED_WAIT = Duration.ofSeconds(10);

  private final RequestLimits limits;
  private final Clock clock;

  @Inject
  public Throttling(RequestLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    OperatorAnswer answer = exchange.getMessage().getBody(OperatorAnswer.class);
    OperatorRequest request = exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class);
    if (answer.failure().filter(kind -> kind == FailureKind.OVER_LIMIT).isPresent()) {
      limits.pause(
          request.account(), request.call().limit(), clock.instant().plus(answer.retryAfter().orElse(UNNAMED_WAIT)));
    }
  }
}
