package io.markbridge.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Stands between bridge and server, and cuts every connection after so many bytes. */
final class CutRelay implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE / 2;

  private final ServerSocket listening;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong left = new AtomicLong(NEVER);
  private volatile LongConsumer toServer = count -> {};

  CutRelay(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  /**
   * @param told how many bytes go to the server now, while they do not go yet
   */
  void toServer(LongConsumer told) {
    toServer = told;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** From now on, in both directions and over all connections together; new ones are cut too. */
  void cutAfter(long bytes) {
    left.set(bytes);
  }

  void pass() {
    left.set(NEVER);
  }

  /** Whether it has cut since it was told to. */
  boolean cut() {
    return left.get() <= 0;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        start("to server", () -> copy(client, server, count -> toServer.accept(count)));
        start("to client", () -> copy(server, client, count -> {}));
      } catch (IOException closed) {
        // Either the relay ends, or the server does not listen: its client sees the same.
        continue;
      }
    }
  }

  private void copy(Socket from, Socket to, LongConsumer told) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to) {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        told.accept(count);
        long rest = left.addAndGet(-count);
        if (rest <= 0) {
          output.write(buffer, 0, (int) Math.max(0, Math.min(count, count + rest)));
          return;
        }
        output.write(buffer, 0, count);
      }
    } catch (IOException ended) {
      return;
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "relay " + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
