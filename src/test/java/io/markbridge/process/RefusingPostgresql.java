package io.markbridge.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of PostgreSQL as it takes to ask for a password and to refuse it. */
final class RefusingPostgresql implements AutoCloseable {
  private static final int ASKS_FOR_TLS = 80_877_103;
  private static final int ASKS_FOR_GSS = 80_877_104;
  private static final int CLEARTEXT_PASSWORD = 3;
  private static final int HEAD = 8;

  private final ServerSocket listener;
  private final List<String> passwords = new CopyOnWriteArrayList<>();

  RefusingPostgresql() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "refusing PostgreSQL");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + listener.getLocalPort() + "/erp";
  }

  /** What it was told. */
  List<String> passwords() {
    return List.copyOf(passwords);
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        refuse(
            new DataInputStream(socket.getInputStream()),
            new DataOutputStream(socket.getOutputStream()));
      } catch (IOException ended) {
        // The client went away, or the test is over.
      }
    }
  }

  private void refuse(DataInputStream input, DataOutputStream output) throws IOException {
    int length = input.readInt();
    for (int asks = input.readInt();
        asks == ASKS_FOR_TLS || asks == ASKS_FOR_GSS;
        asks = input.readInt()) {
      output.writeByte('N');
      length = input.readInt();
    }
    input.skipNBytes(length - HEAD);
    output.writeByte('R');
    output.writeInt(HEAD);
    output.writeInt(CLEARTEXT_PASSWORD);
    input.skipNBytes(1);
    byte[] told = input.readNBytes(input.readInt() - Integer.BYTES);
    passwords.add(new String(told, 0, told.length - 1, StandardCharsets.UTF_8));
    byte[] fields =
        "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed\0\0"
            .getBytes(StandardCharsets.US_ASCII);
    output.writeByte('E');
    output.writeInt(fields.length + Integer.BYTES);
    output.write(fields);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
