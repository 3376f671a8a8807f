package io.markbridge.step;

import io.markbridge.document.Document;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalException;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SftpServer;
import io.markbridge.step.SftpListing.Found;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * One server with all that is done there: one thread collects, another one replies, each over a
 * connection of its own, so that answers do not wait for large documents.
 */
final class SftpSource implements Closeable {
  private static final Logger LOG = Logger.getLogger(SftpSource.class);

  /** What could not be written is not tried several times a second. */
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

  /** What could not be taken would be downloaded again with every listing, however large it is. */
  private static final Duration POSTPONED = Duration.ofMinutes(1);

  private static final int MOST_POSTPONED = 10_000;

  private final String name;
  private final SftpDrop collects;
  private final SftpDrop replies;
  private final SftpOutage outage;
  private final SftpListing listing;
  private final Collector collector;
  private final ReplyWriter writer;
  private final Replica replica;
  private final Troubles troubles;
  private final SourceHealth health;
  private final Clock clock;

  /** Files that could not be taken, and when they are tried again; used by one thread. */
  private final Map<String, Long> postponed = new HashMap<>();

  private volatile boolean collectingBroke;
  private volatile boolean replyingBroke;
  private volatile long repliesNotBefore;

  /**
   * What all servers of a site share.
   *
   * @param fetched a folder of this machine for what comes from a server
   * @param nanos a time that never jumps, in nanoseconds
   */
  record Site(
      Settings settings,
      Journal journal,
      Replica replica,
      ReplyWriter.Answers answers,
      DiskRoom diskRoom,
      Path fetched,
      Troubles troubles,
      SourceHealth health,
      Clock clock,
      LongSupplier nanos) {}

  SftpSource(SftpServer server, DropNames names, Site site) {
    this.name = server.source();
    this.replica = site.replica;
    this.troubles = site.troubles;
    this.health = site.health;
    this.clock = site.clock;
    this.outage = new SftpOutage(name, clock, health);
    // One document over a slow line may take longer than a silence that somebody is told of.
    Runnable comes = () -> health.looked(name);
    this.collects = new SftpDrop(server, outage, site.fetched, site.nanos, comes);
    this.replies = new SftpDrop(server, outage, site.fetched, site.nanos, () -> {});
    this.listing = new SftpListing(collects, server, clock);
    this.collector =
        new Collector(collects, names, site.journal, site.settings, replica, site.diskRoom, comes);
    this.writer = new ReplyWriter(replies, names, collector, site.journal, site.answers, replica);
  }

  /**
   * Ends what waits for a server that does not answer. For a thread that does nothing else: one
   * that collects or replies may wait for the other.
   */
  void breakIfStuck() {
    collects.connection().breakIfStuck();
    replies.connection().breakIfStuck();
  }

  /** The files that are whole; fewer where the connection breaks meanwhile. */
  Iterator<Found> whole() {
    if (replica.leadsFiles().isEmpty()) {
      collects.connection().closeIfIdle();
      replies.connection().closeIfIdle();
      troubles.leave(name);
      return Collections.emptyIterator();
    }
    if (!outage.mayTry()) {
      return Collections.emptyIterator();
    }
    try {
      collectingBroke = false;
      collector.leads();
      postponed.values().removeIf(until -> until <= clock.millis());
      List<Found> whole = listing.whole();
      health.looked(name);
      tellClosed();
      List<Found> found = whole.stream().filter(one -> !postponed.containsKey(one.path())).toList();
      return new Claims<>(new Round(found));
    } catch (SftpUnreachableException told) {
      broke();
    } catch (IOException | JournalException failure) {
      health.failed(name, "its inbox cannot be listed and is tried again", failure);
    }
    return Collections.emptyIterator();
  }

  private void tellClosed() {
    String folders = name + " folders";
    if (listing.closed().isEmpty()) {
      troubles.over(folders);
    }
    listing
        .closed()
        .forEach(
            failure -> troubles.lasts(folders, "one below the inbox cannot be listed", failure));
  }

  /** What was moved and not heard of is asked for with the next connection. */
  private void broke() {
    collectingBroke = true;
    collector.resumeAgain();
  }

  /** What one listing found; the connection has done its work when all of it was tried. */
  private final class Round implements Claims.Source<Found> {
    private List<Found> rest;

    Round(List<Found> found) {
      this.rest = found;
    }

    @Override
    public List<Found> claim() {
      List<Found> all = rest;
      rest = List.of();
      if (all.isEmpty() && !collectingBroke) {
        collects.connection().worked();
        if (postponed.isEmpty()) {
          troubles.over(name + " files");
        }
      }
      return all;
    }

    @Override
    public boolean open() {
      return !collectingBroke && replica.leadsFiles().isPresent();
    }
  }

  void collect(Found found) {
    try {
      if (collector.collect(found.path(), found.look())) {
        listing.left(found.path());
        // Thousands of files, over a slow line: the round ends much later.
        health.looked(name);
      }
    } catch (SftpUnreachableException told) {
      broke();
    } catch (NoSuchFileException gone) {
      LOG.debugf("%s: %s left before it was read", name, LogText.line(found.path()));
    } catch (IOException | RuntimeException failure) {
      if (postponed.size() < MOST_POSTPONED) {
        postponed.put(found.path(), clock.millis() + POSTPONED.toMillis());
      }
      troubles.lasts(
          name + " files",
          "taking " + found.path() + " failed, it stays in the inbox and is tried again later",
          failure);
    }
  }

  /** Documents whose replies do not tell the newest; fewer where the connection breaks. */
  Iterator<Document> due() {
    if (replica.leadsFiles().isEmpty()) {
      return Collections.emptyIterator();
    }
    collector.settle();
    if (!outage.mayTry() || clock.millis() < repliesNotBefore) {
      return Collections.emptyIterator();
    }
    replyingBroke = false;
    if (outage.met(replies.connection())) {
      try {
        replies.connection().check();
        replies.connection().worked();
      } catch (IOException notYet) {
        return Collections.emptyIterator();
      }
    }
    return writer.due(() -> !replyingBroke);
  }

  void write(Document document) {
    try (LogContext context = LogContext.of(document, "reply")) {
      writeInContext(document);
    }
  }

  private void writeInContext(Document document) {
    try {
      writer.write(document);
    } catch (SftpUnreachableException told) {
      replyingBroke = true;
    } catch (IOException | RuntimeException failure) {
      repliesNotBefore = clock.millis() + AFTER_A_FAILURE.toMillis();
      troubles.failed(
          name + " replies",
          "those of document "
              + document.id()
              + " ("
              + document.sourcePath()
              + ") could not be written and are tried again",
          failure);
    }
  }

  /** Also while the server keeps somebody waiting. */
  @Override
  public void close() {
    collects.connection().cut();
    replies.connection().cut();
  }
}
