package io.markbridge.traces;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Consumer;

/** Tells whether the collector takes spans: the library's own lines would come every minute. */
final class WatchedExporter implements SpanExporter {
  private final SpanExporter exporter;
  private final Consumer<Exception> failing;
  private final Runnable working;

  WatchedExporter(SpanExporter exporter, Consumer<Exception> failing, Runnable working) {
    this.exporter = exporter;
    this.failing = failing;
    this.working = working;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(
        () -> {
          if (result.isSuccess()) {
            working.run();
          } else {
            Throwable cause = result.getFailureThrowable();
            failing.accept(
                new IOException(
                    cause == null ? "the collector refused them" : cause.toString(), cause));
          }
        });
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
