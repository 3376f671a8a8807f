package io.markbridge.traces;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Ids of traces out of those of documents: nothing of a trace has to be kept from one step to the
 * next, nor over a restart.
 */
final class DocumentIds implements IdGenerator {
  private static final IdGenerator RANDOM = IdGenerator.random();

  /** The document whose first span is being made on this thread. */
  private final ThreadLocal<String> first = new ThreadLocal<>();

  void first(String document) {
    first.set(document);
  }

  void others() {
    first.remove();
  }

  @Override
  public String generateTraceId() {
    String document = first.get();
    return document == null ? RANDOM.generateTraceId() : trace(document);
  }

  @Override
  public String generateSpanId() {
    String document = first.get();
    return document == null ? RANDOM.generateSpanId() : firstSpan(document);
  }

  /** The span that collected the document: the parent of all its steps. */
  static SpanContext root(String document) {
    return SpanContext.createFromRemoteParent(
        trace(document), firstSpan(document), TraceFlags.getSampled(), TraceState.getDefault());
  }

  /** A document's id is a UUID, and a trace's has as many bits. */
  static String trace(String document) {
    UUID id;
    try {
      id = UUID.fromString(document);
    } catch (IllegalArgumentException another) {
      id = UUID.nameUUIDFromBytes(document.getBytes(StandardCharsets.UTF_8));
    }
    return TraceId.fromLongs(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  private static String firstSpan(String document) {
    return trace(document).substring(16);
  }
}
