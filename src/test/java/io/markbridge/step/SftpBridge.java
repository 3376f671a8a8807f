package io.markbridge.step;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.health.SourceChecks;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalFixture;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.procedure.ReplyFile;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SettingsSource;
import io.markbridge.settings.SiteFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * What the bridge does at one server, round by round and by a clock of the test, over a real
 * journal; every document is answered with what it says.
 */
final class SftpBridge implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(70);

  /** By the machine's time: long, for a machine that stands still for a while. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** By the test's time: so long a server may say nothing. */
  static final Duration STUCK = TIMEOUT.multipliedBy(4);

  final JournalFixture journals;
  final Troubles troubles;

  /** A time that tests move. */
  final AtomicLong nanos = new AtomicLong();

  private final Path folder;
  private final Settings settings;
  private final SftpSource.Site site;
  private SftpSource source;

  /**
   * @param folder an empty one of the test
   * @param server its settings below {@code markbridge.sftp.plant.}
   */
  SftpBridge(Path folder, Map<String, String> server) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.journals = new JournalFixture(folder);
    this.troubles = new Troubles(journals.clock);
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("host", "127.0.0.1");
    lines.put("timeout", TIMEOUT.toSeconds() + "s");
    lines.putAll(server);
    StringBuilder file = new StringBuilder();
    lines.forEach(
        (name, value) ->
            file.append("markbridge.sftp.plant.")
                .append(name)
                .append('=')
                .append(value)
                .append('\n'));
    file.append("markbridge.groups.beer.business-place-id=17\n");
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(folder.resolve("config/application.properties"), file);
    this.settings = new Settings(SettingsSource.config(folder, Map.of()));
    Replica replica = new Replica(journal(), settings, journals.clock);
    replica.beat();
    this.site =
        new SftpSource.Site(
            settings,
            journal(),
            replica,
            (document, submissions) -> answers(document),
            new DiskRoom(() -> Long.MAX_VALUE, DiskRoom.FETCHED_AND_STORED),
            fetched(),
            troubles,
            new SourceHealth(troubles, new NoEvents(), journals.clock),
            journals.clock,
            nanos::get);
    restart();
  }

  /** The bridge as it is after its start: it remembers what the journal tells it. */
  void restart() throws Exception {
    if (source != null) {
      source.close();
    }
    source =
        new SftpSource(
            settings.sftpServer("plant"),
            new DropNames(
                settings,
                journals.preset(),
                LegacyApi.load(SiteFiles.here(), "suz"),
                SftpSources.within(settings.sftpServer("plant"))),
            site);
  }

  Journal journal() {
    return journals.journal();
  }

  Path fetched() {
    return folder.resolve("temporary");
  }

  /** Everything once; and what waits for time need not wait. */
  void round() {
    collect();
    answer();
    reply();
  }

  /** Enough rounds for a file that was never seen. */
  void rounds() {
    round();
    round();
    round();
  }

  void collect() {
    collect(found -> {});
  }

  /**
   * @param before what happens to a file between its listing and its download
   */
  void collect(Consumer<SftpListing.Found> before) {
    journals.clock.advance(LONG);
    source
        .whole()
        .forEachRemaining(
            found -> {
              before.accept(found);
              source.collect(found);
            });
  }

  void reply() {
    journals.clock.advance(LONG);
    source.due().forEachRemaining(source::write);
  }

  /** Nothing is begun any more: another replica may lead. */
  void stop() {
    site.replica().stop();
  }

  SftpSource source() {
    return source;
  }

  /** Time passes in which the server may have said nothing. */
  void breakIfStuck(Duration later) {
    nanos.addAndGet(later.toNanos());
    source.breakIfStuck();
  }

  /** Plans what was received: a document that says "refuse" is refused. */
  void answer() {
    for (Document document :
        journal().documents().claimReceived(100_000, journals.clock.millis() + 1)) {
      Document known = JournalFixture.described(document, "order", Map.of());
      if (text(document).contains("refuse")) {
        journal()
            .documents()
            .stop(
                known,
                DocumentState.REJECTED,
                List.of(Problem.of(ProblemCode.NOT_JSON, "", "", "reason", "empty")));
      } else {
        journal()
            .documents()
            .answer(known, Optional.of("{}"), Optional.empty(), document.id(), "a test");
      }
    }
  }

  private List<ReplyFile> answers(Document document) {
    List<ReplyFile> files = new ArrayList<>();
    files.add(
        new ReplyFile("status", JsonNodeFactory.instance.objectNode().put("said", text(document))));
    files.add(
        new ReplyFile(
            "codes-1", JsonNodeFactory.instance.objectNode().put("codes", text(document))));
    return files;
  }

  String text(Document document) {
    try (var bytes = journal().chunks().payload(document.id(), document.size(), 0).open()) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  List<Document> documents() {
    return journal().documents().list(Optional.empty(), 1_000_000);
  }

  List<Document> documents(String sourcePath) {
    return documents().stream().filter(one -> one.sourcePath().equals(sourcePath)).toList();
  }

  /** How long ago the server was last looked at with success. */
  Duration silence() {
    return Duration.between(
        site.health().lastSuccess("sftp:plant").orElseThrow(), journals.clock.instant());
  }

  /** What the health says of the server. */
  HealthCheckResponse health() {
    return new SourceChecks(null, site.health(), troubles).check("sftp:plant");
  }

  List<String> open() {
    return troubles.open().stream().map(one -> one.subject() + ": " + one.reason()).toList();
  }

  @Override
  public void close() throws Exception {
    source.close();
    journals.close();
  }
}
