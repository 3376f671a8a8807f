package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** From a file to a document that cannot be lost. */
@ParameterizedClass
@EnumSource(Dialect.class)
class AcceptingTest {
  @Parameter Dialect dialect;
  private static final int LARGE = 9 * 1024 * 1024 + 17;

  @TempDir Path directory;
  private JournalFixture fixture;

  @BeforeEach
  void open() {
    fixture = new JournalFixture(directory, dialect);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aSmallDocumentIsStoredByteForByte() throws IOException {
    Document stored = fixture.accept("pharma/a", "{\"a\":\"\u0434\"}");
    assertThat(stored.state()).isEqualTo(DocumentState.RECEIVED);
    assertThat(bytes(stored)).asString().isEqualTo("{\"a\":\"\u0434\"}");
    assertThat(fixture.events(stored.id())).containsExactly("accepted");
  }

  @Test
  void anEmptyDocumentIsStored() throws IOException {
    Document stored = fixture.accept("pharma/empty", "");
    assertThat(bytes(stored)).isEmpty();
    assertThat(stored.size()).isZero();
  }

  @Test
  void aLargeDocumentIsStoredInSeveralCommits() throws IOException {
    byte[] content = new byte[LARGE];
    new Random(7).nextBytes(content);
    Watched watched = new Watched(content);
    String id =
        fixture
            .journal()
            .documents()
            .accept(fixture.arrival("pharma/large", LARGE), watched)
            .document();
    assertThat(watched.chunksAtEnd).as("chunks committed before the acceptance").isPositive();
    assertThat(watched.stateAtEnd).isEqualTo("RECEIVING");
    Document stored = fixture.find(id);
    assertThat(stored.state()).isEqualTo(DocumentState.RECEIVED);
    assertThat(stored.replyName()).contains("pharma/large");
    assertThat(bytes(stored)).isEqualTo(content);
    assertThat(fixture.count("select count(*) from documents")).isEqualTo(1);
  }

  @Test
  void theSameArrivalIsStoredOnceUntilItsSourceIsRemoved() throws IOException {
    byte[] content = new byte[LARGE];
    for (byte[] bytes : List.of(new byte[] {1, 2, 3}, content)) {
      Arrival arrival = fixture.arrival("pharma/twice", bytes.length, "path|" + bytes.length);
      Reception first = accept(arrival, bytes);
      Reception again = accept(arrival, bytes);
      assertThat(first.already()).isFalse();
      assertThat(again).isEqualTo(new Reception(first.document(), true));
      assertThat(fixture.count("select count(*) from documents where id = ?", first.document()))
          .isEqualTo(1);
      fixture.journal().documents().sourcesRemoved(Set.of(first.document()));
      assertThat(accept(arrival, bytes).already()).isFalse();
    }
    assertThat(fixture.count("select count(*) from documents")).isEqualTo(4);
    assertThat(
            fixture.count(
                "select count(*) from chunks where owner_id not in (select id from documents)"))
        .isZero();
  }

  @Test
  void otherContentUnderTheSameNameIsAnotherArrival() throws IOException {
    Arrival arrival = fixture.arrival("pharma/same", 1, "path|1|time");
    assertThat(accept(arrival, new byte[] {1}).already()).isFalse();
    assertThat(accept(arrival, new byte[] {2}).already()).isFalse();
  }

  @Test
  void aSourceThatMayStillBeThereIsListedAfterACrash() throws IOException {
    Document stored = fixture.accept("pharma/a", "{}");
    assertThat(fixture.restart().documents().sourcesNotRemoved())
        .extracting(Document::id)
        .containsExactly(stored.id());
  }

  @Test
  void anotherSizeThanExpectedStoresNothing() {
    for (int size : new int[] {10, LARGE}) {
      for (int difference : new int[] {-1, 1}) {
        Arrival arrival = fixture.arrival("pharma/growing", size);
        assertThatThrownBy(() -> accept(arrival, new byte[size + difference]))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("still being written");
      }
    }
    assertNothingStored();
  }

  @Test
  void anUnreadableSourceStoresNothing() {
    InputStream broken =
        new InputStream() {
          private int left = LARGE - 100;

          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
              throw new IOException("the disk is gone");
            }
            int count = Math.min(length, left);
            left -= count;
            return count;
          }
        };
    assertThatThrownBy(
            () ->
                fixture
                    .journal()
                    .documents()
                    .accept(fixture.arrival("pharma/broken", LARGE), broken))
        .isInstanceOf(IOException.class);
    assertNothingStored();
  }

  @Test
  void halfAReceptionIsRemovedByTheNextProcess() {
    InputStream killed =
        new ByteArrayInputStream(new byte[LARGE]) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            int count = super.read(buffer, offset, length);
            if (count < 0) {
              throw new ProcessKilled();
            }
            return count;
          }
        };
    assertThatThrownBy(
            () ->
                fixture
                    .journal()
                    .documents()
                    .accept(fixture.arrival("pharma/killed", LARGE), killed))
        .isInstanceOf(ProcessKilled.class);
    assertThat(fixture.count("select count(*) from chunks")).isPositive();
    fixture.restart();
    fixture.recover();
    assertNothingStored();
  }

  @Test
  void replyNamesAreUniqueWithoutRegardToCase() {
    List<Document> stored =
        List.of(
            fixture.accept("pharma/Report", "1"),
            fixture.accept("pharma/report", "2"),
            fixture.accept("pharma/REPORT", "3"),
            fixture.accept("pharma/\u041e\u0442\u0447\u0451\u0442", "4"),
            fixture.accept("pharma/\u043e\u0442\u0447\u0451\u0442", "5"),
            fixture.accept("water/report", "6"),
            fixture.accept("report", "7"));
    assertThat(stored)
        .extracting(one -> one.replyName().orElseThrow().toLowerCase(java.util.Locale.ROOT))
        .doesNotHaveDuplicates();
    assertThat(stored.get(0).replyName()).contains("pharma/Report");
    assertThat(stored.get(1).replyName().orElseThrow()).startsWith("pharma/report~");
    assertThat(stored.get(3).replyName()).contains("pharma/\u041e\u0442\u0447\u0451\u0442");
    assertThat(stored.get(4).replyName().orElseThrow()).contains("~");
    assertThat(stored.get(5).replyName()).contains("water/report");
    assertThat(stored.get(6).replyName()).contains("report");
  }

  @Test
  void documentsAreClaimedInTheOrderOfTheirArrivalAndByOneAtATime() {
    List<String> ids =
        List.of(
            fixture.accept("a", "1").id(),
            fixture.accept("b", "2").id(),
            fixture.accept("c", "3").id());
    long lease = fixture.clock.millis() + 1000;
    assertThat(fixture.journal().documents().claimReceived(2, lease))
        .extracting(Document::id)
        .containsExactlyElementsOf(ids.subList(0, 2));
    assertThat(fixture.journal().documents().claimReceived(5, lease))
        .extracting(Document::id)
        .containsExactly(ids.get(2));
    assertThat(fixture.journal().documents().claimReceived(5, lease)).isEmpty();
    fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(fixture.journal().documents().claimReceived(5, lease + 5000))
        .extracting(Document::id)
        .containsExactlyElementsOf(ids);
  }

  @Test
  void aRestartedProcessClaimsWhatTheOneBeforeItHadClaimed() {
    Document stored = fixture.accept("a", "1");
    fixture.claimAll();
    fixture.restart();
    fixture.recover();
    assertThat(fixture.journal().documents().claimReceived(5, fixture.clock.millis() + 1000))
        .extracting(Document::id)
        .containsExactly(stored.id());
  }

  @Test
  void aDocumentThatIsPlannedLaterWaitsForItsTime() {
    Document stored = fixture.accept("a", "1");
    fixture.claimAll();
    long later = fixture.clock.millis() + 60_000;
    fixture.journal().documents().planLater(stored.id(), attempts -> later, "the disk was full");
    assertThat(fixture.journal().documents().claimReceived(5, later)).isEmpty();
    fixture.clock.advance(Duration.ofMinutes(1));
    assertThat(fixture.journal().documents().claimReceived(5, later + 1000)).hasSize(1);
    assertThat(fixture.events(stored.id())).containsExactly("accepted", "planning failed");
  }

  private Reception accept(Arrival arrival, byte[] content) throws IOException {
    return fixture.journal().documents().accept(arrival, new ByteArrayInputStream(content));
  }

  private byte[] bytes(Document document) throws IOException {
    try (InputStream stream =
        fixture.journal().chunks().payload(document.id(), document.size(), 0).open()) {
      return stream.readAllBytes();
    }
  }

  private void assertNothingStored() {
    assertThat(fixture.count("select count(*) from documents")).isZero();
    assertThat(fixture.count("select count(*) from chunks")).isZero();
    assertThat(fixture.count("select count(*) from arrivals")).isZero();
  }

  /** Stands for kill -9. */
  private static final class ProcessKilled extends Error {}

  /** Looks at the journal when its last byte was read, before the document is accepted. */
  private final class Watched extends ByteArrayInputStream {
    private long chunksAtEnd;
    private String stateAtEnd = "";

    Watched(byte[] content) {
      super(Arrays.copyOf(content, content.length));
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) {
      int count = super.read(buffer, offset, length);
      if (count < 0) {
        chunksAtEnd = fixture.count("select count(*) from chunks");
        stateAtEnd =
            fixture
                .journal()
                .database()
                .read(
                    "watching",
                    transaction ->
                        transaction
                            .first("select state from documents", row -> row.getString(1))
                            .orElse(""));
      }
      return count;
    }
  }
}
