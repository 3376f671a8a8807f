package io.markbridge.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The HTTP server: one event loop that receives bodies into {@link Spill}s, a few workers that
 * answer. One loop is plenty, and keeps its buffers few.
 */
final class HttpFront {
  private static final Logger LOGGER = System.getLogger(HttpFront.class.getName());
  private static final long WAIT_SECONDS = 30;
  private static final long LOOK_MILLISECONDS = 50;

  private final Work work;
  private final Gate gate;
  private final MarketGate market;
  private final Vertx vertx;
  private final HttpServer server;

  HttpFront(Work work, Gate gate, MarketGate market, String host, int port) {
    this.work = work;
    this.gate = gate;
    this.market = market;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(4)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHandle100ContinueAutomatically(true)
            .setMaxInitialLineLength(64 * 1024)
            .setMaxHeaderSize(32 * 1024);
    this.server = vertx.createHttpServer(options).requestHandler(this::receive);
    try {
      server
          .listen(port, host)
          .toCompletionStage()
          .toCompletableFuture()
          .get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception exception) {
      vertx.close();
      throw new IllegalStateException("listening on " + host + ":" + port + " failed", exception);
    }
  }

  int port() {
    return server.actualPort();
  }

  private void receive(HttpServerRequest request) {
    int most = work.switches().number(SwitchName.MAXIMUM_BODY);
    Spill body = new Spill(work.folder());
    Optional<MarketRoute.Visit> visit = MarketRoute.find(request.method().name(), request.path());
    int atOnce = visit.map(one -> arrives(one, request)).orElse(0);
    request.exceptionHandler(failure -> discard(body));
    request.handler(chunk -> keep(request, body, chunk, most));
    request.endHandler(
        ended -> {
          if (!request.response().ended()) {
            answer(request, body, visit, atOnce);
          }
        });
  }

  private void keep(HttpServerRequest request, Spill body, Buffer chunk, int most) {
    if (request.response().ended()) {
      return;
    }
    if (body.size() + chunk.length() > most) {
      discard(body);
      request.response().setStatusCode(413).putHeader("Connection", "close").end();
      return;
    }
    try {
      body.write(chunk.getBytes());
    } catch (IOException exception) {
      LOGGER.log(Level.ERROR, "storing a body failed", exception);
      discard(body);
      request.response().setStatusCode(507).putHeader("Connection", "close").end();
    }
  }

  /**
   * Counted until its answer goes out, or nobody wants it any more: not a moment longer, since the
   * next request may follow at once.
   */
  private int arrives(MarketRoute.Visit visit, HttpServerRequest request) {
    AtomicBoolean there = new AtomicBoolean(true);
    Runnable leave =
        () -> {
          if (there.getAndSet(false)) {
            market.meter().leaves(visit.campaign());
          }
        };
    request.response().headersEndHandler(begun -> leave.run());
    request.response().closeHandler(closed -> leave.run());
    return market.meter().arrives(visit.campaign());
  }

  private Gate.Reply reply(
      HttpServerRequest request, Spill body, Optional<MarketRoute.Visit> visit, int atOnce)
      throws IOException {
    if (visit.isPresent()) {
      return market.pass(
          visit.get(),
          body,
          name -> request.headers().contains(name) ? request.getHeader(name) : "",
          atOnce);
    }
    return MarketRoute.isMarket(request.path())
        ? market.unknown()
        : Requests.answer(gate, request, body);
  }

  private void answer(
      HttpServerRequest request, Spill body, Optional<MarketRoute.Visit> visit, int atOnce) {
    vertx
        .<Gate.Reply>executeBlocking(
            () -> {
              try (body) {
                body.finish();
                return reply(request, body, visit, atOnce);
              }
            },
            false)
        .onSuccess(reply -> send(request, reply))
        .onFailure(
            failure -> {
              LOGGER.log(Level.ERROR, "answering " + request.path() + " failed", failure);
              request.response().setStatusCode(500).end();
            });
  }

  private void send(HttpServerRequest request, Gate.Reply reply) {
    switch (reply.manner()) {
      case WHOLE -> {
        long latency = work.switches().duration(SwitchName.LATENCY).toMillis();
        if (latency == 0) {
          whole(request, reply.answer());
        } else {
          vertx.setTimer(latency, timer -> whole(request, reply.answer()));
        }
      }
      case LATE -> late(request, reply.answer(), System.nanoTime());
      case HALF -> half(request, reply.answer());
      case CUT -> {
        discard(reply.answer().body());
        request.connection().close();
      }
    }
  }

  /** A switch that is changed meanwhile counts at once: who holds an answer back can let it go. */
  private void late(HttpServerRequest request, Answer answer, long since) {
    long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    long left = work.switches().duration(SwitchName.SLOW_DELAY).toMillis() - waited;
    if (request.response().closed()) {
      discard(answer.body());
    } else if (left <= 0) {
      whole(request, answer);
    } else {
      vertx.setTimer(Math.min(left, LOOK_MILLISECONDS), timer -> late(request, answer, since));
    }
  }

  private void whole(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = head(request, answer);
    if (request.method() == HttpMethod.HEAD || answer.body().file() == null) {
      response.end(Buffer.buffer(bytes(answer)));
      discard(answer.body());
      return;
    }
    response.sendFile(answer.body().file().toString()).onComplete(sent -> discard(answer.body()));
  }

  private void half(HttpServerRequest request, Answer answer) {
    byte[] bytes = bytes(answer);
    discard(answer.body());
    HttpServerResponse response = head(request, answer);
    response.putHeader("Content-Length", Integer.toString(bytes.length));
    response
        .write(Buffer.buffer(bytes).slice(0, bytes.length / 2))
        .onComplete(written -> request.connection().close());
  }

  private HttpServerResponse head(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    response.putHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(work.now().atZone(ZoneOffset.UTC)));
    if (!answer.contentType().isEmpty()) {
      response.putHeader("Content-Type", answer.contentType());
    }
    answer.headers().forEach(response::putHeader);
    return response;
  }

  private static byte[] bytes(Answer answer) {
    try {
      return answer.body().bytes();
    } catch (IOException exception) {
      throw new UncheckedIOException("reading an answer failed", exception);
    }
  }

  private static void discard(Spill body) {
    try {
      body.close();
    } catch (IOException exception) {
      LOGGER.log(Level.WARNING, "deleting a body failed", exception);
    }
  }

  void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception exception) {
      throw new IllegalStateException("stopping the sandbox failed", exception);
    }
  }
}
