package io.markbridge.step;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelSftp.LsEntrySelector;
import com.jcraft.jsch.SftpException;
import io.markbridge.settings.SftpServer;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Logs in at an SFTP server as the running bridge does, host key and all, and looks whether its
 * folders are there. Changes nothing.
 */
public final class SftpTrial {
  private SftpTrial() {}

  /**
   * Tries a server.
   *
   * @return folders that are not there yet; the bridge makes them when it needs them
   * @throws IOException when the bridge could not work there; its message says what to do
   */
  public static List<String> missingFolders(SftpServer server, Clock clock) throws IOException {
    SftpOutage outage = new SftpOutage(clock, failure -> {}, () -> {});
    try (SftpConnection connection = new SftpConnection(server, outage, System::nanoTime)) {
      SftpServer.Folders folders = server.folders();
      try {
        connection.run(
            folders.inbox(),
            channel -> {
              channel.ls(SftpDrop.quoted(folders.inbox()), entry -> LsEntrySelector.BREAK);
              return null;
            });
      } catch (NoSuchFileException absent) {
        throw new IOException(
            "there is no folder " + folders.inbox() + " for what the legacy system drops", absent);
      }
      List<String> missing = new ArrayList<>();
      for (String folder : List.of(folders.replies(), folders.done(), folders.failed())) {
        if (!connection.run(folder, channel -> isThere(channel, folder))) {
          missing.add(folder);
        }
      }
      return missing;
    }
  }

  private static boolean isThere(ChannelSftp channel, String folder) throws SftpException {
    try {
      return channel.stat(SftpDrop.quoted(folder)).isDir();
    } catch (SftpException failure) {
      if (failure.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return false;
      }
      throw failure;
    }
  }
}
