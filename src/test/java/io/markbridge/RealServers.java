package io.markbridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Servers in this run of the tests that are no stand-ins, each as it calls itself: {@code .ci/run}
 * tells them and fails where one of them did not run.
 */
public final class RealServers {
  private static final Path FILE = Path.of("target", "real-servers.txt");

  private RealServers() {}

  /** Opens a connection. */
  @FunctionalInterface
  public interface Opened {
    Connection connection() throws SQLException;
  }

  /**
   * Notes a database that answers, by its own version.
   *
   * @param opened a connection to it
   */
  public static void answers(String name, Opened opened) {
    try (Connection connection = opened.connection();
        Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("select version()")) {
      version.next();
      answers(name, version.getString(1));
    } catch (SQLException failure) {
      throw new IllegalStateException("asking " + name + " for its version", failure);
    }
  }

  /**
   * Notes a server that answers; several JVMs may do so at once.
   *
   * @param name as {@code .ci/run} knows it
   * @param itself what the running server says of itself, one line
   */
  public static synchronized void answers(String name, String itself) {
    String line = name + ": " + itself.strip() + "\n";
    try {
      if (!Files.exists(FILE) || !Files.readString(FILE).contains(line)) {
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("noting " + name, failure);
    }
  }
}
