package io.markbridge.step;

import io.markbridge.openapi.Consequence;
import io.markbridge.openapi.FailureRules;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.openapi.OperatorHealth;
import io.markbridge.openapi.OperatorHealths;
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
  private final OperatorHealths healths;
  private final Clock clock;

  @Inject
  public Throttling(RequestLimits limits, OperatorHealths healths, Clock clock) {
    this.limits = limits;
    this.healths = healths;
    this.clock = clock;
  }

  /** Whether the request may leave; a route asks it on a copy, so it changes nothing but that. */
  public boolean mayLeave(Exchange exchange) {
    return pause(exchange).isEmpty() && health(exchange).mayLeave();
  }

  /** Makes the answer for a request that may not leave. */
  public void holdBack(Exchange exchange) {
    Optional<Instant> pause = pause(exchange);
    exchange
        .getMessage()
        .setBody(
            pause.isPresent()
                ? OperatorAnswer.heldBack(
                    "the operator has closed this limit for a while",
                    Duration.between(clock.instant(), pause.get()))
                : OperatorAnswer.heldBack(
                    "the operator does not answer", health(exchange).untilProbe()));
  }

  private OperatorHealth health(Exchange exchange) {
    return healths.of(exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class).call());
  }

  private Optional<Instant> pause(Exchange exchange) {
    OperatorRequest request = exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class);
    return limits.pausedUntil(request.account(), request.call().limit());
  }

  @Override
  public void process(Exchange exchange) {
    OperatorAnswer answer = exchange.getMessage().getBody(OperatorAnswer.class);
    OperatorRequest request = exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class);
    Optional<Consequence> follows = FailureRules.follows(request.attempt(), answer);
    health(exchange).told(answer, follows);
    limits.answered(request.account(), request.call().limit(), answer.hint());
    follows
        .flatMap(Consequence::pause)
        .ifPresent(
            pause ->
                limits.pause(
                    request.account(), request.call().limit(), clock.instant().plus(pause)));
  }
}
