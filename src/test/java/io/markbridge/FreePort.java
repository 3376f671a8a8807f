package io.markbridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ports of servers that a test stops and starts again, or whose port is chosen before they listen.
 * None of those that the machine gives to whoever connects: in between one of them would go to
 * somebody else's connection.
 */
public final class FreePort {
  private static final int FIRST = 12_000;
  private static final int PORTS = 18_000;
  private static final int TRIES = 1_000;

  /** Of the loopback too: who holds a port here keeps it from the other JVMs of the tests. */
  private static final String GUARD = "127.0.7.7";

  private static final List<ServerSocket> GUARDS = new ArrayList<>();
  private static final Random RANDOM = new Random();

  private FreePort() {}

  /** A port of 127.0.0.1 that is nobody's but the caller's, as long as this JVM lives. */
  public static synchronized int reserve() {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int port = FIRST + RANDOM.nextInt(PORTS);
      try {
        ServerSocket guard = listen(GUARD, port);
        try (ServerSocket free = listen("127.0.0.1", port)) {
          GUARDS.add(guard);
          return free.getLocalPort();
        } catch (IOException taken) {
          guard.close();
        }
      } catch (IOException taken) {
        continue;
      }
    }
    throw new UncheckedIOException(new IOException("no port is free"));
  }

  private static ServerSocket listen(String address, int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByName(address));
  }
}
