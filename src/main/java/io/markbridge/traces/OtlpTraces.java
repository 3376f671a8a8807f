package io.markbridge.traces;

import io.markbridge.document.Document;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Spans over OTLP (HTTP, protobuf) to a collector. They wait in a queue that drops what is too
 * much: no document ever waits for a collector.
 */
public final class OtlpTraces implements Traces.Recorder, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What a stopping bridge still waits for. */
  private static final long LAST_SECONDS = 5;

  private final DocumentIds ids = new DocumentIds();
  private final ThreadLocal<Open> current = new ThreadLocal<>();
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * Where spans go, and who they come from.
   *
   * @param endpoint of the collector; without a path {@code /v1/traces} is taken
   * @param authorization value of that header, where the collector wants one
   * @param instance this process, unlike every other one
   */
  public record Target(
      URI endpoint, Optional<String> authorization, String version, String instance) {

    String address() {
      String path = endpoint.getPath();
      return path == null || path.isEmpty() || path.equals("/")
          ? endpoint.resolve("/v1/traces").toString()
          : endpoint.toString();
    }
  }

  private OtlpTraces(Target target, Consumer<Exception> failing, Runnable working) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(target.address())
            .setCompression("gzip")
            .setConnectTimeout(PATIENCE)
            .setTimeout(PATIENCE);
    target.authorization().ifPresent(value -> exporter.addHeader("Authorization", value));
    this.provider =
        SdkTracerProvider.builder()
            .setIdGenerator(ids)
            .setResource(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"), "markbridge",
                        AttributeKey.stringKey("service.version"), target.version(),
                        AttributeKey.stringKey("service.instance.id"), target.instance())))
            .addSpanProcessor(
                BatchSpanProcessor.builder(new WatchedExporter(exporter.build(), failing, working))
                    .setScheduleDelay(Duration.ofSeconds(1))
                    .build())
            .build();
    this.tracer = provider.get("io.markbridge");
  }

  /**
   * From here on spans are made.
   *
   * @param failing is told when the collector does not take them
   * @param working is told when it does
   */
  public static OtlpTraces start(Target target, Consumer<Exception> failing, Runnable working) {
    OtlpTraces traces = new OtlpTraces(target, failing, working);
    Traces.record(traces);
    return traces;
  }

  @Override
  public Span begin(String step, String document) {
    return enter(of(document, step).setParent(parent(document)));
  }

  @Override
  public Optional<Span> current() {
    return Optional.ofNullable(current.get());
  }

  @Override
  public Span call(String name) {
    Open around = current.get();
    // A person's question belongs to no document.
    return around == null
        ? Span.NONE
        : enter(
            tracer
                .spanBuilder(name)
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Context.root().with(around.span)));
  }

  @Override
  public Span first(String document, Instant begun) {
    ids.first(document);
    try {
      return enter(of(document, "collect").setNoParent().setStartTimestamp(begun));
    } finally {
      ids.others();
    }
  }

  @Override
  public Span past(String step, String document, Instant begun) {
    return enter(of(document, step).setParent(parent(document)).setStartTimestamp(begun));
  }

  private SpanBuilder of(String document, String step) {
    return tracer.spanBuilder(step).setAttribute(Traces.DOCUMENT, document);
  }

  /** The step around it where that is the same document's; otherwise what collected it. */
  private Context parent(String document) {
    Open around = current.get();
    boolean same =
        around != null
            && around.span.getSpanContext().getTraceId().equals(DocumentIds.trace(document));
    return Context.root()
        .with(
            same ? around.span : io.opentelemetry.api.trace.Span.wrap(DocumentIds.root(document)));
  }

  private Open enter(SpanBuilder builder) {
    Open open = new Open(builder.startSpan(), current.get());
    current.set(open);
    return open;
  }

  /** Sends what waits, and makes no more. */
  @Override
  public void close() {
    Traces.record(null);
    provider.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
  }

  private final class Open implements Span {
    private final io.opentelemetry.api.trace.Span span;
    private final Open around;

    Open(io.opentelemetry.api.trace.Span span, Open around) {
      this.span = span;
      this.around = around;
    }

    @Override
    public Span with(String name, String value) {
      span.setAttribute(name, value);
      return this;
    }

    @Override
    public Span with(String name, long value) {
      span.setAttribute(name, value);
      return this;
    }

    @Override
    public void about(Document document) {
      if (!span.getSpanContext().getTraceId().equals(DocumentIds.trace(document.id()))) {
        return;
      }
      span.setAttribute(Traces.DOCUMENT, document.id());
      span.setAttribute(Traces.SOURCE, document.source());
      document.kind().ifPresent(kind -> span.setAttribute(Traces.KIND, kind));
      if (around != null) {
        around.about(document);
      }
    }

    @Override
    public void failed(String kind) {
      span.setAttribute("error.type", kind);
      span.setStatus(StatusCode.ERROR);
    }

    @Override
    public void close() {
      span.end();
      if (current.get() == this) {
        if (around == null) {
          current.remove();
        } else {
          current.set(around);
        }
      }
    }
  }
}
