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
  private final Map<String, SftpServer> servers = new TreeMap<>();
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
      Clock clock) {
    Replies replies = new Replies(bridge, procedures);
    Path fetched = JournalPath.folder(settings).resolve("temporary");
    DiskRoom diskRoom = new DiskRoom(() -> usable(settings, fetched), DiskRoom.FETCHED_AND_STORED);
    for (String name : settings.sftpServers()) {
      SftpServer server = settings.sftpServer(name);
      SftpOutage outage = new SftpOutage(server.source(), clock, troubles);
      SftpDrop collects = new SftpDrop(server, outage, fetched);
      SftpDrop writes = new SftpDrop(server, outage, fetched);
      DropNames names = new DropNames(settings, preset, bridge.legacyApi(), within(server));
      Collector collector = new Collector(collects, names, journal, settings, replica, diskRoom);
      ReplyWriter writer = new ReplyWriter(writes, names, collector, journal, replies, replica);
      servers.put(server.source(), server);
      sources.put(
          server.source(),
          new SftpSource(
              collects,
              writes,
              outage,
              new SftpListing(collects, clock, server.stableFor()),
              collector,
              writer,
              replica,
              troubles,
              clock));
    }
  }

  /** The folders of the inbox that a whole server stands for. */
  private static String within(SftpServer server) {
    return Stream.concat(server.account().stream(), server.group().stream())
        .collect(Collectors.joining("/"));
  }

  /** What comes from a server lies on this machine first, wherever the journal is. */
  private static long usable(Settings settings, Path fetched) throws java.io.IOException {
    Files.createDirectories(fetched);
    return Math.min(
        JournalPath.usableBytes(settings), Files.getFileStore(fetched).getUsableSpace());
  }

  Iterable<SftpServer> servers() {
    return servers.values();
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
