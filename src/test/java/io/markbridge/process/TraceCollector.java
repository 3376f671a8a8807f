package io.markbridge.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Takes spans over OTLP, HTTP and protobuf, as a collector of OpenTelemetry does. */
final class TraceCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile boolean refuses;

  /** A span as it came. */
  record Told(String trace, String id, String parent, Span.SpanKind kind, String name, Span span) {
    String attribute(String name) {
      return span.getAttributesList().stream()
          .filter(one -> one.getKey().equals(name))
          .map(KeyValue::getValue)
          .map(TraceCollector::text)
          .findFirst()
          .orElse("");
    }
  }

  private TraceCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  static TraceCollector start() throws IOException {
    return new TraceCollector();
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!refuses) {
      boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream bytes = new ByteArrayInputStream(body);
      try (InputStream plain = gzip ? new GZIPInputStream(bytes) : bytes) {
        requests.add(ExportTraceServiceRequest.parseFrom(plain));
      }
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(refuses ? 400 : 200, -1);
    exchange.close();
  }

  void refuse(boolean now) {
    refuses = now;
  }

  /** The base of the collector: what the exporter adds to it is the standard's. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<String> authorizations() {
    return authorizations;
  }

  List<Told> spans() {
    return requests.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .map(
            span ->
                new Told(
                    hex(span.getTraceId().toByteArray()),
                    hex(span.getSpanId().toByteArray()),
                    hex(span.getParentSpanId().toByteArray()),
                    span.getKind(),
                    span.getName(),
                    span))
        .toList();
  }

  /** What the process says of itself. */
  Map<String, String> resource() {
    return requests.get(0).getResourceSpans(0).getResource().getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, one -> text(one.getValue())));
  }

  /** Everything that came, as text. */
  String everything() {
    return requests.toString();
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
