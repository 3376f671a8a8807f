package io.markbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.settings.SiteFiles;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements of one database, with the rights of the printed schema and no more. */
abstract class OutboxTableCases {
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Charset CYRILLIC = Charset.forName("windows-1251");

  @TempDir Path folder;

  private final OutboxDatabase database;
  private final List<OutboxTable> opened = new ArrayList<>();
  TestOutbox legacy;
  private Duration later = Duration.ZERO;

  OutboxTableCases(OutboxDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void prepare() {
    legacy = TestOutbox.of(database, folder);
  }

  @AfterEach
  void close() {
    opened.forEach(OutboxTable::close);
  }

  private OutboxTable bridge(String owner) throws Exception {
    Outbox outbox =
        new Outbox(
            "erp",
            legacy.url(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            LEASE,
            3,
            Duration.ofMillis(50),
            1_000_000,
            5,
            Optional.empty());
    OutboxTable table = new OutboxTable(outbox, SiteFiles.here(), owner, () -> later.toNanos());
    opened.add(table);
    return table;
  }

  /** Claims end, and rows that were refused are tried again. */
  private void passLease() {
    legacy.passLeases(LEASE);
    later = later.plus(LEASE);
  }

  @Test
  void aClaimedRowBelongsToOneBridgeUntilItsLeaseEnds() throws Exception {
    String id = legacy.insert("K-1", "{}");
    OutboxTable first = bridge("first");
    OutboxTable second = bridge("second");

    OutboxRow claimed = first.claim().get(0);
    assertThat(claimed.id()).isEqualTo(id);
    assertThat(claimed.attempt()).isEqualTo(1);
    assertThat(second.claim()).isEmpty();

    passLease();
    List<OutboxRow> reclaimed = second.claim();
    assertThat(reclaimed).extracting(OutboxRow::attempt).containsExactly(2L);

    assertThat(first.taken(Map.of(claimed, "late"))).as("its claim is over").isEmpty();
    assertThat(first.renew(claimed)).isFalse();
    assertThat(second.renew(reclaimed.get(0))).isTrue();
    assertThat(second.taken(Map.of(reclaimed.get(0), "document"))).containsExactly("document");
    assertThat(first.fates(List.of(id, "999999")))
        .containsEntry(id, new OutboxTable.Fate.Taken("document"))
        .containsEntry("999999", new OutboxTable.Fate.Gone());
    assertThat(second.taken(Map.of(reclaimed.get(0), "again"))).as("taken once").isEmpty();
  }

  @Test
  void theSameBridgeMayNotAcknowledgeAnEarlierClaimOfItsOwn() throws Exception {
    legacy.insert("K-1", "{}");
    OutboxTable bridge = bridge("one");
    OutboxRow early = bridge.claim().get(0);
    passLease();
    OutboxRow late = bridge.claim().get(0);

    assertThat(bridge.taken(Map.of(early, "early"))).isEmpty();
    assertThat(bridge.taken(Map.of(late, "late"))).containsExactly("late");
  }

  @Test
  void rowsOfOneKeyAreTakenOneAfterTheOther() throws Exception {
    String order = legacy.insert("K-1", "{\"order\":1}");
    String report = legacy.insert("K-1", "{\"report\":1}");
    String other = legacy.insert("K-2", "{}");
    Map<String, Object> keyless = new HashMap<>();
    keyless.put("payload", "{}");
    String free = legacy.insert(keyless);
    OutboxTable first = bridge("first");
    OutboxTable second = bridge("second");

    List<OutboxRow> claimed = first.claim();
    assertThat(claimed).extracting(OutboxRow::id).containsExactly(order, other, free);
    assertThat(second.claim()).as("past one that is not taken").isEmpty();

    first.taken(Map.of(claimed.get(0), "document"));
    assertThat(second.claim()).extracting(OutboxRow::id).containsExactly(report);
  }

  @Test
  void aClaimOnItsWayIsPassedOverAndItsKeysAreNotOvertaken() throws Exception {
    legacy.insert("K-1", "{}");
    legacy.insert("K-1", "{}");
    String other = legacy.insert("K-2", "{}");
    OutboxTable bridge = bridge("one");
    try (Connection claiming = legacy.connect();
        Statement statement = claiming.createStatement()) {
      if (database == OutboxDatabase.SQLITE) {
        return; // There is no other writer beside a claim.
      }
      claiming.setAutoCommit(false);
      statement.execute(
          "select id from markbridge_outbox where legacy_key = 'K-1' order by id limit 1 for"
              + " update");

      assertThat(bridge.claim()).extracting(OutboxRow::id).containsExactly(other);
      claiming.rollback();
    }
    assertThat(bridge.claim()).hasSize(1);
  }

  @Test
  void whatIsCommittedLateWithALowerIdIsNotSkipped() throws Exception {
    if (database == OutboxDatabase.SQLITE) {
      return; // Its ids come in the order of its commits.
    }
    OutboxTable bridge = bridge("one");
    try (Connection slow = legacy.connect()) {
      slow.setAutoCommit(false);
      String early = legacy.insert(slow, Map.of("legacy_key", "K-1", "payload", "{}"));
      String late = legacy.insert("K-2", "{}");
      assertThat(Long.parseLong(early)).isLessThan(Long.parseLong(late));
      List<OutboxRow> claimed = bridge.claim();
      assertThat(claimed).extracting(OutboxRow::id).containsExactly(late);
      bridge.taken(Map.of(claimed.get(0), "document"));

      slow.commit();
      assertThat(bridge.claim()).extracting(OutboxRow::id).containsExactly(early);
    }
  }

  @Test
  void aRowSaysAllThatItsColumnsSay() throws Exception {
    legacy.insert(
        Map.of(
            "legacy_key", "Заказ 1",
            "account", "north",
            "product_group", "beer",
            "kind", "order",
            "request", "POST /api/v2/beer/orders",
            "payload", "{\"name\":\"Пиво 🍺\"}",
            "business_place_id", "17",
            "release_type", " "));

    OutboxRow row = bridge("one").claim().get(0);

    assertThat(row.legacyKey()).contains("Заказ 1");
    assertThat(row.account()).contains("north");
    assertThat(row.productGroup()).contains("beer");
    assertThat(row.kind()).contains("order");
    assertThat(row.request()).contains("POST /api/v2/beer/orders");
    assertThat(row.given()).isEqualTo(Map.of("businessPlaceId", "17"));
    assertThat(OutboxTable.isWhole(row)).isTrue();
    assertThat(new String(row.piece().bytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"name\":\"Пиво 🍺\"}");
  }

  @Test
  void aRowSaysWhenItWasWrittenWhereTheStatementDoes() throws Exception {
    legacy.insert("K-1", "{}");
    assertThat(Instant.ofEpochMilli(bridge("one").claim().get(0).madeAt().orElseThrow()))
        .isCloseTo(Instant.now(), Assertions.within(10, ChronoUnit.MINUTES));

    String standard =
        java.nio.file.Files.readString(Path.of("config/sql/" + database.folder() + "/due.sql"));
    Path own = java.nio.file.Files.createDirectories(folder.resolve("config/sql/undated"));
    java.nio.file.Files.writeString(
        own.resolve("due.sql"), standard.replaceAll("(?m)^ .* as made_at,$", ""));
    legacy.insert("K-2", "{}");
    assertThat(withStatements("undated").claim().get(0).madeAt()).isEmpty();

    java.nio.file.Files.writeString(
        own.resolve("due.sql"), standard.replaceAll("(?m)^ .* as made_at,$", "'now' as made_at,"));
    legacy.insert("K-3", "{}");
    OutboxTable wrong = withStatements("undated");
    assertThatThrownBy(wrong::claim)
        .hasMessageStartingWith("config/sql/undated/due.sql failed: ")
        .hasMessageContaining("made_at has to hold milliseconds");
  }

  @Test
  void aLongPayloadIsReadInPieces() throws Exception {
    String payload = "Пиво 🍺 €".repeat(600_000);
    legacy.insert("K-1", payload);
    OutboxTable bridge = bridge("one");
    OutboxRow row = bridge.claim().get(0);

    assertThat(OutboxTable.isWhole(row)).isFalse();
    try (InputStream bytes = bridge.payload(row)) {
      assertThat(new String(bytes.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(payload);
    }
  }

  @Test
  void aColumnOfBytesKeepsItsCharacterSet() throws Exception {
    switch (database) {
      case POSTGRESQL ->
          legacy.execute(
              "alter table markbridge_outbox alter column payload type bytea using payload::bytea");
      case MARIADB -> legacy.execute("alter table markbridge_outbox modify payload longblob");
      default -> {}
    }
    byte[] payload = "Пиво".repeat(10_000).getBytes(CYRILLIC);
    legacy.insert(Map.of("legacy_key", "K-1", "payload", payload));
    OutboxTable bridge = own("bytes");
    OutboxRow row = bridge.claim().get(0);

    assertThat(row.piece().binary()).isTrue();
    try (InputStream bytes = bridge.payload(row)) {
      assertThat(bytes.readAllBytes()).isEqualTo(payload);
    }
  }

  /** A site whose column is of bytes says so in its own statements: no cast to text. */
  private OutboxTable own(String name) throws Exception {
    if (database == OutboxDatabase.POSTGRESQL) {
      Path own = folder.resolve("config/sql/" + name);
      java.nio.file.Files.createDirectories(own);
      for (String file : List.of("due.sql", "payload.sql")) {
        String standard = java.nio.file.Files.readString(Path.of("config/sql/postgresql/" + file));
        java.nio.file.Files.writeString(
            own.resolve(file), standard.replaceAll("cast\\(((due\\.)?payload) as text\\)", "$1"));
      }
    }
    return withStatements(name);
  }

  private OutboxTable withStatements(String name) throws Exception {
    Outbox outbox =
        new Outbox(
            "erp",
            legacy.url(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("windows-1251"),
            Duration.ofMinutes(5),
            3,
            Duration.ofMillis(50),
            1_000_000,
            5,
            Optional.of(name));
    OutboxTable table = new OutboxTable(outbox, new SiteFiles(folder), "one");
    opened.add(table);
    return table;
  }

  @Test
  void aTextColumnInWindows1251HoldsCyrillicAndRefusesTheRest() throws Exception {
    Assumptions.assumeTrue(database != OutboxDatabase.SQLITE, "its texts are UTF-8");
    legacy = TestOutbox.inWindows1251(database, folder);
    String payload = "{\"name\": \"Пиво №1 «ёж»\"}".repeat(100_000);
    legacy.insert("K-1", payload);
    OutboxTable bridge = bridge("one");
    OutboxRow row = bridge.claim().get(0);
    assertThat(row.piece().binary()).isFalse();
    try (InputStream bytes = bridge.payload(row)) {
      assertThat(new String(bytes.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(payload);
    }
    bridge.taken(Map.of(row, "document"));

    bridge.answer(List.of(answer(row, 1, "{\"name\": \"Пиво №1 «ёж»\"}")));
    assertThat(legacy.value(row.id(), "reply")).isEqualTo("{\"name\": \"Пиво №1 «ёж»\"}");
    assertThat(storedBytes(row.id())).isEqualTo("{\"name\": \"Пиво №1 «ёж»\"}".length());
    assertThatThrownBy(() -> bridge.answer(List.of(answer(row, 2, "🍺"))))
        .isInstanceOf(StatementException.class)
        .hasMessageStartingWith("config/sql/" + database.folder() + "/answer.sql failed: ")
        .hasMessageNotContaining("🍺");
    assertThat(bridge.answers()).isTrue();
    assertThat(legacy.value(row.id(), "reply")).isEqualTo("{\"name\": \"Пиво №1 «ёж»\"}");
  }

  /** A byte for each character tells that the column is what the test says. */
  private int storedBytes(String id) {
    return Integer.parseInt(
        legacy.text(
            "select "
                + (database == OutboxDatabase.POSTGRESQL ? "octet_length(reply)" : "length(reply)")
                + " from markbridge_outbox where id = "
                + id));
  }

  @Test
  void aServerOfOldHabitsWritesNoQuestionMarks() throws Exception {
    Assumptions.assumeTrue(database == OutboxDatabase.MARIADB, "others have no such mode");
    legacy = TestOutbox.inWindows1251(database, folder);
    String modes = legacy.text("select @@global.sql_mode");
    legacy.execute("set global sql_mode = 'ANSI_QUOTES'");
    try {
      legacy.insert("K-1", "{}");
      OutboxTable bridge = bridge("one");
      OutboxRow row = bridge.claim().get(0);
      bridge.taken(Map.of(row, "document"));
      assertThatThrownBy(() -> bridge.answer(List.of(answer(row, 1, "🍺"))))
          .isInstanceOf(StatementException.class);
      assertThat(legacy.value(row.id(), "reply")).isNull();
    } finally {
      legacy.execute("set global sql_mode = '" + modes + "'");
    }
  }

  /** More rows than a batch holds, so that all that is ever due is refused. */
  @Test
  void rowsWhoseClaimIsRefusedKeepNoOtherWaiting() throws Exception {
    List<String> poison = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      poison.add(legacy.insert("poison " + number, "{}"));
    }
    String good = legacy.insert("K-1", "{}");
    String better = legacy.insert("K-2", "{}");
    legacy.forbid("poison", "attempts > 0");
    OutboxTable bridge = bridge("one");

    List<String> claimed = new ArrayList<>();
    for (int look = 0; look < 3; look++) {
      claimed.addAll(claimIfItGoes(bridge));
    }
    assertThat(claimed).as("without any time").containsExactly(good, better);
    assertThat((Throwable) bridge.refused().orElseThrow())
        .hasMessageStartingWith("config/sql/" + database.folder() + "/claim.sql failed: ");

    legacy.allow("poison");
    later = later.plus(LEASE);
    claimed.clear();
    for (int look = 0; look < 2; look++) {
      claimed.addAll(claimIfItGoes(bridge));
    }
    assertThat(claimed).as("when they may be").containsExactlyElementsOf(poison);
    later = later.plus(LEASE.multipliedBy(3));
    assertThat(bridge.refused()).as("the trouble is over").isEmpty();
  }

  private static List<String> claimIfItGoes(OutboxTable bridge) {
    try {
      return bridge.claim().stream().map(OutboxRow::id).toList();
    } catch (SQLException refused) {
      return List.of();
    }
  }

  @Test
  void aClaimThatFailsForAllRowsIsAFailure() throws Exception {
    for (int number = 0; number < 7; number++) {
      legacy.insert("K-" + number, "{}");
    }
    Path own = java.nio.file.Files.createDirectories(folder.resolve("config/sql/broken"));
    java.nio.file.Files.writeString(
        own.resolve("claim.sql"), "update no_such_table set lease_owner = :owner where id = :id");
    OutboxTable bridge = own("broken");
    for (int number = 0; number < 2; number++) {
      assertThatThrownBy(bridge::claim)
          .isInstanceOf(StatementException.class)
          .hasMessageStartingWith("config/sql/broken/claim.sql failed: ")
          .hasMessageContaining("no_such_table");
    }
  }

  @Test
  void aColumnOfJsonIsReadAndAnswered() throws Exception {
    switch (database) {
      case POSTGRESQL ->
          legacy.execute(
              "alter table markbridge_outbox alter column payload type jsonb using"
                  + " payload::jsonb;alter table markbridge_outbox alter column reply type jsonb"
                  + " using reply::jsonb;alter table markbridge_outbox alter column status type"
                  + " json using status::json");
      case MARIADB ->
          legacy.execute("alter table markbridge_outbox modify payload json, modify reply json");
      default -> {}
    }
    legacy.execute(
        "insert into markbridge_outbox (legacy_key, payload) values ('K-1', '{\"name\":"
            + " \"Пиво\"}')");
    OutboxTable bridge = bridge("one");
    OutboxRow row = bridge.claim().get(0);
    assertThat(new String(row.piece().bytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"name\": \"Пиво\"}");
    bridge.taken(Map.of(row, "document"));
    bridge.answer(List.of(answer(row, 1, "{\"orderId\": \"1\"}")));

    assertThat(legacy.value(row.id(), "reply")).isEqualTo("{\"orderId\": \"1\"}");
  }

  @Test
  void anAnswerNeverComesOverANewerOneNorIntoAnothersRow() throws Exception {
    legacy.insert("K-1", "{}");
    OutboxTable bridge = bridge("one");
    OutboxRow row = bridge.claim().get(0);
    bridge.taken(Map.of(row, "document"));

    bridge.answer(List.of(answer(row, 5, "newer")));
    bridge.answer(List.of(answer(row, 4, "older")));
    bridge.answer(
        List.of(
            new RowAnswer(
                row.id(),
                "another",
                true,
                "DONE",
                Optional.of("foreign"),
                Optional.empty(),
                Optional.empty(),
                9)));

    assertThat(legacy.value(row.id(), "reply")).isEqualTo("newer");
    assertThat(legacy.value(row.id(), "state")).isEqualTo("ENDED");
    assertThat(legacy.value(row.id(), "outcome")).isEqualTo("DONE");
    assertThat(legacy.value(row.id(), "error")).isNull();
    bridge.codes(row.id(), "document", "codes-1", "first");
    bridge.codes(row.id(), "document", "codes-1", "second");
    bridge.codes("999999", "document", "codes-1", "nobody's");
    assertThat(legacy.answers(row.id())).containsExactly(Map.entry("codes-1", "first"));
  }

  @Test
  void codesThatALineHasTakenAwayDoNotComeAgain() throws Exception {
    legacy.insert("K-1", "{}");
    OutboxTable bridge = bridge("one");
    OutboxRow row = bridge.claim().get(0);
    bridge.taken(Map.of(row, "document"));
    bridge.codes(row.id(), "document", "codes-04780001000015-1", "first");
    bridge.codes(row.id(), "document", "codes-04780001000015-10", "tenth");
    assertThat(legacy.answers(row.id()))
        .containsExactly(
            Map.entry("codes-04780001000015-1", "first"),
            Map.entry("codes-04780001000015-10", "tenth"));
    legacy.execute("delete from markbridge_outbox_answers");

    bridge.codes(row.id(), "document", "codes-04780001000015-1", "first");
    bridge.codes(row.id(), "document", "codes-04780001000015-10", "tenth");
    bridge.codes(row.id(), "document", "codes-04780001000015-_", "another");

    assertThat(legacy.answers(row.id()))
        .containsExactly(Map.entry("codes-04780001000015-_", "another"));
  }

  @Test
  void codesOfAnEarlierDocumentDoNotComeIntoARowThatWasTakenAgain() throws Exception {
    legacy.insert("K-1", "{}");
    OutboxTable bridge = bridge("one");
    OutboxRow row = bridge.claim().get(0);
    bridge.taken(Map.of(row, "earlier"));
    bridge.codes(row.id(), "earlier", "codes-1", "unread");
    legacy.execute("update markbridge_outbox set state = 'NEW', document = null");
    passLease();
    assertThat(bridge.taken(Map.of(bridge.claim().get(0), "later"))).containsExactly("later");

    bridge.codes(row.id(), "earlier", "codes-2", "of the earlier");
    assertThatThrownBy(() -> bridge.codes(row.id(), "later", "codes-1", "of the later"))
        .as("what nobody has read yet is not lost")
        .isInstanceOf(SQLException.class);
    assertThat(legacy.answers(row.id())).containsExactly(Map.entry("codes-1", "unread"));

    legacy.execute("delete from markbridge_outbox_answers");
    bridge.codes(row.id(), "later", "codes-1", "of the later");
    assertThat(legacy.answers(row.id())).containsExactly(Map.entry("codes-1", "of the later"));
  }

  private static RowAnswer answer(OutboxRow row, long change, String reply) {
    return new RowAnswer(
        row.id(),
        "document",
        true,
        "DONE",
        Optional.of(reply),
        Optional.empty(),
        Optional.empty(),
        change);
  }

  @Test
  void theBridgeMayNotChangeWhatTheLegacySystemWrote() throws Exception {
    if (database == OutboxDatabase.SQLITE) {
      return; // It knows no users.
    }
    String id = legacy.insert("K-1", "{}");
    try (Connection bridge = java.sql.DriverManager.getConnection(legacy.url());
        Statement statement = bridge.createStatement()) {
      for (String sql :
          List.of(
              "update markbridge_outbox set payload = '' where id = " + id,
              "insert into markbridge_outbox (payload) values ('')",
              "delete from markbridge_outbox",
              "delete from markbridge_outbox_answers",
              "drop table markbridge_outbox")) {
        assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(SQLException.class);
      }
    }
  }
}
