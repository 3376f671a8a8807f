package io.markbridge.step;

import com.jcraft.jsch.SocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The TCP connection below one SSH session. Closing it wakes whoever waits for the server, and
 * waits for nobody: the session itself would first say goodbye to a server that takes nothing.
 */
final class SftpLine implements SocketFactory, Closeable {
  private final int timeout;
  private final Socket socket = new Socket();

  /**
   * @param timeout of connecting, in milliseconds
   */
  SftpLine(int timeout) {
    this.timeout = timeout;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    socket.connect(new InetSocketAddress(host, port), timeout);
    return socket;
  }

  @Override
  public InputStream getInputStream(Socket its) throws IOException {
    return its.getInputStream();
  }

  @Override
  public OutputStream getOutputStream(Socket its) throws IOException {
    return its.getOutputStream();
  }

  boolean closed() {
    return socket.isClosed();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException closedAllTheSame) {
      return;
    }
  }
}
