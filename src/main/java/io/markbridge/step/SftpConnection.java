package io.markbridge.step;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import io.markbridge.settings.SftpServer;
import io.markbridge.step.SftpUnreachableException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/**
 * One connection to a server: opened when it is needed, and anew after it broke, once the outage
 * allows it. One piece of work at a time.
 */
final class SftpConnection implements Closeable {
  private static final int ALIVE_QUESTIONS = 2;

  /** In timeouts. */
  private static final int STUCK_AFTER = 4;

  /** Something to do on the server. */
  @FunctionalInterface
  interface Work<T> {
    T with(ChannelSftp channel) throws SftpException, IOException;
  }

  private final SftpServer server;
  private final SftpOutage outage;
  private volatile Session session;
  private ChannelSftp channel;
  private String home = "/";

  /** When the server was last heard of in the work that goes on; in nanoseconds, 0 while idle. */
  private volatile long heard;

  SftpConnection(SftpServer server, SftpOutage outage) {
    this.server = server;
    this.outage = outage;
  }

  /**
   * Does something on the server.
   *
   * @param path of what it is about, for the failure
   * @throws SftpUnreachableException when there is no connection; the outage knows
   * @throws NoSuchFileException when there is no such file
   * @throws AccessDeniedException when the server does not allow it
   * @throws FileSystemException when the server could not do it: a full disk, say
   */
  synchronized <T> T run(String path, Work<T> work) throws IOException {
    open();
    progress();
    try {
      return work.with(channel);
    } catch (SftpException failure) {
      throw told(path, failure);
    } finally {
      heard = 0;
    }
  }

  /**
   * The same for the bytes of a file. When it fails, answers may still be on their way that would
   * be taken for those of the next question: the channel is not used again.
   */
  synchronized <T> T transfer(String path, Work<T> work) throws IOException {
    open();
    progress();
    boolean done = false;
    try {
      T result = work.with(channel);
      done = true;
      return result;
    } catch (SftpException failure) {
      throw told(path, failure);
    } finally {
      heard = 0;
      if (!done && channel != null) {
        channel.disconnect();
        channel = null;
      }
    }
  }

  /** The server answers. */
  void progress() {
    heard = System.nanoTime() | 1;
  }

  /**
   * Breaks the connection where the server keeps it alive and does not answer: nothing else would
   * wake who waits for the answer. For another thread.
   */
  void breakIfStuck() {
    long since = heard;
    Session stuck = session;
    if (since != 0
        && stuck != null
        && System.nanoTime() - since > STUCK_AFTER * server.timeout().toNanos()) {
      stuck.disconnect();
    }
  }

  /** Whether the server can be reached: asks it for no more than that. */
  void check() throws IOException {
    run("/", channel -> channel.realpath("."));
  }

  /** Everything that was wanted of the server was done. */
  void worked() {
    outage.over(this);
  }

  private IOException told(String path, SftpException failure) {
    if (!session.isConnected() || channel.isClosed() || !channel.isConnected()) {
      close();
      return unreachable(Kind.NO_CONNECTION, "the connection broke", failure);
    }
    String message = failure.getMessage();
    return switch (failure.id) {
      case ChannelSftp.SSH_FX_NO_SUCH_FILE -> new NoSuchFileException(path);
      case ChannelSftp.SSH_FX_PERMISSION_DENIED ->
          new AccessDeniedException(path, null, "the server does not permit it");
      default -> new FileSystemException(path, null, "the server says: " + message);
    };
  }

  /** Where the login begins; with a connection. */
  synchronized String home() throws IOException {
    open();
    return home;
  }

  private void open() throws IOException {
    if (session != null && session.isConnected() && channel != null && channel.isConnected()) {
      return;
    }
    if (!outage.mayTry()) {
      throw new SftpUnreachableException(Kind.LATER, "the server is tried again later", null);
    }
    try {
      if (session == null || !session.isConnected()) {
        close();
        session = login();
      }
      int timeout = millis(server.timeout());
      channel = (ChannelSftp) session.openChannel("sftp");
      channel.setFilenameEncoding(StandardCharsets.UTF_8);
      channel.connect(timeout);
      home = channel.getHome();
    } catch (JSchException | SftpException failure) {
      close();
      throw unreachable(Kind.NO_CONNECTION, "the server gives no SFTP", failure);
    }
  }

  private Session login() throws IOException {
    SftpHostKeys hostKeys = null;
    Session opened = null;
    try {
      JSch ssh = new JSch();
      hostKeys = new SftpHostKeys(server);
      ssh.setHostKeyRepository(hostKeys);
      if (server.privateKey().isPresent()) {
        ssh.addIdentity(
            server.name(),
            Files.readAllBytes(server.privateKey().get()),
            null,
            server.passphrase().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null));
      }
      opened = ssh.getSession(server.username(), server.host(), server.port());
      server.password().ifPresent(opened::setPassword);
      opened.setConfig("StrictHostKeyChecking", "yes");
      opened.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
      int timeout = millis(server.timeout());
      // Asks whether the server is there when it keeps still, and gives up soon.
      opened.setServerAliveInterval(timeout / (ALIVE_QUESTIONS + 1));
      opened.setServerAliveCountMax(ALIVE_QUESTIONS);
      opened.setDaemonThread(true);
      opened.connect(timeout);
      return opened;
    } catch (JSchException | IOException failure) {
      if (opened != null) {
        opened.disconnect();
      }
      throw refused(failure, hostKeys);
    }
  }

  private SftpUnreachableException refused(Exception failure, SftpHostKeys hostKeys) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof JSchHostKeyException) {
      return unreachable(
          Kind.HOST_KEY,
          "its host key is not the one that the site knows: it shows "
              + hostKeys.shown()
              + "; nothing was sent to it. Ask its administrator whether the key was changed, and"
              + " only then correct known-hosts-file or host-key-fingerprint",
          failure);
    }
    if (failure instanceof JSchAlgoNegoFailException) {
      return unreachable(Kind.LOGIN, "it has no algorithm that is still secure", failure);
    }
    if (message.startsWith("Auth ")
        || message.startsWith("USERAUTH")
        || message.contains("privatekey")
        || message.contains("authentication")
        || failure instanceof IOException) {
      return unreachable(
          Kind.LOGIN,
          "it does not let " + server.username() + " in: correct username, key or password",
          failure);
    }
    return unreachable(Kind.NO_CONNECTION, "no connection", failure);
  }

  private SftpUnreachableException unreachable(Kind kind, String what, Exception failure) {
    SftpUnreachableException told =
        new SftpUnreachableException(
            kind,
            server.host() + ":" + server.port() + ": " + what + " (" + failure.getMessage() + ")",
            failure);
    outage.failed(this, told);
    return told;
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
  }

  @Override
  public synchronized void close() {
    if (channel != null) {
      channel.disconnect();
    }
    if (session != null) {
      session.disconnect();
    }
    channel = null;
    session = null;
  }
}
