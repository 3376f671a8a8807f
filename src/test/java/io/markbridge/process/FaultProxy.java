package io.markbridge.process;

import io.markbridge.process.Fault.Kind;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a bridge and an operator, as networks and gateways do: forwards HTTP/1.1 byte for
 * byte, and does to each request what a plan says. Closed for a while it is an outage.
 */
final class FaultProxy implements AutoCloseable {
  private static final Duration BETWEEN_BYTES = Duration.ofMillis(3);

  private final InetSocketAddress operator;
  private final int port;
  private final ExecutorService threads = Executors.newCachedThreadPool(FaultProxy::daemon);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private volatile FaultPlan plan;
  private volatile ServerSocket listening;

  /** Keeps the port while nobody listens: any connection of this machine might get it. */
  private volatile Socket reserved = new Socket();

  private volatile Future<?> accepting;

  private FaultProxy(URI operator, FaultPlan plan) throws IOException {
    this.operator = new InetSocketAddress(operator.getHost(), operator.getPort());
    this.plan = plan;
    this.listening = listen(0);
    this.port = listening.getLocalPort();
    accept(listening);
  }

  static FaultProxy start(URI operator, FaultPlan plan) throws IOException {
    return new FaultProxy(operator, plan);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** From the next request on. */
  void plan(FaultPlan next) {
    plan = next;
  }

  /** What was done to how many requests. */
  Map<Kind, Long> counts() {
    synchronized (counts) {
      return new EnumMap<>(counts);
    }
  }

  /** Ends all connections and refuses new ones. */
  void shut() throws IOException {
    listening.close();
    // While its thread is still inside, the closed socket takes one more.
    try {
      accepting.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IOException(impossible);
    }
    reserved.close();
    reserved = new Socket();
    reserved.setReuseAddress(true);
    reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    open.forEach(FaultProxy::closeQuietly);
  }

  /** Takes connections again, at the same port. */
  void reopen() throws IOException {
    reserved.close();
    listening = listen(port);
    accept(listening);
  }

  @Override
  public void close() throws IOException {
    shut();
    reserved.close();
    threads.shutdownNow();
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
    return server;
  }

  private void accept(ServerSocket server) {
    accepting =
        threads.submit(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket client = server.accept();
                  open.add(client);
                  threads.execute(() -> serve(client));
                } catch (IOException closed) {
                  continue;
                }
              }
            });
  }

  private void serve(Socket client) {
    Upstream upstream = new Upstream();
    try (client;
        upstream) {
      client.setTcpNoDelay(true);
      BufferedInputStream input = new BufferedInputStream(client.getInputStream());
      Optional<HttpMessage> request = HttpMessage.request(input);
      while (request.isPresent() && serve(request.get(), upstream, client.getOutputStream())) {
        request = HttpMessage.request(input);
      }
    } catch (IOException ended) {
      // The one side's end is the other side's: the sockets are closed.
      return;
    } finally {
      open.remove(client);
    }
  }

  /** Tells whether the connection goes on. */
  private boolean serve(HttpMessage request, Upstream upstream, OutputStream client)
      throws IOException {
    Fault fault = plan.next(request.method(), request.path());
    count(fault.kind());
    if (fault.kind() == Kind.DELAY) {
      pause(fault.time());
    }
    HttpMessage answer = null;
    if (fault.kind().forwarded()) {
      answer = upstream.exchange(request, fault.kind() == Kind.SLOW_REQUEST);
    }
    switch (fault.kind()) {
      case NONE, DELAY, SLOW_REQUEST -> client.write(answer.bytes());
      case SLOW_ANSWER -> writeSlowly(client, answer.bytes());
      case CUT_BEFORE, CUT_AFTER -> {
        return false;
      }
      case HALF_ANSWER -> {
        client.write(answer.bytes(), 0, answer.head().length + answer.body().length / 2);
        return false;
      }
      case ERROR_BEFORE, ERROR_AFTER, TOO_MANY -> client.write(error(fault));
      case HTML_BEFORE, HTML_AFTER ->
          client.write(
              own("200 OK", "text/html", "", "<html><body>Welcome, please sign in</body></html>"));
    }
    client.flush();
    return !request.last() && (answer == null || !answer.last());
  }

  private void count(Kind kind) {
    synchronized (counts) {
      counts.merge(kind, 1L, Long::sum);
    }
  }

  private static byte[] error(Fault fault) {
    String retryAfter =
        fault.time().isZero() ? "" : "Retry-After: " + fault.time().toSeconds() + "\r\n";
    return own(
        fault.status() + " Proxy", "text/html", retryAfter, "<html>" + fault.status() + "</html>");
  }

  private static byte[] own(String status, String type, String headers, String body) {
    return ("HTTP/1.1 "
            + status
            + "\r\nContent-Type: "
            + type
            + "\r\n"
            + headers
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Eight bytes at a time, so that a large message ends within a test's life. */
  private static void writeSlowly(OutputStream output, byte[] bytes) throws IOException {
    int step = Math.max(8, bytes.length / 300);
    for (int from = 0; from < bytes.length; from += step) {
      output.write(bytes, from, Math.min(step, bytes.length - from));
      output.flush();
      pause(BETWEEN_BYTES);
    }
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    return thread;
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException alreadyClosed) {
      return;
    }
  }

  /** One connection to the operator for each connection of a client. */
  private final class Upstream implements Closeable {
    private Socket socket;
    private BufferedInputStream input;

    HttpMessage exchange(HttpMessage request, boolean slowly) throws IOException {
      if (socket == null) {
        connect();
      }
      if (slowly) {
        writeSlowly(socket.getOutputStream(), request.bytes());
      } else {
        socket.getOutputStream().write(request.bytes());
      }
      HttpMessage answer = HttpMessage.answer(input);
      if (answer.last()) {
        close();
      }
      return answer;
    }

    private void connect() throws IOException {
      socket = new Socket();
      socket.setTcpNoDelay(true);
      socket.connect(operator, 5000);
      input = new BufferedInputStream(socket.getInputStream());
    }

    @Override
    public void close() throws IOException {
      if (socket != null) {
        socket.close();
        socket = null;
      }
    }
  }
}
