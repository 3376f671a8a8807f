package io.markbridge.step;

import io.markbridge.document.FailureKind;
import io.markbridge.openapi.OperatorAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import org.apache.camel.Exchange;

/** How long the operator took for each call, and what came back. */
@Named("callMeter")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class CallMeter {
  static final String CALL = "markbridge.call";
  private static final String STARTED = "markbridge.started";

  private final MeterRegistry registry;

  @Inject
  public CallMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A request leaves. */
  public void begin(Exchange exchange) {
    exchange.setProperty(STARTED, System.nanoTime());
  }

  /** In: the answer, or none where it could not be read. */
  public void end(Exchange exchange) {
    long nanos = System.nanoTime() - exchange.getProperty(STARTED, Long.class);
    String outcome =
        exchange.getMessage().getBody() instanceof OperatorAnswer answer
            ? answer.failure().map(FailureKind::name).orElse("SUCCEEDED")
            : FailureKind.ANSWER_LOST.name();
    Timer.builder("markbridge.operator.calls")
        .tag("call", exchange.getProperty(CALL, "unknown", String.class))
        .tag("outcome", outcome)
        .serviceLevelObjectives(
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60))
        .register(registry)
        .record(Duration.ofNanos(nanos));
  }
}
