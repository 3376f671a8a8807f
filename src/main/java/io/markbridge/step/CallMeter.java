package io.markbridge.step;

import io.markbridge.document.FailureKind;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.traces.Span;
import io.markbridge.traces.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URI;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** How long the operator took for each call, and what came back. */
@Named("callMeter")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class CallMeter {
  static final String CALL = "markbridge.call";
  private static final String STARTED = "markbridge.started";
  private static final String SPAN = "markbridge.span";
  private static final String SUCCEEDED = "SUCCEEDED";

  private final MeterRegistry registry;

  @Inject
  public CallMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A request leaves. */
  public void begin(Exchange exchange) {
    exchange.setProperty(STARTED, System.nanoTime());
    if (Traces.wanted()) {
      beginSpan(exchange);
    }
  }

  /** Neither path nor query: they may hold codes. */
  private static void beginSpan(Exchange exchange) {
    Message message = exchange.getMessage();
    String method = message.getHeader(Exchange.HTTP_METHOD, "GET", String.class);
    String call = exchange.getProperty(CALL, "unknown", String.class);
    URI address = URI.create(message.getHeader(Exchange.HTTP_URI, "", String.class));
    exchange.setProperty(
        SPAN,
        Traces.call(method + " " + call)
            .with("http.request.method", method)
            .with("server.address", String.valueOf(address.getHost())));
  }

  private static void endSpan(Exchange exchange, String outcome) {
    Span span = exchange.getProperty(SPAN, Span.class);
    if (span == null) {
      return;
    }
    if (exchange.getMessage().getBody() instanceof OperatorAnswer answer && answer.status() > 0) {
      span.with("http.response.status_code", answer.status());
    }
    if (!outcome.equals(SUCCEEDED)) {
      span.failed(outcome);
    }
    span.close();
  }

  /** In: the answer, or none where it could not be read. */
  public void end(Exchange exchange) {
    long nanos = System.nanoTime() - exchange.getProperty(STARTED, Long.class);
    String outcome =
        exchange.getMessage().getBody() instanceof OperatorAnswer answer
            ? answer.failure().map(FailureKind::name).orElse(SUCCEEDED)
            : FailureKind.ANSWER_LOST.name();
    endSpan(exchange, outcome);
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
