package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.markbridge.outbox.OutboxDatabase;
import io.markbridge.outbox.TestOutbox;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxJournal.AcceptedOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in, answers out: the packaged bridge, with a heap of 64 MB, and one real database. */
abstract class OutboxCases {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEER = "\uD83C\uDF7A";

  private static final int LARGE_MEGABYTES = Integer.getInteger("markbridge.outbox.megabytes", 100);

  @TempDir Path folder;

  private final OutboxDatabase database;
  private TestOutbox legacy;

  OutboxCases(OutboxDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void prepare() {
    legacy = TestOutbox.of(database, folder);
  }

  private BridgeProcess bridge(String name, Sandbox sandbox) {
    try {
      return BridgeProcess.of(Files.createDirectories(folder.resolve(name)), sandbox)
          .with("markbridge.replies.language", "ru")
          .with("markbridge.outbox.erp.url", legacy.url())
          .with("markbridge.outbox.erp.poll", "50ms")
          .with("markbridge.outbox.erp.lease", "2s");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String awaitEnd(BridgeProcess bridge, String id) {
    bridge.await("the answer of row " + id, () -> "ENDED".equals(legacy.value(id, "state")));
    return legacy.value(id, "outcome");
  }

  private JsonNode json(String id, String column) throws IOException {
    String text = legacy.value(id, column);
    assertThat(text).as("%s of row %s", column, id).isNotNull();
    return JSON.readTree(text);
  }

  @Test
  void ordersReportsAndCallsAreAnsweredInTheirRows() throws Exception {
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge = bridge("bridge", sandbox)) {
      bridge.start();
      String order = legacy.insert("PO-1", LegacyBodies.order("PO-1", 2).toString());
      assertThat(awaitEnd(bridge, order)).isEqualTo("DONE");
      String orderId = json(order, "reply").path("orderId").asText();
      assertThat(sandbox.journal().orders()).extracting(AcceptedOrder::orderId).contains(orderId);
      assertThat(json(order, "status").path("orderStatus").asText()).isEqualTo("READY");
      assertThat(json(order, "status").path("bridge").path("document").asText())
          .isEqualTo(legacy.value(order, "document"));
      assertThat(legacy.value(order, "error")).isNull();
      assertThat(legacy.answers(order).keySet())
          .containsExactly("codes-" + LegacyBodies.GTIN + "-1");
      JsonNode codes = JSON.readTree(legacy.answers(order).values().iterator().next());
      assertThat(codes.path("codes")).hasSize(2);

      String status =
          legacy.insert(
              Map.of(
                  "legacy_key",
                  "PO-1",
                  "request",
                  "GET /api/v2/beer/buffer/status?omsId="
                      + BridgeProcess.OMS_ID
                      + "&orderId="
                      + orderId
                      + "&gtin="
                      + LegacyBodies.GTIN));
      String report =
          legacy.insert(
              Map.of(
                  "legacy_key",
                  "PO-1",
                  "request",
                  "POST /api/v2/beer/utilisation?omsId=" + BridgeProcess.OMS_ID,
                  "payload",
                  LegacyBodies.report(LegacyBodies.codes(0, 2)).toString()));
      // A group of which the settings say nothing: the columns do.
      String water =
          legacy.insert(
              Map.of(
                  "product_group", "water",
                  "kind", "order",
                  "payload", LegacyBodies.order("PO-2", 1).toString(),
                  "business_place_id", "19",
                  "release_type", "PRODUCTION",
                  "manufacturer_country", "UZ"));
      String dry =
          legacy.insert(
              Map.of(
                  "product_group", "water", "payload", LegacyBodies.order("PO-3", 1).toString()));
      assertThat(awaitEnd(bridge, status)).isEqualTo("DONE");
      assertThat(json(status, "reply").path("orderId").asText()).isEqualTo(orderId);
      assertThat(awaitEnd(bridge, report)).isEqualTo("DONE");
      assertThat(json(report, "reply").path("reportId").asText()).isNotEmpty();
      assertThat(json(report, "status").path("reportStatus").asText()).isEqualTo("SENT");
      assertThat(awaitEnd(bridge, water)).isEqualTo("DONE");
      assertThat(awaitEnd(bridge, dry)).isEqualTo("REJECTED");
      assertThat(legacy.value(dry, "error")).contains("businessPlaceId");
    }
  }

  @Test
  void poisonIsRefusedInLegacyWordsAndKeepsNothingWaiting() throws Exception {
    Map<String, Map<String, Object>> poison = new LinkedHashMap<>();
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("legacy_key", "nothing");
    nothing.put("payload", null);
    poison.put("null payload", nothing);
    poison.put(
        "no JSON", Map.of("payload", "{\"products\":[", "kind", "order", "product_group", "beer"));
    poison.put("no kind", Map.of("payload", "{}", "kind", "ordre"));
    poison.put("no account", Map.of("payload", "{}", "account", "somebody's"));
    poison.put("group", Map.of("payload", "{}", "product_group", "../../etc"));
    poison.put("call", Map.of("request", "GET /api/v2/beer/everything"));
    poison.put(
        "request", Map.of("request", "GET /api/v2/beer/ping\r\nX: 1\n\n{}", "payload", "{}"));
    poison.put("given", Map.of("payload", "{}", "business_place_id", "17\n18"));
    poison.put(
        "key",
        Map.of("legacy_key", "../../\n'; drop table x; -- 🍺".repeat(6), "payload", "no JSON"));
    if (database == OutboxDatabase.SQLITE) {
      poison.put(
          "charset",
          Map.of(
              "product_group",
              "beer",
              "payload",
              LegacyBodies.order("Пиво", 1).toString().getBytes(Charset.forName("windows-1251"))));
    }
    try (Sandbox sandbox = FastSandbox.start();
        BridgeProcess bridge =
            bridge("bridge", sandbox).with("markbridge.outbox.erp.largest-megabytes", "1")) {
      Map<String, String> ids = new LinkedHashMap<>();
      poison.forEach((name, row) -> ids.put(name, legacy.insert(row)));
      ids.put("too large", legacy.insert("large", " ".repeat(2 * 1024 * 1024)));
      String good = legacy.insert("good", LegacyBodies.order("PO-1", 1).toString());
      bridge.start();

      assertThat(awaitEnd(bridge, good)).isEqualTo("DONE");
      for (Map.Entry<String, String> one : ids.entrySet()) {
        assertThat(awaitEnd(bridge, one.getValue())).as(one.getKey()).isEqualTo("REJECTED");
        JsonNode error = json(one.getValue(), "error");
        assertThat(error.path("success").asBoolean(true)).as(one.getKey()).isFalse();
        assertThat(error.path("globalErrors").path(0).path("error").asText())
            .as(one.getKey())
            .isNotBlank();
      }
      assertThat(legacy.value(ids.get("no kind"), "error")).contains("ordre");
      assertThat(legacy.value(ids.get("too large"), "error")).contains("largest-megabytes");
      assertThat(legacy.value(ids.get("call"), "error")).contains("9005");
      assertThat(sandbox.journal().orders()).hasSize(1);
    }
  }

  /**
   * White space before a small order: the reader of JSON holds none of it. {@code
   * -Dmarkbridge.outbox.megabytes=900} for the most that PostgreSQL holds in a column.
   */
  @Test
  void aHundredMegabytesPassThroughAHeapOfSixtyFour() throws Exception {
    int size = LARGE_MEGABYTES * 1024 * 1024;
    String spaces =
        switch (database) {
          case POSTGRESQL, MARIADB -> "repeat(' ', " + size + ")";
          case SQLITE -> "replace(hex(zeroblob(" + size / 2 + ")), '00', '  ')";
          case MSSQL, ORACLE -> throw new IllegalStateException();
        };
    String order = LegacyBodies.order("PO-1", 1).toString();
    String large =
        database == OutboxDatabase.MARIADB
            ? "concat(" + spaces + ", '" + order + "')"
            : spaces + " || '" + order + "'";
    legacy.execute(
        "insert into markbridge_outbox (legacy_key, product_group, payload) values ('large', 'beer', "
            + large
            + ")");
    String small = legacy.insert("small", LegacyBodies.order("PO-2", 1).toString());
    try (Sandbox sandbox = FastSandbox.start();
        BridgeProcess bridge =
            bridge("bridge", sandbox)
                .with("markbridge.outbox.erp.largest-megabytes", "" + (LARGE_MEGABYTES + 1))) {
      bridge.start();
      assertThat(awaitEnd(bridge, small)).isEqualTo("DONE");
      assertThat(awaitEnd(bridge, legacy.text("select min(id) from markbridge_outbox")))
          .isEqualTo("DONE");
      assertThat(sandbox.journal().orders()).hasSize(2);
    }
  }

  @Test
  void aRowThatTheSiteRefusesToChangeKeepsNoOtherWaiting() throws Exception {
    legacy.forbid("unclaimed", "attempts > 0");
    legacy.forbid("untaken", "state = 'TAKEN'");
    legacy.forbid("unanswered", "change_number > 0");
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge = bridge("bridge", sandbox).with("markbridge.outbox.erp.batch", "4")) {
      List<String> refused = new ArrayList<>();
      for (String key : List.of("unclaimed", "untaken", "unanswered")) {
        refused.add(legacy.insert(key, LegacyBodies.order(key, 1).toString()));
      }
      String good = legacy.insert("good", LegacyBodies.order("good", 1).toString());
      bridge.start();
      assertThat(awaitEnd(bridge, good)).isEqualTo("DONE");
      for (String statement : List.of("claim", "taken", "answer")) {
        String failed = "config/sql/" + database.folder() + "/" + statement + ".sql failed: ";
        bridge.await("the log to name " + statement, () -> !told(bridge, failed).isEmpty());
      }
      assertThat(bridge.http("health/well").body()).contains(".sql failed: ");
      assertThat(bridge.http("health/ready").statusCode()).isEqualTo(200);
      String later = legacy.insert("later", LegacyBodies.order("later", 1).toString());
      assertThat(awaitEnd(bridge, later)).isEqualTo("DONE");
      assertThat(refused.stream().map(id -> legacy.value(id, "state")).toList())
          .containsExactly("NEW", "NEW", "TAKEN");
      assertThat(told(bridge, "[Troubles]")).as("lines of the log").hasSizeLessThan(10);

      for (String key : List.of("unclaimed", "untaken", "unanswered")) {
        legacy.allow(key);
      }
      for (String id : refused) {
        assertThat(awaitEnd(bridge, id)).isEqualTo("DONE");
      }
      assertThat(sandbox.journal().orders())
          .extracting(AcceptedOrder::poNumber)
          .containsExactlyInAnyOrder("unclaimed", "untaken", "unanswered", "good", "later");
    }
  }

  /** It cannot be an order, and the answer says why: with the value, in Russian. */
  private static String notAnOrder() {
    return LegacyBodies.order("PO-2", 1)
        .toString()
        .replace("\"quantity\":1", "\"quantity\":\"\\ud83c\\udf7a\"");
  }

  @Test
  void textsInWindows1251ComeRightAndAnswersGoAsFarAsTheyFit() throws Exception {
    Assumptions.assumeTrue(database != OutboxDatabase.SQLITE, "its texts are UTF-8");
    legacy = TestOutbox.inWindows1251(database, folder);
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge = bridge("bridge", sandbox)) {
      bridge.start();
      String order = legacy.insert("K-1", LegacyBodies.order("ПО-№1 «ёж»", 1).toString());
      assertThat(awaitEnd(bridge, order)).isEqualTo("DONE");
      assertThat(sandbox.journal().orders())
          .extracting(AcceptedOrder::poNumber)
          .containsExactly("ПО-№1 «ёж»");
      assertThat(legacy.answers(order)).hasSize(1);

      String unknown = legacy.insert(Map.of("kind", "ордер", "payload", "{}"));
      assertThat(awaitEnd(bridge, unknown)).isEqualTo("REJECTED");
      assertThat(legacy.value(unknown, "error")).contains("Строку таблицы обмена", "ордер");

      String refused = legacy.insert("K-2", notAnOrder());
      assertThat(awaitEnd(bridge, refused)).isEqualTo("REJECTED");
      assertThat(legacy.value(refused, "error"))
          .matches("\\p{ASCII}+")
          .containsIgnoringCase("\\ud83c\\udf7a");
      assertThat(json(refused, "error").toString()).contains("«" + BEER + "»");
      assertThat(told(bridge, "[Troubles]")).isEmpty();
    }
  }

