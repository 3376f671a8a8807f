package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.Patience;
import io.markbridge.document.Document;
import io.markbridge.journal.HeldArrivals;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalCopy;
import io.markbridge.journal.JournalFixture;
import io.markbridge.journal.RestoredCopy;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.outbox.Outbox;
import io.markbridge.outbox.OutboxDatabase;
import io.markbridge.outbox.OutboxRow;
import io.markbridge.outbox.OutboxTable;
import io.markbridge.outbox.TestOutbox;
import io.markbridge.procedure.Bridge;
import io.markbridge.process.TraceCollector;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import io.markbridge.traces.OtlpTraces;
import io.markbridge.traces.Traces;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.event.CamelContextStartedEvent;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bridges that die between storing a row and saying so, and others that take it meanwhile. */
class OutboxTest {
  private static final Duration LEASE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();

  /** How much later it is for the bridge than for the database. */
  private Duration later = Duration.ZERO;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return Clock.systemUTC().instant().plus(later);
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }
      };

  private final Troubles troubles = new Troubles(clock);
  private final SourceHealth sources = new SourceHealth(troubles, new NoEvents(), clock);
  private TestOutbox legacy;
  private Settings settings;
  private String row;

  @BeforeEach
  void prepare() {
    legacy = TestOutbox.of(OutboxDatabase.SQLITE, folder);
    settings = settings(Map.of());
    row = legacy.insert("K-1", "{\"products\":[]}");
  }

  private Settings settings(Map<String, String> more) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "markbridge.outbox.erp.url",
                legacy.url(),
                "markbridge.outbox.erp.lease",
                LEASE.toSeconds() + "s",
                "markbridge.accounts.default.login",
                "demo",
                "markbridge.accounts.default.password",
                "demo"));
    all.putAll(more);
    return new Settings(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(all, "test", 100))
            .build());
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  @Test
  void whoDiedBeforeItSaidSoLosesTheRowToAnotherJournal() throws Exception {
    Journal first = journal("first");
    Journal second = journal("second");
    storedAndDied(first, false);
    assertThat(planned(first)).as("before its row says so").isEmpty();

    CollectOutbox other = collector(second);
    takeAfterLease(other);
    assertThat(planned(second)).hasSize(1);
    assertThat(legacy.value(row, "document")).isEqualTo(documents(second).get(0).id());

    round(collector(first));
    assertThat(documents(first)).as("nothing of it stays").isEmpty();
    assertThat(legacy.value(row, "state")).isEqualTo("TAKEN");
  }

  @Test
  void whoDiedAfterItSaidSoGoesOn() throws Exception {
    Journal first = journal("first");
    storedAndDied(first, true);
    assertThat(planned(first)).isEmpty();

    round(collector(first));
    assertThat(planned(first)).hasSize(1);
    round(collector(first));
    assertThat(documents(first)).hasSize(1);
  }

  @Test
  void whatIsReleasedAfterADeathIsCountedAndTracedOnce() throws Exception {
    Journal first = journal("first");
    String stored = storedAndDied(first, true);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics.addRegistry(registry);
    opened.add(() -> Metrics.removeRegistry(registry));
    try (TraceCollector spans = TraceCollector.start()) {
      OtlpTraces.Target target =
          new OtlpTraces.Target(spans.uri(), Optional.empty(), "of a test", "one");
      OtlpTraces traces = OtlpTraces.start(target, failure -> {}, () -> {});
      round(collector(first));
      round(collector(first));
      traces.close();
      Patience.await("a span").until(() -> !spans.spans().isEmpty());
      assertThat(spans.spans())
          .extracting(TraceCollector.Told::name, span -> span.attribute(Traces.DOCUMENT))
          .containsExactly(Assertions.tuple("collect", stored));
    }
    assertThat(registry.counter(DocumentCounts.RECEIVED, "source", "outbox:erp").count())
        .isEqualTo(1);
    assertThat(first.documents().held().release(List.of(stored)))
        .as("another bridge that finds it too")
        .isEmpty();
  }

  @Test
  void withOneJournalTheOtherFindsWhatTheDeadOneStored() throws Exception {
    Journal shared = journal("shared");
    String stored = storedAndDied(shared, false);

    takeAfterLease(collector(shared));
    assertThat(documents(shared)).extracting(Document::id).containsExactly(stored);
    assertThat(planned(shared)).hasSize(1);
    assertThat(legacy.value(row, "document")).isEqualTo(stored);
  }

  @Test
  void whoSleptThroughItsLeaseThrowsItsDocumentAway() throws Exception {
    Journal first = journal("first");
    Journal second = journal("second");
    CollectOutbox sleeper = collector(first);
    Iterator<CollectOutbox.Claimed> some = sleeper.claimed("erp");
    assertThat(some.hasNext()).isTrue();
    CollectOutbox.Claimed claimed = some.next();

    takeAfterLease(collector(second));
    sleeper.take(claimed);
    assertThat(planned(first)).as("its claim is over").isEmpty();
    round(sleeper);
    assertThat(documents(first)).isEmpty();
    assertThat(planned(second)).hasSize(1);
  }

  @Test
  void aRowThatTheLegacySystemTookBackIsForgotten() throws Exception {
    Journal first = journal("first");
    storedAndDied(first, false);
    legacy.execute("delete from markbridge_outbox");

    round(collector(first));
    assertThat(documents(first)).isEmpty();
  }

  @Test
  void whatWaitsForItsRowHoldsUpNoOtherDocument() throws Exception {
    JournalFixture fixture = new JournalFixture(Files.createDirectories(folder.resolve("one")));
    opened.add(fixture);
    storedAndDied(fixture.journal(), false);
    Document later = fixture.accept("beer/later", "{}");

    assertThat(planned(fixture.journal())).extracting(Document::id).containsExactly(later.id());
    assertThat(fixture.journal().documents().leaveToOlder(later)).isFalse();
  }

  @Test
  void aRowThatMayNotBeTakenKeepsNoOtherWaiting() throws Exception {
    String poison = legacy.insert("poison", "{\"products\":[]}");
    String other = legacy.insert("K-2", "{\"products\":[]}");
    legacy.forbid("poison", "state = 'TAKEN'");
    Journal journal = journal("first");
    CollectOutbox collector = collector(journal);

    round(collector);
    assertThat(List.of(legacy.value(row, "state"), legacy.value(other, "state")))
        .containsOnly("TAKEN");
    assertThat(planned(journal)).hasSize(2);
    assertThat(legacy.value(poison, "state")).isEqualTo("NEW");
    assertThat(troubles.open("outbox:erp").orElseThrow().reason())
        .startsWith("config/sql/sqlite/taken.sql failed: ")
        .contains("the site says no");

    Instant before = sources.lastSuccess("outbox:erp").orElseThrow();
    later = LEASE.dividedBy(2);
    round(collector);
    assertThat(troubles.open("outbox:erp")).isPresent();
    assertThat(sources.lastSuccess("outbox:erp").orElseThrow())
        .as("the others flow")
        .isAfterOrEqualTo(before.plus(later));

    legacy.allow("poison");
    passLease();
    round(collector);
    assertThat(legacy.value(poison, "state"))
        .as("it is taken when it may be, once")
        .isEqualTo("TAKEN");
    assertThat(documents(journal)).hasSize(3);
    later = later.plus(LEASE.multipliedBy(4));
    round(collector);
    assertThat(troubles.open("outbox:erp")).as("the trouble is over").isEmpty();
  }

  /** Claims end, and what is tried a lease apart is tried again. */
  private void passLease() {
    legacy.passLeases(LEASE);
    later = later.plus(LEASE);
  }

  /** Only the site can mend that: its statement stumbles over one row in the database itself. */
  @Test
  void aStatementThatFailsIsNamedAndOtherOutboxesGoOn() throws Exception {
    Path own = Files.createDirectories(folder.resolve("site/config/sql/own"));
    Files.writeString(
        own.resolve("due.sql"),
        Files.readString(Path.of("config/sql/sqlite/due.sql"))
            .replace("due.kind,", "json_extract(due.payload, '$.kind') as kind,"));
    settings =
        settings(
            Map.of(
                "markbridge.outbox.erp.statements",
                "own",
                "markbridge.outbox.mes.url",
                legacy.url().replace("outbox.db", "mes.db")));
    Files.copy(folder.resolve("outbox.db"), folder.resolve("mes.db"));
    String poison = legacy.insert("K-2", "no JSON");
    Journal journal = journal("first");
    CollectOutbox collector = collector(journal, new SiteFiles(folder.resolve("site")));

    round(collector);
    round(collector, "mes");
    assertThat(documents(journal)).extracting(Document::source).containsExactly("outbox:mes");
    assertThat(troubles.open("outbox:erp").orElseThrow().reason())
        .startsWith("config/sql/own/due.sql failed: ")
        .contains("malformed JSON");
    assertThat(troubles.open("outbox:mes")).isEmpty();
    assertThat(sources.lastSuccess("outbox:erp")).isEmpty();
    assertThat(sources.lastSuccess("outbox:mes")).isPresent();

    legacy.execute("delete from markbridge_outbox where id = " + poison);
    takeAfterLease(collector);
    assertThat(troubles.open("outbox:erp")).isEmpty();
  }

  @Test
  void aRowOfWhichNothingCanBeToldKeepsNoOtherWaiting() throws Exception {
    Path own = Files.createDirectories(folder.resolve("site/config/sql/own"));
    Files.writeString(
        own.resolve("row.sql"),
        "select json_extract(document, '$') from markbridge_outbox where id = :id");
    Journal journal = journal("first");
    String stored = storedAndDied(journal, true);
    settings =
        settings(
            Map.of(
                "markbridge.outbox.erp.statements", "own", "markbridge.outbox.erp.lease", "60s"));
    String other = legacy.insert("K-2", "{\"products\":[]}");
    CollectOutbox collector = collector(journal, new SiteFiles(folder.resolve("site")));

    round(collector);
    assertThat(legacy.value(other, "state")).isEqualTo("TAKEN");
    assertThat(documents(journal)).extracting(Document::id).contains(stored).hasSize(2);
    assertThat(planned(journal)).hasSize(1);
    assertThat(troubles.open("outbox:erp rows").orElseThrow().reason())
        .startsWith("config/sql/own/row.sql failed: ");
    later = Duration.ofSeconds(59);
    troubles.endQuiet();
    assertThat(troubles.open("outbox:erp rows")).as("until it is asked again").isPresent();
  }

  @Test
  void aRowThatIsTooLargeForTheDiskHoldsUpNoOther() throws Exception {
    legacy.execute("delete from markbridge_outbox");
    String large = legacy.insert("K-1", "{\"products\":[" + " ".repeat(20_000) + "]}");
    String small = legacy.insert("K-2", "{\"products\":[]}");
    Journal journal = journal("first");

    round(collector(journal, new DiskRoom(() -> DiskRoom.RESERVE + 10_000, DiskRoom.STORED)));

    assertThat(legacy.value(small, "state")).isEqualTo("TAKEN");
    assertThat(legacy.value(large, "state")).isEqualTo("NEW");
    assertThat(planned(journal)).hasSize(1);
  }

  /** It is tried a lease apart: health and log must not say each time that it is over. */
  @Test
  void aRowThatWaitsForRoomIsOneTroubleUntilThereIsSome() throws Exception {
    settings = settings(Map.of("markbridge.outbox.erp.lease", "60s"));
    legacy.execute("delete from markbridge_outbox");
    String large = legacy.insert("K-1", "{\"products\":[" + " ".repeat(20_000) + "]}");
    AtomicLong usable = new AtomicLong(DiskRoom.RESERVE + 10_000);
    CollectOutbox collector =
        collector(journal("first"), new DiskRoom(usable::get, DiskRoom.STORED));
    Set<Instant> since = new HashSet<>();
    for (int lease = 0; lease < 5; lease++) {
      round(collector);
      for (int second = 0; second < 60; second += 10) {
        later = later.plusSeconds(10);
        troubles.endQuiet();
        since.add(troubles.open("outbox:erp rows").orElseThrow().since());
      }
      legacy.execute("update markbridge_outbox set lease_until = 0");
    }
    assertThat(since).as("began once").hasSize(1);

    usable.set(Long.MAX_VALUE);
    round(collector);
    assertThat(legacy.value(large, "state")).isEqualTo("TAKEN");
    later = later.plusSeconds(190);
    troubles.endQuiet();
    assertThat(troubles.open()).isEmpty();
  }

  @Test
  void smallRowsAreNotClaimedWhileTheReserveIsNotFree() throws Exception {
    AtomicLong usable = new AtomicLong(DiskRoom.RESERVE - 1);
    Journal journal = journal("first");
    CollectOutbox collector = collector(journal, new DiskRoom(usable::get, DiskRoom.STORED));

    round(collector);
    assertThat(List.of(legacy.value(row, "state"), legacy.value(row, "attempts")))
        .containsExactly("NEW", "0");
    assertThat(documents(journal)).isEmpty();
    assertThat(troubles.open("outbox:erp rows").orElseThrow().reason()).contains("64 MB free");

    usable.set(DiskRoom.RESERVE);
    round(collector);
    assertThat(legacy.value(row, "state")).isEqualTo("TAKEN");
  }

  @Test
  void rowsThatAreGivenBackAfterARestoreArePerhapsSentAlready() throws Exception {
    JournalFixture lost = new JournalFixture(Files.createDirectories(folder.resolve("lost")));
    opened.add(lost);
    Path restored = Files.createDirectories(folder.resolve("restored"));
    JournalCopy.make(lost.journal(), restored.resolve("markbridge.db"));
    takeAfterLease(collector(lost.journal()));
    JournalFixture copy = new JournalFixture(restored);
    opened.add(copy);
    copy.clock.advance(Duration.ofHours(1));
    assertThat(new RestoredCopy(copy.journal(), copy.preset().calls()).takeIntoUse()).isPresent();
    String newer = legacy.insert("K-2", "{\"products\":[]}");
    legacy.execute(
        "update markbridge_outbox set state = 'NEW', document = null, lease_until = 0;"
            + written(row, copy.clock.instant().minusSeconds(1))
            + written(newer, copy.clock.instant().plusSeconds(1)));

    round(collector(copy.journal()));

    String looked = "select count(*) from documents where copied_at = ? and source_path = ?";
    long madeAt = lost.clock.millis();
    assertThat(copy.count(looked, madeAt, row + " K-1.json")).isEqualTo(1);
    assertThat(copy.count(looked, madeAt, newer + " K-2.json")).isZero();
    assertThat(documents(copy.journal())).hasSize(2);
  }

  @Test
  void anOutboxIsNotSilentWhileItsRowsAreTaken() throws Exception {
    CollectOutbox collector = collector(journal("first"));
    Iterator<CollectOutbox.Claimed> some = collector.claimed("erp");
    assertThat(some.hasNext()).isTrue();
    CollectOutbox.Claimed claimed = some.next();
    later = Duration.ofMinutes(10);
    collector.take(claimed);
    assertThat(sources.lastSuccess("outbox:erp").orElseThrow())
        .isAfter(clock.instant().minusSeconds(60));
  }

  /** Each piece of it tells: also where the row cannot be read to its end. */
  @Test
  void anOutboxIsNotSilentWhileALargeRowComes() throws Exception {
    legacy.execute("delete from markbridge_outbox");
    legacy.insert("K-1", "{\"products\":[" + " ".repeat(20_000) + "]}");
    Journal journal = journal("first");
    CollectOutbox collector = collector(journal);
    Iterator<CollectOutbox.Claimed> some = collector.claimed("erp");
    assertThat(some.hasNext()).isTrue();
    CollectOutbox.Claimed claimed = some.next();
    later = Duration.ofMinutes(10);
    legacy.execute("alter table markbridge_outbox rename column payload to damaged");
    collector.take(claimed);
    assertThat(documents(journal)).isEmpty();
    assertThat(sources.lastSuccess("outbox:erp").orElseThrow())
        .isAfter(clock.instant().minusSeconds(60));
  }

  private static String written(String id, Instant at) {
    return "update markbridge_outbox set created_at = '" + at + "' where id = " + id + ";";
  }

  /** A site's own folder of routes may have the file and not the template. */
  @Test
  void anOutboxWithoutItsRoutesIsInTrouble() throws Exception {
    Outboxes outboxes = new Outboxes(settings, sources, troubles, journal("first"), clock);
    opened.add(outboxes::close);
    outboxes.open(SiteFiles.here(), System::nanoTime);
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      outboxes.started(new CamelContextStartedEvent(camel));
    }
    assertThat(troubles.of("outbox:erp").get(0).reason()).contains("-outbox");
  }

  @Test
  void aRowThatWasClaimedOftenIsNotRefusedForOneFailedReading() throws Exception {
    legacy.execute("delete from markbridge_outbox");
    String large = legacy.insert("K-1", "{\"products\":[" + " ".repeat(20_000) + "]}");
    legacy.execute("update markbridge_outbox set attempts = 7");
    Journal journal = journal("first");
    CollectOutbox collector = collector(journal);
    for (int reading = 1; reading < 5; reading++) {
      unreadable(collector);
      assertThat(legacy.value(large, "state")).as("failed reading " + reading).isEqualTo("NEW");
      assertThat(documents(journal)).isEmpty();
    }

    unreadable(collector);
    assertThat(legacy.value(large, "state")).as("most-attempts is 5").isEqualTo("TAKEN");
  }

  /** Claims the row, whose payload cannot be read then, and ends its claim. */
  private void unreadable(CollectOutbox collector) {
    Iterator<CollectOutbox.Claimed> claimed = collector.claimed("erp");
    assertThat(claimed.hasNext()).isTrue();
    CollectOutbox.Claimed some = claimed.next();
    legacy.execute("alter table markbridge_outbox rename column payload to damaged");
    collector.take(some);
    legacy.execute("alter table markbridge_outbox rename column damaged to payload");
    legacy.execute("update markbridge_outbox set lease_until = 0");
  }

  /** A bridge that ends between two steps of taking the row; gives its document. */
  private String storedAndDied(Journal journal, boolean acknowledged) throws Exception {
    Outbox outbox = Outbox.all(settings).get(0);
    try (OutboxTable table = new OutboxTable(outbox, SiteFiles.here(), "dead")) {
      OutboxRow claimed = table.claim().get(0);
      byte[] bytes = RowArrival.bytes(claimed, table.payload(claimed)).readAllBytes();
      RowArrival arrivals = new RowArrival(settings, LegacyApi.load(SiteFiles.here(), "suz"));
      HeldArrivals.Small small =
          new HeldArrivals.Small(
              RowArrival.sized(
                  arrivals.of(outbox, claimed, claimed.piece().binary()), bytes.length),
              bytes);
      String document = journal.documents().held().accept(List.of(small)).get(0).document();
      if (acknowledged) {
        assertThat(table.taken(Map.of(claimed, document))).containsExactly(document);
      }
      return document;
    }
  }

  private Journal journal(String name) throws Exception {
    JournalFixture fixture = new JournalFixture(Files.createDirectories(folder.resolve(name)));
    opened.add(fixture);
    return fixture.journal();
  }

  private CollectOutbox collector(Journal journal) throws Exception {
    return collector(journal, SiteFiles.here());
  }

  private CollectOutbox collector(Journal journal, SiteFiles files) throws Exception {
    return collector(journal, files, new DiskRoom(() -> Long.MAX_VALUE, DiskRoom.STORED));
  }

  private CollectOutbox collector(Journal journal, DiskRoom diskRoom) throws Exception {
    return collector(journal, SiteFiles.here(), diskRoom);
  }

  private CollectOutbox collector(Journal journal, SiteFiles files, DiskRoom diskRoom)
      throws Exception {
    Outboxes outboxes = new Outboxes(settings, sources, troubles, journal, clock);
    outboxes.open(files, () -> System.nanoTime() + later.toNanos());
    opened.add(outboxes::close);
    Bridge bridge =
        new Bridge(
            journal,
            settings,
            null,
            null,
            LegacyApi.load(SiteFiles.here(), "suz"),
            null,
            null,
            null,
            null,
            null,
            null);
    Replica replica = new Replica(journal, settings, Clock.systemUTC());
    replica.beat();
    return new CollectOutbox(
        outboxes, journal, bridge, replica, troubles, settings, clock, diskRoom);
  }

  private static void round(CollectOutbox collector) {
    round(collector, "erp");
  }

  private static void round(CollectOutbox collector, String outbox) {
    Iterator<CollectOutbox.Claimed> claimed = collector.claimed(outbox);
    while (claimed.hasNext()) {
      collector.take(claimed.next());
    }
  }

  /** Once the lease of the one before has ended. */
  private void takeAfterLease(CollectOutbox collector) {
    passLease();
    round(collector);
    assertThat(legacy.value(row, "state")).isEqualTo("TAKEN");
  }

  /** What may be planned now. */
  private static List<Document> planned(Journal journal) {
    return journal.documents().claimReceived(10, journal.now() + 60_000);
  }

  private static List<Document> documents(Journal journal) {
    return journal.documents().list(java.util.Optional.empty(), 10);
  }
}
