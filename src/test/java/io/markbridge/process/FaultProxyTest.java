package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.markbridge.process.Fault.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultProxyTest {
  private static final String ANSWER = "an answer of some length";
  private final Queue<String> arrived = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          arrived.add(new String(body, StandardCharsets.UTF_8));
          boolean chunked = exchange.getRequestURI().getQuery() != null;
          exchange.sendResponseHeaders(200, chunked ? 0 : ANSWER.length());
          exchange.getResponseBody().write(ANSWER.getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
    proxy =
        FaultProxy.start(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), FaultPlan.none());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.stop(0);
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return post("/api/orders", HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(proxy.uri().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .POST(body)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private void next(Fault fault) {
    proxy.plan(FaultPlan.script("POST /api/orders", fault));
  }

  @Test
  void forwardsWhatItIsGiven() throws Exception {
    assertThat(post("one").body()).isEqualTo(ANSWER);
    assertThat(
            post(
                    "/api/orders?chunked",
                    HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofString("two")))
                .body())
        .isEqualTo(ANSWER);
    assertThat(arrived).containsExactly("one", "two");
    assertThat(proxy.counts()).containsOnly(java.util.Map.entry(Kind.NONE, 2L));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CUT_BEFORE", "CUT_AFTER", "HALF_ANSWER"})
  void cuts(Kind kind) {
    next(Fault.of(kind));
    // The client may repeat what it saw no answer to; the proxy passes that on, so one is enough.
    assertThatThrownBy(
            () -> {
              proxy.plan((method, path) -> Fault.of(kind));
              post("one");
            })
        .isInstanceOf(IOException.class);
    assertThat(arrived.isEmpty()).isEqualTo(!kind.forwarded());
    assertThat(proxy.counts()).containsOnlyKeys(kind);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"ERROR_BEFORE", "ERROR_AFTER"})
  void answersItself(Kind kind) throws Exception {
    for (int status : List.of(500, 502, 503, 504)) {
      arrived.clear();
      next(new Fault(kind, status, Duration.ZERO));
      HttpResponse<String> answer = post("one");
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.body()).contains("<html>");
      assertThat(arrived).hasSize(kind.forwarded() ? 1 : 0);
    }
  }

  @Test
  void tellsToWait() throws Exception {
    next(Fault.tooMany(Duration.ofSeconds(7)));
    HttpResponse<String> answer = post("one");
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    next(Fault.tooMany(Duration.ZERO));
    assertThat(post("one").headers().firstValue("Retry-After")).isEmpty();
    assertThat(arrived).isEmpty();
  }

  @Test
  void answersWithAPage() throws Exception {
    next(Fault.of(Kind.HTML_BEFORE));
    assertThat(post("one").body()).startsWith("<html>");
    assertThat(arrived).isEmpty();
    next(Fault.of(Kind.HTML_AFTER));
    assertThat(post("one").body()).startsWith("<html>");
    assertThat(arrived).hasSize(1);
  }

  @Test
  void takesItsTime() throws Exception {
    for (Fault fault :
        List.of(
            Fault.delay(Duration.ofMillis(300)),
            Fault.of(Kind.SLOW_REQUEST),
            Fault.of(Kind.SLOW_ANSWER))) {
      next(fault);
      long begin = System.nanoTime();
      assertThat(post("one").body()).isEqualTo(ANSWER);
      assertThat(System.nanoTime() - begin)
          .as(fault.toString())
          .isGreaterThan(Duration.ofMillis(20).toNanos());
    }
  }

  @Test
  void isAwayAndBackAtTheSamePort() throws Exception {
    post("one");
    proxy.shut();
    assertThatThrownBy(() -> post("two")).isInstanceOf(ConnectException.class);
    proxy.reopen();
    assertThat(post("three").body()).isEqualTo(ANSWER);
    assertThat(arrived).containsExactly("one", "three");
  }

  @Test
  void sameSeedGivesTheSameFaults() {
    FaultPlan one = FaultPlan.random(7, 100, FaultPlan.everyFault());
    FaultPlan two = FaultPlan.random(7, 100, FaultPlan.everyFault());
    int faults = 0;
    for (int request = 0; request < 1000; request++) {
      Fault fault = one.next("GET", "/");
      assertThat(two.next("GET", "/")).isEqualTo(fault);
      faults += fault.kind() == Kind.NONE ? 0 : 1;
    }
    assertThat(faults).isBetween(70, 130);
  }
}
