package io.markbridge.step;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import io.markbridge.settings.SftpServer;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** The folders of an SFTP server, over a connection of its own. */
final class SftpDrop implements Drop, Closeable {
  private static final String TEMPORARY = ".tmp";
  private static final int MOST_FOLDERS = 10_000;
  private static final long LARGE = 128 * 1024;
  private static final int PIECES = 32;

  private final SftpServer server;
  private final SftpConnection connection;
  private final Path fetched;
  private final Runnable comes;

  /** Folders of the server that are there, or were. */
  private final Set<String> folders = new HashSet<>();

  /**
   * @param fetched a folder of this machine for what comes from the server
   * @param nanos a time that never jumps, in nanoseconds
   * @param comes is told of each piece of a document that comes
   */
  SftpDrop(SftpServer server, SftpOutage outage, Path fetched, LongSupplier nanos, Runnable comes) {
    this.server = server;
    this.connection = new SftpConnection(server, outage, nanos);
    this.fetched = fetched;
    this.comes = comes;
  }

  @Override
  public String source() {
    return server.source();
  }

  SftpConnection connection() {
    return connection;
  }

  /** The whole path of one of the four folders. */
  String root(Folder folder) throws IOException {
    SftpServer.Folders all = server.folders();
    String root =
        switch (folder) {
          case INBOX -> all.inbox();
          case REPLIES -> all.replies();
          case DONE -> all.done();
          case FAILED -> all.failed();
        };
    String home = connection.home();
    String whole = root.startsWith("/") ? root : (home.equals("/") ? "" : home) + "/" + root;
    return whole.replaceAll("(.)/+$", "$1");
  }

  private String path(Place place) throws IOException {
    String root = root(place.folder());
    return (root.equals("/") ? "" : root) + "/" + place.path();
  }

  /** The client takes stars, question marks and backslashes for patterns, but for new folders. */
  static String quoted(String path) {
    return path.replaceAll("([\\\\*?])", "\\\\$1");
  }

