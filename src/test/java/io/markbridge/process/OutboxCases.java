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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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
              LegacyBodies.order("Пиво", 1)
                  .toString()
                  .getBytes(java.nio.charset.Charset.forName("windows-1251"))));
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

  /** White space before a small order: the reader of JSON holds none of it. */
  @Test
  void aHundredMegabytesPassThroughAHeapOfSixtyFour() throws Exception {
    int size = 100 * 1024 * 1024;
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
        BridgeProcess bridge = bridge("bridge", sandbox)) {
      bridge.start();
      assertThat(awaitEnd(bridge, small)).isEqualTo("DONE");
      assertThat(awaitEnd(bridge, legacy.text("select min(id) from markbridge_outbox")))
          .isEqualTo("DONE");
      assertThat(sandbox.journal().orders()).hasSize(2);
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
        legacy.reachable(true);
        bridge.await("its end", () -> told(bridge, "outbox:erp: works again").size() == outages);
        int enough = outage * rows / 6;
        bridge.await("some are taken", () -> sandbox.journal().orders().size() >= enough);
        if (outage < 4) {
          legacy.reachable(false);
        }
      }
      bridge.await("all are answered", () -> ended() == rows);
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
      List<Integer> shares = new ArrayList<>();
      for (BridgeProcess bridge : List.of(first, second)) {
        shares.add(Journalled.of(bridge.folder()).documents().size());
      }
      assertThat(shares.get(0) + shares.get(1))
          .as("of each journal: " + shares)
          .isEqualTo(rows + 1);
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
