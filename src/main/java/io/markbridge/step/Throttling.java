package io.markbridge.step;

import io.markbridge.openapi.Consequence;
import io.markbridge.openapi.FailureRules;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.openapi.OperatorHealth;
import io.markbridge.openapi.OperatorRequest;
import io.markbridge.openapi.RequestLimits;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The last look before a request leaves, and the first after its answer: what the operator says to
 * one request counts for all. What the limits allow is granted before, when work is claimed: see
 * {@link SubmissionsDue}; since then a limit may have been closed, or the operator gone.
 */
@Named("throttling")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class Throttling implements Processor {
  private final RequestLimits limits;
  private final OperatorHealth health;
  private final Clock clock;

  @Inject
  public Throttling(RequestLimits limits, OperatorHealth health, Clock clock) {
    this.limits = limits;
    this.health = health;
    this.clock = clock;
  }

  /** Whether the request may leave; where not, the body is the answer that says so. */
  public boolean mayLeave(Exchange exchange) {
    OperatorRequest request = exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class);
    Optional<Instant> pause = limits.pausedUntil(request.account(), request.call().limit());
    if (pause.isPresent()) {
      Duration wait = Duration.between(clock.instant(), pause.get());
      heldBack(exchange, "the operator has closed this limit for a while", wait);
      return false;
    }
    Optional<Duration> wait = health.mayLeave();
    wait.ifPresent(until -> heldBack(exchange, "the operator does not answer", until));
    return wait.isEmpty();
  }

  private static void heldBack(Exchange exchange, String reason, Duration wait) {
    exchange.getMessage().setBody(OperatorAnswer.heldBack(reason, wait));
  }

  @Override
  public void process(Exchange exchange) {
    OperatorAnswer answer = exchange.getMessage().getBody(OperatorAnswer.class);
    OperatorRequest request = exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class);
    Optional<Consequence> follows = FailureRules.follows(request.attempt(), answer);
    health.told(answer, follows);
    follows
        .flatMap(Consequence::pause)
        .ifPresent(
            pause ->
                limits.pause(
                    request.account(), request.call().limit(), clock.instant().plus(pause)));
  }
}