  @Override
  public Optional<Look> look(Place place) throws IOException {
    String path = path(place);
    try {
      SftpATTRS attributes = connection.run(path, channel -> channel.lstat(quoted(path)));
      return attributes.isDir() || attributes.isLink()
          ? Optional.empty()
          : Optional.of(look(attributes));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** The protocol tells whole seconds, as a number without a sign. */
  static Look look(SftpATTRS attributes) {
    return new Look(attributes.getSize(), Integer.toUnsignedLong(attributes.getMTime()) * 1000);
  }

  /** It comes under a temporary name, and its size has to be the one that was seen. */
  @Override
  public Fetched fetch(Place place, Look seen) throws IOException {
    String path = path(place);
    Files.createDirectories(fetched);
    Path file = Files.createTempFile(fetched, "sftp-", ".part");
    boolean whole = false;
    try (LimitedOutput output = new LimitedOutput(Files.newOutputStream(file), seen.size(), path)) {
      connection.transfer(
          path,
          channel -> {
            atOnce(channel, seen.size());
            channel.get(quoted(path), output);
            return null;
          });
      if (output.written != seen.size()) {
        throw new FileSystemException(
            path, null, "came with another size than it is listed with: it is still being written");
      }
      whole = true;
      return new Fetched(file, true);
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * How many pieces are asked for at once: a small file has one, and answers to further questions
   * would keep it waiting on servers that collect small packets.
   */
  private static void atOnce(ChannelSftp channel, long size) throws IOException {
    try {
      channel.setBulkRequests(size < LARGE ? 1 : PIECES);
    } catch (JSchException impossible) {
      throw new IOException(impossible);
    }
  }

  /** A file that grows while it is read must not fill the disk. */
  private final class LimitedOutput extends OutputStream {
    private final OutputStream output;
    private final long limit;
    private final String path;
    private long written;

    LimitedOutput(OutputStream output, long limit, String path) {
      this.output = output;
      this.limit = limit;
      this.path = path;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      connection.progress();
      comes.run();
      written += length;
      if (written > limit) {
        throw new IOException(path + " grows while it is read");
      }
      output.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      output.close();
    }
  }

  @Override
  public void move(Place from, Place to) throws IOException {
    String source = path(from);
    String target = path(to);
    makeFolders(root(to.folder()), to.path());
    try {
      rename(source, target);
    } catch (NoSuchFileException gone) {
      // Perhaps somebody removed the folder that was made earlier.
      folders.clear();
      makeFolders(root(to.folder()), to.path());
      rename(source, target);
    }
  }

  /** Servers that know no other renaming than the protocol's do not rename over a file. */
  private void rename(String from, String to) throws IOException {
    connection.run(
        from,
        channel -> {
          try {
            channel.rename(quoted(from), quoted(to));
          } catch (SftpException failure) {
            if (failure.id == ChannelSftp.SSH_FX_NO_SUCH_FILE
                || failure.id == ChannelSftp.SSH_FX_PERMISSION_DENIED
                || !isFile(channel, from)
                || !isFile(channel, to)) {
              throw failure;
            }
            channel.rm(quoted(to));
            channel.rename(quoted(from), quoted(to));
          }
          return null;
        });
  }

  private static boolean isFile(ChannelSftp channel, String path) throws SftpException {
    try {
      return !channel.lstat(quoted(path)).isDir();
    } catch (SftpException failure) {
      if (failure.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return false;
      }
      throw failure;
    }
  }

  private void makeFolders(String root, String path) throws IOException {
    int end = path.lastIndexOf('/');
    String folder = end < 0 ? root : (root.equals("/") ? "" : root) + "/" + path.substring(0, end);
    if (folders.size() > MOST_FOLDERS) {
      folders.clear();
    }
    if (folders.contains(folder)) {
      return;
    }
    connection.run(
        folder,
        channel -> {
          makeFolder(channel, folder);
          return null;
        });
    folders.add(folder);
  }

  private static void makeFolder(ChannelSftp channel, String folder) throws SftpException {
    if (folder.isEmpty() || folder.equals("/") || isFolder(channel, folder)) {
      return;
    }
    makeFolder(channel, folder.substring(0, Math.max(0, folder.lastIndexOf('/'))));
    try {
      channel.mkdir(folder);
    } catch (SftpException failure) {
      // Somebody else may have been faster.
      if (!isFolder(channel, folder)) {
        throw failure;
      }
    }
  }

  private static boolean isFolder(ChannelSftp channel, String folder) throws SftpException {
    try {
      return channel.stat(quoted(folder)).isDir();
    } catch (SftpException failure) {
      if (failure.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return false;
      }
      throw failure;
    }
  }

  @Override
  public void delete(Place place) throws IOException {
    String path = path(place);
    try {
      connection.run(
          path,
          channel -> {
            channel.rm(quoted(path));
            return null;
          });
    } catch (NoSuchFileException none) {
      return;
    }
  }

  /** Its size is asked for before it gets its name: not every server tells that it has no room. */
  @Override
  public void prepare(Place place, byte[] content) throws IOException {
    makeFolders(root(place.folder()), place.path());
    Place temporary = place.withEnding(TEMPORARY);
    String path = path(temporary);
    try {
      connection.transfer(
          path,
          channel -> {
            channel.put(new Uploaded(content), quoted(path), ChannelSftp.OVERWRITE);
            return null;
          });
    } catch (NoSuchFileException noFolder) {
      folders.clear();
      throw noFolder;
    } catch (SftpUnreachableException noConnection) {
      throw noConnection;
    } catch (IOException failure) {
      // Half a reply would keep the room that is perhaps missing.
      deleteQuietly(temporary, failure);
      throw failure;
    }
    long written = look(temporary).map(Look::size).orElse(-1L);
    if (written != content.length) {
      throw new FileSystemException(
          path, null, "the server has " + written + " of " + content.length + " bytes");
    }
  }

  /**
   * Not more than some pieces are on their way at once: whoever asks for the next one has heard
   * that an earlier one has come.
   */
  private final class Uploaded extends ByteArrayInputStream {
    Uploaded(byte[] content) {
      super(content);
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      connection.progress();
      return super.read(target, offset, length);
    }
  }

  private void deleteQuietly(Place place, IOException because) {
    try {
      delete(place);
    } catch (IOException notNow) {
      because.addSuppressed(notNow);
    }
  }

  @Override
  public boolean prepared(Place place) throws IOException {
    return look(place.withEnding(TEMPORARY)).isPresent();
  }

  @Override
  public void publish(Place place) throws IOException {
    rename(path(place.withEnding(TEMPORARY)), path(place));
  }

  /** A server is not asked for that. */
  @Override
  public void force(Place place) {}

  @Override
  public void close() {
    connection.close();
  }
}
