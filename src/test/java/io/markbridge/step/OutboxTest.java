package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Document;
import io.markbridge.journal.HeldArrivals;
import io.markbridge.journal.Journal;
import io.markbridge.journal.JournalFixture;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.outbox.Outbox;
import io.markbridge.outbox.OutboxDatabase;
import io.markbridge.outbox.OutboxRow;
import io.markbridge.outbox.OutboxTable;
import io.markbridge.outbox.TestOutbox;
import io.markbridge.procedure.Bridge;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bridges that die between storing a row and saying so, and others that take it meanwhile. */
class OutboxTest {
  @TempDir Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private TestOutbox legacy;
  private Settings settings;
  private String row;

  @BeforeEach
  void prepare() {
    legacy = TestOutbox.of(OutboxDatabase.SQLITE, folder);
    settings =
        new Settings(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(
                        Map.of(
                            "markbridge.outbox.erp.url", legacy.url(),
                            "markbridge.outbox.erp.lease", "1s",
                            "markbridge.accounts.default.login", "demo",
                            "markbridge.accounts.default.password", "demo"),
                        "test",
                        100))
                .build());
    row = legacy.insert("K-1", "{\"products\":[]}");
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
    untilTaken(other);
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
  void withOneJournalTheOtherFindsWhatTheDeadOneStored() throws Exception {
    Journal shared = journal("shared");
    String stored = storedAndDied(shared, false);

    untilTaken(collector(shared));
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

    untilTaken(collector(second));
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
    return collector(journal, new DiskRoom(() -> Long.MAX_VALUE, DiskRoom.STORED));
  }

  private CollectOutbox collector(Journal journal, DiskRoom diskRoom) throws Exception {
    Clock clock = Clock.systemUTC();
    Troubles troubles = new Troubles(clock);
    Outboxes outboxes =
        new Outboxes(
            settings, new SourceHealth(troubles, new NobodyListens(), clock), journal, clock);
    outboxes.open();
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
    Replica replica = new Replica(journal, settings, clock);
    replica.beat();
    return new CollectOutbox(
        outboxes, journal, bridge, replica, troubles, settings, clock, diskRoom);
  }

  private static void round(CollectOutbox collector) {
    Iterator<CollectOutbox.Claimed> claimed = collector.claimed("erp");
    while (claimed.hasNext()) {
      collector.take(claimed.next());
    }
  }

  /** Once the lease of the one before has ended. */
  private void untilTaken(CollectOutbox collector) {
    Awaitility.await("the row is taken")
        .until(
            () -> {
              round(collector);
              return "TAKEN".equals(legacy.value(row, "state"));
            });
  }

  /** What may be planned now. */
  private static List<Document> planned(Journal journal) {
    return journal.documents().claimReceived(10, journal.now() + 60_000);
  }

  private static List<Document> documents(Journal journal) {
    return journal.documents().list(java.util.Optional.empty(), 10);
  }

  private static final class NobodyListens implements Event<SourceKnown> {
    @Override
    public void fire(SourceKnown event) {}

    @Override
    public <U extends SourceKnown> CompletionStage<U> fireAsync(U event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <U extends SourceKnown> CompletionStage<U> fireAsync(
        U event, NotificationOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Event<SourceKnown> select(Annotation... qualifiers) {
      return this;
    }

    @Override
    public <U extends SourceKnown> Event<U> select(Class<U> type, Annotation... qualifiers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <U extends SourceKnown> Event<U> select(TypeLiteral<U> type, Annotation... qualifiers) {
      throw new UnsupportedOperationException();
    }
  }
}
