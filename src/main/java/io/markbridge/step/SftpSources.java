package io.markbridge.step;

import io.markbridge.journal.Journal;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.procedure.Bridge;
import io.markbridge.procedure.Procedures;
import io.markbridge.procedure.Replies;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SftpServer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SFTP servers of the site, by the source of their documents. */
@ApplicationScoped
public class SftpSources {
  private final Map<String, SftpSource> sources = new TreeMap<>();

  @Inject
  public SftpSources(
      Settings settings,
      OperatorPreset preset,
      Journal journal,
      Bridge bridge,
      Procedures procedures,
      Replica replica,
      Troubles troubles,
      SourceHealth health,
      Clock clock) {
    Path fetched = JournalPath.folder(settings).resolve("temporary");
    SftpSource.Site site =
        new SftpSource.Site(
            settings,
            journal,
            replica,
            new Replies(bridge, procedures)::of,
            new DiskRoom(() -> usable(settings, fetched), DiskRoom.FETCHED_AND_STORED),
            fetched,
            troubles,
            health,
            clock,
            System::nanoTime);
    for (String name : settings.sftpServers()) {
      SftpServer server = settings.sftpServer(name);
      DropNames names = new DropNames(settings, preset, bridge.legacyApi(), within(server));
      sources.put(server.source(), new SftpSource(server, names, site));
    }
  }

  /** The folders of the inbox that a whole server stands for. */
  static String within(SftpServer server) {
    return Stream.concat(server.account().stream(), server.group().stream())
        .collect(Collectors.joining("/"));
  }

  /** What comes from a server lies on this machine first, wherever the journal is. */
  private static long usable(Settings settings, Path fetched) throws java.io.IOException {
    Files.createDirectories(fetched);
    return Math.min(
        JournalPath.usableBytes(settings), Files.getFileStore(fetched).getUsableSpace());
  }

  SftpSource source(String source) {
    SftpSource found = sources.get(source);
    if (found == null) {
      throw new IllegalArgumentException("no settings for " + source);
    }
    return found;
  }

  @PreDestroy
  void close() {
    sources.values().forEach(SftpSource::close);
  }
}