  @Test
  void bytesInWindows1251AreReadAndAnsweredAsTheSiteSays() throws Exception {
    Charset cyrillic = Charset.forName("windows-1251");
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge =
            bridge("bridge", sandbox)
                .with("markbridge.outbox.erp.charset", "windows-1251")
                .with("markbridge.outbox.erp.statements", "bytes")) {
      columnsOfBytes(bridge.folder());
      bridge.start();
      String order =
          legacy.insert(
              Map.of(
                  "product_group",
                  "beer",
                  "payload",
                  LegacyBodies.order("ПО-№1 «ёж»", 1).toString().getBytes(cyrillic)));
      assertThat(awaitEnd(bridge, order)).isEqualTo("DONE");
      assertThat(sandbox.journal().orders())
          .extracting(AcceptedOrder::poNumber)
          .containsExactly("ПО-№1 «ёж»");

      String unknown = legacy.insert(Map.of("kind", "ордер", "payload", "{}".getBytes(cyrillic)));
      assertThat(awaitEnd(bridge, unknown)).isEqualTo("REJECTED");
      assertThat(new String(legacy.bytes(unknown, "error"), answersIn(cyrillic)))
          .contains("Строку таблицы обмена", "ордер");

      String refused =
          legacy.insert(
              Map.of("product_group", "beer", "payload", notAnOrder().getBytes(cyrillic)));
      assertThat(awaitEnd(bridge, refused)).isEqualTo("REJECTED");
      String error = new String(legacy.bytes(refused, "error"), answersIn(cyrillic));
      assertThat(error).matches("\\p{ASCII}+");
      assertThat(JSON.readTree(error).toString()).contains("«" + BEER + "»");
    }
  }

  /** SQLite has no function that converts: its answers are UTF-8. */
  private Charset answersIn(Charset site) {
    return database == OutboxDatabase.SQLITE ? StandardCharsets.UTF_8 : site;
  }

  /** A site whose documents and answers are kept as bytes in its character set. */
  private void columnsOfBytes(Path bridge) throws IOException {
    Path own = Files.createDirectories(bridge.resolve("config/sql/bytes"));
    Path standard = Path.of("config/sql/" + database.folder());
    switch (database) {
      case POSTGRESQL -> {
        legacy.execute(
            "alter table markbridge_outbox alter payload type bytea using null,"
                + " alter reply type bytea using null, alter status type bytea using null,"
                + " alter error type bytea using null;"
                + "alter table markbridge_outbox_answers alter content type bytea using null");
        for (String file : List.of("due.sql", "payload.sql")) {
          Files.writeString(
              own.resolve(file),
              Files.readString(standard.resolve(file))
                  .replaceAll("cast\\(((due\\.)?payload) as text\\)", "$1"));
        }
        answersConverted(standard, own, "convert_to($1, 'WIN1251')");
      }
      case MARIADB -> {
        legacy.execute(
            "alter table markbridge_outbox modify payload longblob, modify reply longblob,"
                + " modify status longblob, modify error longblob;"
                + "alter table markbridge_outbox_answers modify content longblob not null");
        answersConverted(standard, own, "convert($1 using cp1251)");
      }
      default -> {}
    }
  }

  private static void answersConverted(Path standard, Path own, String conversion)
      throws IOException {
    for (String file : List.of("answer.sql", "codes.sql")) {
      Files.writeString(
          own.resolve(file),
          Files.readString(standard.resolve(file))
              .replaceAll("(?<==|,) ?(:(reply|status|error|content))\\b", " " + conversion));
    }
  }

  @Test
  void theDatabaseGoesAwayAndComesBack() throws Exception {
    Assumptions.assumeTrue(database != OutboxDatabase.SQLITE, "a file does not go away");
    int rows = 60;
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess bridge = bridge("bridge", sandbox).with("markbridge.outbox.erp.batch", "5")) {
      for (int number = 0; number < rows; number++) {
        legacy.insert("PO-" + number, LegacyBodies.order("PO-" + number, 1).toString());
      }
      legacy.reachable(false);
      bridge.start();
      for (int outage = 1; outage <= 4; outage++) {
        int outages = outage;
        bridge.await("the trouble", () -> told(bridge, "wait until it answers").size() >= outages);
        // Of an outage before this one there may be several lines.
        bridge.await("the health", () -> "DOWN".equals(health(bridge)));
        // Of connections that broke one after the other, the last may have worked for a moment.
        int before = told(bridge, "outbox:erp: works again").size();
        legacy.reachable(true);
        bridge.await("its end", () -> told(bridge, "outbox:erp: works again").size() > before);
        int enough = outage * rows / 6;
        bridge.await("some are taken", () -> sandbox.journal().orders().size() >= enough);
        if (outage < 4) {
          legacy.reachable(false);
          // Who was just being let in is none of those whose connections broke.
          bridge.await(
              "the outage",
              Duration.ofMinutes(4),
              Duration.ofMillis(100),
              () -> {
                legacy.reachable(false);
                return "DOWN".equals(health(bridge));
              });
        }
      }
      bridge.await("all are answered", () -> ended() == rows);
      bridge.await("the health", () -> "UP".equals(health(bridge)));
      assertThat(sandbox.journal().orders())
          .extracting(AcceptedOrder::poNumber)
          .hasSize(rows)
          .doesNotHaveDuplicates();
      assertThat(told(bridge, "[Troubles]")).as("lines of the log").hasSizeLessThan(40);
      assertThat(bridge.told()).doesNotContain("\tat ");
    }
  }

  @Test
  void bridgesWithJournalsOfTheirOwnShareOneOutbox() throws Exception {
    int rows = 120;
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess first = bridge("first", sandbox).with("markbridge.outbox.erp.batch", "5");
        BridgeProcess second = bridge("second", sandbox).with("markbridge.outbox.erp.batch", "5")) {
      first.start();
      second.start();
      String warm = legacy.insert("warm", LegacyBodies.order("warm", 1).toString());
      awaitEnd(first, warm);
      try (Connection connection = legacy.connect()) {
        connection.setAutoCommit(false);
        for (int number = 0; number < rows; number++) {
          legacy.insert(
              connection,
              Map.of(
                  "legacy_key",
                  "K-" + number % 40,
                  "product_group",
                  "beer",
                  "payload",
                  LegacyBodies.order("PO-" + number, 1).toString()));
        }
        connection.commit();
      }
      first.await("all are answered", () -> ended() == rows + 1);

      assertThat(sandbox.journal().orders())
          .extracting(AcceptedOrder::poNumber)
          .hasSize(rows + 1)
          .doesNotHaveDuplicates();
      assertThat(legacy.takenBeforeAnEarlierOneOfTheirKey()).isZero();
      List<Integer> shares = new ArrayList<>();
      for (BridgeProcess bridge : List.of(first, second)) {
        shares.add(Journalled.of(bridge.folder()).documents().size());
        assertPlannedInTheOrderOfTheirKeys(Journalled.planned(bridge.folder()));
      }
      assertThat(shares.get(0) + shares.get(1))
          .as("of each journal: " + shares)
          .isEqualTo(rows + 1);
    }
  }

  /** What a bridge took of one key it plans as it took it. */
  private static void assertPlannedInTheOrderOfTheirKeys(List<String> paths) {
    Map<String, List<Long>> rows = new LinkedHashMap<>();
    for (String path : paths) {
      String[] row = path.replace(".json", "").split(" ", 2);
      rows.computeIfAbsent(row[1], key -> new ArrayList<>()).add(Long.valueOf(row[0]));
    }
    assertThat(rows.values()).isNotEmpty().allSatisfy(ids -> assertThat(ids).isSorted());
  }

  /** What the health says of the outbox. */
  private static String health(BridgeProcess bridge) {
    try {
      for (JsonNode check : JSON.readTree(bridge.http("health/well").body()).path("checks")) {
        if (check.path("name").asText().equals("source outbox:erp")) {
          return check.path("status").asText();
        }
      }
      return "unknown";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private long ended() {
    return legacy.count("select count(*) from markbridge_outbox where state = 'ENDED'");
  }

  private static List<String> told(BridgeProcess bridge, String text) {
    try {
      return bridge.told().lines().filter(line -> line.contains(text)).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
