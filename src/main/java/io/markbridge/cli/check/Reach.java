package io.markbridge.cli.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;

/** Whether a host can be reached from this machine. */
@FunctionalInterface
public interface Reach {
  /** A slow network answers within this; a firewall that says nothing never does. */
  int MILLISECONDS = 3_000;

  /**
   * Opens a connection and closes it.
   *
   * @throws IOException when nobody takes it
   */
  void connect(String host, int port) throws IOException;

  /** Over this machine's network. */
  static Reach real() {
    return (host, port) -> {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new UnknownHostException(host);
      }
      try (Socket socket = new Socket()) {
        socket.connect(address, MILLISECONDS);
      }
    };
  }
}
