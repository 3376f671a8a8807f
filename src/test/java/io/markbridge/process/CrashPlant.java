package io.markbridge.process;

import io.markbridge.document.TimeOrderedId;
import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A plant whose bridge ends where it is told to, and how it is brought there. */
final class CrashPlant {
  private static final String LONGEST_WAIT = "markbridge.wait-for-earlier";

  /** Files of 24 MB and more, one after the other, until one is seen while it is received. */
  private static final int SHRINKING = 3;

  private final Path folder;
  private final String journalUrl;
  private final Sandbox sandbox;
  private final BridgeProcess bridge;
  private final FileDrop files;

  CrashPlant(Path folder, String journalUrl, Sandbox sandbox, BridgeProcess bridge) {
    this.folder = folder;
    this.journalUrl = journalUrl;
    this.sandbox = sandbox;
    this.bridge = bridge;
    this.files = bridge.files();
  }

  /** Empty when the process lives on. */
  OptionalInt awaitEnd(Duration patience) throws IOException {
    try {
      Awaitility.await("the end of the process")
          .atMost(patience)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> bridge.ended().isPresent());
    } catch (ConditionTimeoutException livesOn) {
      return OptionalInt.empty();
    }
    if (Files.isRegularFile(aside())) {
      Files.delete(aside());
    }
    return bridge.ended();
  }

  /**
   * Starts the bridge. Where replicas share the journal, what the lives before it held is free only
   * when they count as dead: that is so as soon as this one is among them, and not some seconds
   * later, from which nothing more is learnt.
   */
  void start(Duration patience) throws IOException, SQLException {
    if (!journalUrl.startsWith("jdbc:postgresql") || bridge.starts() == 0) {
      bridge.start();
      return;
    }
    Map<String, String> lives = new HashMap<>();
    query("select id, alive_until from replicas", lives);
    String dead = "in ('" + String.join("', '", lives.keySet()) + "')";
    bridge.start();
    bridge.await(
        "the new life",
        patience,
        Duration.ofMillis(50),
        () -> !rows("select id, alive_until from replicas where id not " + dead).isEmpty());
    try (Connection connection = Journalled.connect(journalUrl);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("update replicas set alive_until = 0 where id " + dead);
      statement.executeUpdate("update leads set held_until = 0 where replica " + dead);
    }
  }

  /** Where planning writes what is too large for memory. */
  private Path aside() {
    return folder.resolve("data/temporary");
  }

  int command(String... arguments) throws Exception {
    return bridge.command(arguments);
  }

  /** Brings a round to where a person has to decide; gives the person's command. */
  String[] prepare(CrashScenario scenario, CrashRound round, Duration patience) throws Exception {
    switch (scenario) {
      // The look-ups are put off; where they failed, an outage might be seen before the second
      // order was sent.
      case REPLAY_AS_NOT_SENT ->
          sandbox.set("fail", "order:cut-before:1000;orders:429-retry-after:*");
      case REPLAY_AS_SENT -> sandbox.set("fail", "order:cut-after:1000;orders:429-retry-after:*");
      default -> sandbox.set("fail", "");
    }
    round.drop(files);
    return switch (scenario) {
      case REPLAY -> {
        await(patience, () -> round.ended(files));
        yield new String[] {"replay", id(round, "rejected report")};
      }
      case REPLAY_AS_DONE -> {
        await(patience, () -> round.ended(files));
        round.expectReply("held drop-out");
        yield new String[] {"replay", id(round, "held drop-out"), "--as", "done"};
      }
      case REPLAY_AS_NEW -> {
        await(patience, () -> round.ended(files));
        files.put(round.repeated(), round.orderText());
        await(patience, () -> held(round.name("repeated order")));
        yield new String[] {"replay", id(round, "repeated order"), "--as", "new"};
      }
      case REPLAY_AS_NOT_SENT -> {
        await(patience, () -> inDoubt(round, "order") && inDoubt(round, "unnumbered order"));
        yield new String[] {
          "replay", id(round, "order"), id(round, "unnumbered order"), "--as", "not-sent"
        };
      }
      case REPLAY_AS_SENT -> {
        await(patience, () -> inDoubt(round, "order") && inDoubt(round, "unnumbered order"));
        // The other one is found by the bridge alone.
        String made = round.orderAt(sandbox);
        yield new String[] {"replay", id(round, "order"), "--as", "sent", "--operator-id", made};
      }
      case IMPORT -> {
        Path orders = folder.resolve("orders.csv");
        Files.writeString(
            orders,
            "account,product_group,gtin,production_order_id,release_type,manufacturer_country,business_place_id\n"
                + "default,water,04780001000013,OLD-"
                + round.name("order")
                + ",PRODUCTION,UZ,17\n");
        yield new String[] {"memory", "import", orders.toString()};
      }
      default -> throw new IllegalArgumentException(scenario + " has no command");
    };
  }

  private void await(Duration patience, BooleanSupplier condition) {
    bridge.await("what a person decides about", patience, condition);
  }

  private String id(CrashRound round, String kind) throws SQLException {
    return idsByPath().get(round.file(kind));
  }

  private boolean held(String name) {
    return files
        .read(name + ".status.json")
        .filter(status -> status.path("bridge").path("state").asText().equals("HELD"))
        .isPresent();
  }

  private boolean inDoubt(CrashRound round, String kind) {
    try {
      return Journalled.of(journalUrl).inDoubt().contains(round.file(kind));
    } catch (SQLException notYetThere) {
      return false;
    }
  }

  /** Drops a round so that the running process gets to the armed point. */
  void bring(CrashScenario.Planned point, CrashRound round, Duration patience) throws Exception {
    switch (point.scenario()) {
      case LARGE -> {
        round.addLarge();
        round.addLong();
        arm(point.point());
        round.drop(files);
      }
      case SHRINKING -> {
        arm(point.point());
        round.drop(files);
        shrink(round);
      }
      case UNPLANNABLE -> {
        Files.move(aside(), Files.createTempDirectory(folder, "aside").resolve("moved"));
        Files.createFile(aside());
        arm(point.point());
        round.drop(files);
      }
      case TIMER -> {
        round.drop(files);
        bridge.await("the first reply", () -> !round.unanswered(files));
        arm(point.point());
      }
      case OLD -> {
        round.drop(files);
        bridge.await("the first reply", () -> !round.unanswered(files));
        arm(point.point());
        rememberOld();
      }
      case ANSWERS_LOST -> {
        sandbox.set(
            "fail",
            "order:cut-after:1;utilisation:cut-after:1;aggregation:cut-after:1;codes:cut-after:1;order-close:cut-after:1");
        arm(point.point());
        round.drop(files);
      }
      case LATE -> {
        // Only in this life: no other document may be given up for being slow.
        bridge.close();
        bridge.with(LONGEST_WAIT, "1s");
        start(patience);
        // Never processed: as long as this lasts, the report is planned and not sent.
        sandbox.set("fail", "utilisation:429-retry-after:*");
        arm(point.point());
        round.drop(files);
        dropLate(round);
      }
      case OVER_LIMIT -> {
        sandbox.set("fail", "order:429-retry-after:*");
        arm(point.point());
        round.drop(files);
      }
      case STOPPED -> {
        round.drop(files);
        bridge.await("the first reply", () -> !round.unanswered(files));
        arm(point.point());
        bridge.signal("TERM");
      }
      case TOKEN_ENDED -> {
        sandbox.expireTokens();
        arm(point.point());
        round.drop(files);
      }
      default -> {
        arm(point.point());
        round.drop(files);
      }
    }
  }

  private void rememberOld() throws SQLException {
    String id = TimeOrderedId.first(System.nanoTime() / 1_000_000);
    try (Connection connection = Journalled.connect(journalUrl);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "insert into documents (id, source, source_path, parameters, given, body_offset, state, size,"
              + " received_at, finished_at, next_attempt_at, attempts, lease_until, change_number, replied_number)"
              + " values ('"
              + id
              + "', 'file', 'old/"
              + id
              + "', '{}', '{}', 0, 'DONE', 0, 1, 1, 0, 0, 0, 1, 1)");
      statement.executeUpdate(
          "insert into timeline (id, document_id, at, event, detail) values ('"
              + id
              + "', '"
              + id
              + "', 1, 'accepted', '')");
    }
  }

  /** A file of which nothing but its text is left while it is received. */
  private void shrink(CrashRound round) throws IOException {
    // One that was received before anybody saw it is an order like any other.
    for (int attempt = 0; attempt < SHRINKING && bridge.ended().isEmpty(); attempt++) {
      String kind = round.shrinking();
      String name = round.file(kind);
      String text = round.text(kind);
      Path file = files.put(name, text + " ".repeat(24_000_000 << attempt));
      await("receiving", name, state -> true);
      if (!"RECEIVING".equals(states(name).get(name))) {
        continue;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(text.getBytes(StandardCharsets.UTF_8).length);
      } catch (NoSuchFileException received) {
        continue;
      }
      await("its end", name, state -> !state.equals("RECEIVING"));
    }
  }

  /** Until a document has such a state, or the process has ended. */
  private void await(String what, String name, Predicate<String> state) {
    bridge.await(
        what,
        () ->
            bridge.ended().isPresent()
                || Optional.ofNullable(states(name).get(name)).filter(state).isPresent());
  }

  private Map<String, String> states(String name) {
    return rows("select source_path, state from documents where source_path = '" + name + "'");
  }

  /** A report, and as soon as it is accepted the aggregation of its codes. */
  private void dropLate(CrashRound round) throws IOException {
    String report = round.lateReport();
    files.put(report, round.text("late report"));
    bridge.await(
        "the accepted report",
        () -> rows("select id, source_path from documents").containsValue(report));
    files.put(round.lateAggregation(), round.text("late aggregation"));
  }

  private Map<String, String> rows(String sql) {
    Map<String, String> rows = new HashMap<>();
    try {
      query(sql, rows);
    } catch (SQLException busy) {
      // The next look will tell.
    }
    return rows;
  }

  /** What was at the point; each is told once. */
  String report() throws IOException {
    Path report = folder.resolve("armed.reached");
    if (Files.notExists(report)) {
      return "";
    }
    String told = Files.readString(report);
    Files.delete(report);
    return told;
  }

  void arm(String point) throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("armed.new"), point);
    Files.move(elsewhere, armed(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  void disarm() throws IOException {
    Files.deleteIfExists(armed());
    bridge.with(LONGEST_WAIT, "1h");
  }

  Path armed() {
    return folder.resolve("armed");
  }

  /** The newest lines of the log. */
  String lastWords() throws IOException {
    String told = bridge.told();
    return told.substring(Math.max(0, told.length() - 600));
  }

  /** Codes of the packs in the journal, by order. */
  Map<String, Integer> packs() throws SQLException {
    Map<String, String> sums = new HashMap<>();
    query("select order_id, sum(quantity) from packs group by order_id", sums);
    Map<String, Integer> packs = new HashMap<>();
    sums.forEach((order, sum) -> packs.put(order, Integer.valueOf(sum)));
    return packs;
  }

  /** Ids of all documents. */
  Map<String, String> idsByPath() throws SQLException {
    Map<String, String> ids = new HashMap<>();
    query("select source_path, id from documents", ids);
    return ids;
  }

  private void query(String sql, Map<String, String> into) throws SQLException {
    try (Connection connection = Journalled.connect(journalUrl);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        into.put(rows.getString(1), rows.getString(2));
      }
    }
  }
}
