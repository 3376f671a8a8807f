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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

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
  private final LongSupplier nanos;

  /** One piece of work at a time. */
  private final ReentrantLock turn = new ReentrantLock();

  private volatile SftpLine line;
  private Session session;
  private ChannelSftp channel;
  private String home = "/";

  /** When the server was last heard of in the work that goes on; in nanoseconds, 0 while idle. */
  private volatile long heard;

  /**
   * @param nanos a time that never jumps, in nanoseconds
   */
  SftpConnection(SftpServer server, SftpOutage outage, LongSupplier nanos) {
    this.server = server;
    this.outage = outage;
    this.nanos = nanos;
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
  <T> T run(String path, Work<T> work) throws IOException {
    return run(path, work, false);
  }

  /**
   * The same for the bytes of a file. When it fails, answers may still be on their way that would
   * be taken for those of the next question: the channel is not used again.
   */
  <T> T transfer(String path, Work<T> work) throws IOException {
    return run(path, work, true);
  }

  private <T> T run(String path, Work<T> work, boolean once) throws IOException {
    turn.lock();
    progress();
    boolean done = false;
    try {
      open();
      T result = work.with(channel);
      done = true;
      return result;
    } catch (SftpException failure) {
      throw told(path, failure);
    } finally {
      if (once && !done && channel != null) {
        channel.disconnect();
        channel = null;
      }
      heard = 0;
      turn.unlock();
    }
  }

  /** The server answers. */
  void progress() {
    heard = nanos.getAsLong() | 1;
  }

  /**
   * Breaks the connection where the server keeps it alive and does not answer: nothing else would
   * wake who waits for the answer. For a thread that waits for nothing itself, nor does it here.
   */
  void breakIfStuck() {
    long since = heard;
    if (since != 0 && nanos.getAsLong() - since > STUCK_AFTER * server.timeout().toNanos()) {
      cut();
    }
  }

  /** Ends the connection whatever it is used for, without waiting. */
  void cut() {
    SftpLine its = line;
    if (its != null) {
      its.close();
    }
  }

  /** Ends the connection, but for work that goes on. */
  void closeIfIdle() {
    if (turn.tryLock()) {
      try {
        close();
      } finally {
        turn.unlock();
      }
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
    if (line.closed() || !session.isConnected() || channel.isClosed() || !channel.isConnected()) {
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
  String home() throws IOException {
    turn.lock();
    progress();
    try {
      open();
      return home;
    } finally {
      heard = 0;
      turn.unlock();
    }
  }

  private void open() throws IOException {
    if (connected() && channel != null && channel.isConnected()) {
      return;
    }
    if (!outage.mayTry()) {
      throw new SftpUnreachableException(Kind.LATER, "the server is tried again later", null);
    }
    try {
      if (!connected()) {
        close();
        session = login();
        progress();
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

  private boolean connected() {
    return session != null && session.isConnected() && !line.closed();
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
      line = new SftpLine(timeout);
      opened.setSocketFactory(line);
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
  public void close() {
    turn.lock();
    try {
      if (channel != null) {
        channel.disconnect();
      }
      if (session != null) {
        session.disconnect();
      }
      channel = null;
      session = null;
    } finally {
      turn.unlock();
    }
  }
}
