package io.markbridge.process;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes spans over OTLP, HTTP and protobuf, as a collector of OpenTelemetry does. */
public final class TraceCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<UnknownFieldSet> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile boolean refuses;

  /**
   * A span as it came.
   *
   * @param kind 3 is that of a client
   * @param status 2 is an error
   */
  public record Told(
      String trace,
      String id,
      String parent,
      String name,
      long kind,
      long begun,
      long ended,
      long status,
      Map<String, String> attributes) {
    static final long CLIENT = 3;
    static final long ERROR = 2;

    public String attribute(String named) {
      return attributes.getOrDefault(named, "");
    }

    boolean isCall() {
      return kind == CLIENT;
    }
  }

  private TraceCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  public static TraceCollector start() throws IOException {
    return new TraceCollector();
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean refused = refuses;
    if (!refused) {
      boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream bytes = new ByteArrayInputStream(body);
      try (InputStream plain = gzip ? new GZIPInputStream(bytes) : bytes) {
        requests.add(UnknownFieldSet.parseFrom(plain));
      }
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(refused ? 400 : 200, -1);
    exchange.close();
  }

  void refuse(boolean now) {
    refuses = now;
  }

  /** The base of the collector: what the exporter adds to it is the standard's. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<String> authorizations() {
    return authorizations;
  }

  /** By the numbers of fields in opentelemetry/proto/trace/v1/trace.proto. */
  public List<Told> spans() {
    List<Told> spans = new ArrayList<>();
    for (UnknownFieldSet request : requests) {
      for (UnknownFieldSet ofResource : messages(request, 1)) {
        for (UnknownFieldSet ofScope : messages(ofResource, 2)) {
          messages(ofScope, 2).forEach(span -> spans.add(told(span)));
        }
      }
    }
    return spans;
  }

  private static Told told(UnknownFieldSet span) {
    return new Told(
        hex(span, 1),
        hex(span, 2),
        hex(span, 4),
        text(span, 5),
        number(span, 6),
        span.getField(7).getFixed64List().get(0),
        span.getField(8).getFixed64List().get(0),
        messages(span, 15).stream().mapToLong(status -> number(status, 3)).findFirst().orElse(0),
        attributes(span, 9));
  }

  /** What the process says of itself. */
  Map<String, String> resource() {
    return attributes(messages(messages(requests.get(0), 1).get(0), 1).get(0), 1);
  }

  private static Map<String, String> attributes(UnknownFieldSet of, int field) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (UnknownFieldSet one : messages(of, field)) {
      UnknownFieldSet value = messages(one, 2).get(0);
      attributes.put(
          text(one, 1), value.hasField(3) ? Long.toString(number(value, 3)) : text(value, 1));
    }
    return attributes;
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet of, int field) {
    List<UnknownFieldSet> messages = new ArrayList<>();
    for (ByteString bytes : of.getField(field).getLengthDelimitedList()) {
      try {
        messages.add(UnknownFieldSet.parseFrom(bytes));
      } catch (InvalidProtocolBufferException broken) {
        throw new UncheckedIOException(broken);
      }
    }
    return messages;
  }

  private static String text(UnknownFieldSet of, int field) {
    return of.getField(field).getLengthDelimitedList().stream()
        .map(ByteString::toStringUtf8)
        .findFirst()
        .orElse("");
  }

  private static String hex(UnknownFieldSet of, int field) {
    return of.getField(field).getLengthDelimitedList().stream()
        .map(bytes -> HexFormat.of().formatHex(bytes.toByteArray()))
        .findFirst()
        .orElse("");
  }

  private static long number(UnknownFieldSet of, int field) {
    return of.getField(field).getVarintList().stream().findFirst().orElse(0L);
  }

  /** Everything that came, as text. */
  String everything() {
    return resource() + " " + spans();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
