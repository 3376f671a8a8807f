package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Purpose;
import io.markbridge.document.SubmissionState;
import io.markbridge.document.TimeOrderedId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is removed after its time, and what never is. */
@ParameterizedClass
@EnumSource(Dialect.class)
class RetentionTest {
  @Parameter Dialect dialect;
  private static final Duration PAYLOADS = Duration.ofDays(90);
  private static final Duration TIMELINE = Duration.ofDays(1095);

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
  void payloadsGoAfterTheirTimeAndTheTimelineLater() {
    Document document = ended("a");
    fixture.clock.advance(PAYLOADS.minusSeconds(1));
    assertThat(apply()).isZero();
    fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(apply()).isEqualTo(1);
    assertThat(fixture.count("select count(*) from chunks")).isZero();
    assertThat(fixture.events(document.id())).isNotEmpty();
    fixture.clock.advance(TIMELINE);
    assertThat(apply()).isEqualTo(1);
    assertThat(fixture.events(document.id())).isEmpty();
    assertThat(fixture.find(document.id()).state()).isEqualTo(DocumentState.DONE);
    assertThat(apply()).isZero();
  }

  @Test
  void whatSomebodyStillWaitsForIsKept() {
    Document held = fixture.accepted("held", "order");
    fixture.claimAll();
    fixture.journal().documents().stop(held, DocumentState.HELD, List.of());
    Document inDoubt = fixture.accepted("doubt", "order");
    fixture.claimAll();
    fixture.plan(inDoubt, 0);
    fixture.record(fixture.claim(Purpose.STATEMENT).get(0), SubmissionState.IN_DOUBT);
    Document notReplied = ended("not-replied");
    fixture
        .journal()
        .database()
        .change(
            JournalCommit.NOTE,
            transaction ->
                transaction.update(
                    "update documents set replied_number = 0 where id = ?", notReplied.id()));
    fixture.clock.advance(TIMELINE.multipliedBy(2));
    assertThat(apply()).isZero();
    for (Document kept : List.of(held, inDoubt, notReplied)) {
      assertThat(fixture.count("select count(*) from chunks where owner_id = ?", kept.id()))
          .isEqualTo(1);
      assertThat(fixture.events(kept.id())).isNotEmpty();
    }
  }

  @Test
  void theRoomGoesBackToTheDisk() {
    // PostgreSQL reuses the room by itself.
    assumeThat(dialect).isEqualTo(Dialect.SQLITE);
    StringBuilder large = new StringBuilder("{\"filler\":\"");
    large.append("x".repeat(3_000_000)).append("\"}");
    Document document = fixture.accept("large", large.toString());
    fixture.claimAll();
    fixture.journal().documents().stop(document, DocumentState.REJECTED, List.of());
    fixture
        .journal()
        .documents()
        .replied(document.id(), fixture.find(document.id()).changeNumber());
    long pages = pages();
    fixture.clock.advance(PAYLOADS.plusDays(1));
    assertThat(apply()).isEqualTo(1);
    assertThat(pages()).isLessThan(pages - 500);
  }

  /** Whoever wants to write waits for whoever writes. */
  @Test
  void anEmptyRoundWritesNothing() throws Exception {
    Document held = fixture.accepted("held", "order");
    fixture.claimAll();
    fixture.journal().documents().stop(held, DocumentState.HELD, List.of());
    ended("one");
    ended("another");
    fixture.clock.advance(TIMELINE.plusDays(1));
    assertThat(apply()).isEqualTo(4);
    ended("new");
    AtomicBoolean written = new AtomicBoolean();
    Journal watched = fixture.watched(() -> written.set(true));
    assertThat(new Retention(watched).apply(PAYLOADS, TIMELINE)).isZero();
    assertThat(written).isFalse();

    fixture.clock.advance(PAYLOADS.plusDays(1));
    assertThat(new Retention(watched).apply(PAYLOADS, TIMELINE)).isEqualTo(1);
    assertThat(written).isTrue();
  }

  /** Of both tables, what is due is found without reading what is not. */
  @Test
  void whatIsLookedAtIsInAnIndex() {
    for (String table : List.of("chunks", "timeline")) {
      String sql =
          Retention.owners(table)
              .replaceFirst("document_id > \\?", "document_id > ''")
              .replaceFirst("document_id < \\?", "document_id < '" + TimeOrderedId.first(0) + "'")
              .replaceFirst("limit \\?", "limit 20")
              .replaceFirst("finished_at < \\?", "finished_at < 1");
      List<String> plan =
          fixture
              .journal()
              .database()
              .read(
                  "a plan",
                  transaction -> {
                    if (dialect == Dialect.SQLITE) {
                      return transaction.list("explain query plan " + sql, row -> row.getString(4));
                    }
                    // Small tables are read whole otherwise.
                    transaction.execute("set enable_seqscan = off");
                    List<String> lines =
                        transaction.list("explain " + sql, row -> row.getString(1));
                    transaction.execute("set enable_seqscan = on");
                    return lines;
                  });
      assertThat(String.join("\n", plan))
          .contains(table + "_by_document")
          .doesNotContainIgnoringCase("temp b-tree for distinct")
          .doesNotContain("SCAN " + table)
          .doesNotContain("SCAN documents")
          .doesNotContain("Seq Scan");
    }
  }

  /** More than one batch, with some between that stay. */
  @Test
  void allThatIsDueGoesInOneRound() {
    for (int number = 0; number < 50; number++) {
      ended("due " + number);
      if (number % 3 == 0) {
        fixture.accepted("under way " + number, "order");
      }
    }
    fixture.clock.advance(PAYLOADS.plusDays(1));
    assertThat(apply()).isEqualTo(50);
    assertThat(fixture.count("select count(distinct document_id) from chunks")).isEqualTo(17);
    assertThat(apply()).isZero();
  }

  private long pages() {
    return fixture.count("select page_count from pragma_page_count");
  }

  private Document ended(String name) {
    Document document = fixture.accepted(name, "order");
    fixture.claimAll();
    fixture.plan(document, 0);
    fixture.record(fixture.claim(Purpose.STATEMENT).get(0), SubmissionState.DONE);
    fixture
        .journal()
        .documents()
        .replied(document.id(), fixture.find(document.id()).changeNumber());
    return document;
  }

  private int apply() {
    return new Retention(fixture.journal()).apply(PAYLOADS, TIMELINE);
  }
}
