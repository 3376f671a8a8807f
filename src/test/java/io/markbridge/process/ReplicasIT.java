package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.sandbox.Duplicate;
import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxJournal.AcceptedOrder;
import io.markbridge.sandbox.SandboxJournal.AcceptedReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several packaged bridges on one PostgreSQL and one shared folder. */
class ReplicasIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String LEADS = "this replica reads the inbox and writes the replies";

  /** Ten a second: less than three replicas would send that know nothing of each other. */
  private static final int PER_MINUTE = 600;

  private static final int PAIRS = 100;

  /** Statements that each replica has on their way at once, where the limit is looked at. */
  private static final int ON_THEIR_WAY = 2;

  @TempDir Path folder;
  private Path shared;
  private String url;

  @BeforeEach
  void prepare() throws IOException {
    shared = Files.createDirectories(folder.resolve("shared"));
    url = PostgresServer.shared().newDatabase();
  }

  @Test
  void oneIsKilledOneSleepsAndEveryDocumentIsAnsweredOnce() throws Exception {
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess first = replica("first", sandbox);
        BridgeProcess second = replica("second", sandbox);
        BridgeProcess third = replica("third", sandbox)) {
      List<BridgeProcess> all = List.of(first, second, third);
      FileDrop files = files();
      drop(files, 0, 40);
      for (BridgeProcess bridge : all) {
        bridge
            .with("markbridge.limits.post", Integer.toString(PER_MINUTE))
            .with("markbridge.send.concurrency", Integer.toString(ON_THEIR_WAY))
            .start();
      }
      await("some are sent", () -> accepted(sandbox) >= 20);
      await("each works", () -> alive() == 3);
      BridgeProcess killed = leader(all);
      killed.kill();
      List<BridgeProcess> left = without(all, killed);
      drop(files, 40, 60);
      await("another leads", () -> leader(left) != null);
      int before = accepted(sandbox);
      // However long that took: these are still to be sent.
      drop(files, 60, 80);
      await("more are sent", () -> accepted(sandbox) >= before + 20);
      BridgeProcess sleeper = leader(left);
      sleeper.signal("STOP");
      BridgeProcess last = without(left, sleeper).get(0);
      await("the last one leads", () -> leader(List.of(last)) != null);
      int then = accepted(sandbox);
      drop(files, 80, PAIRS);
      await("more are sent", () -> accepted(sandbox) >= then + 10);
      sleeper.signal("CONT");
      await("every document to be final", () -> settled(files) == 2 * PAIRS);
      await("an empty inbox", () -> files.waiting(".json").isEmpty());

      Journalled journal = Journalled.of(url);
      assertThat(journal.documents()).as("accepted once each").hasSize(2 * PAIRS);
      assertThat(sandbox.journal().duplicateCounts())
          .as("sent twice")
          .extractingByKeys(Duplicate.Kind.ORDER, Duplicate.Kind.UTILISATION)
          .allSatisfy(count -> assertThat(count == null ? 0 : (Long) count).isZero());
      assertThat(sandbox.journal().orders().stream().map(AcceptedOrder::poNumber))
          .doesNotHaveDuplicates();
      assertThat(accepted(sandbox)).as("sent").isEqualTo(2 * PAIRS);
      assertThat(journal.inDoubt()).isEmpty();
      assertLimit(sandbox, all.size());
      assertThat(last.told()).doesNotContain("a person must look");
      assertThat(sleeper.told()).doesNotContain("a person must look");
    }
  }

  @Test
  void whoIsToldToStopHandsOverAndTheOtherGoesOnAtOnce() throws Exception {
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess stopped = replica("stopped", sandbox);
        BridgeProcess other = replica("other", sandbox)) {
      // Far longer than the test lasts: nothing here is taken over because somebody died.
      for (BridgeProcess bridge : List.of(stopped, other)) {
        holdsOn(bridge).with("markbridge.replicas.alive-for", "10m");
      }
      // Nor is anything given up: whoever ends within the test's patience has not waited for that.
      stopped
          .with("camel.main.shutdown-timeout", "1200")
          .with("quarkus.log.category.\"org.apache.camel\".level", "INFO");
      sandbox.set("slow-delay", "1h");
      sandbox.set("fail", "order:slow:1000;utilisation:slow:1000");
      FileDrop files = files();
      stopped.start();
      await("it leads", () -> leader(List.of(stopped)) != null);
      other.start();
      await("both work", () -> alive() == 2);
      drop(files, 0, 20);
      await("requests are on their way", () -> sending() >= 8);
      stopped.signal("TERM");
      files.put("beer/later.json", LegacyBodies.order("LATER", 2).toString());
      await("it stops", () -> stopped.told().contains(" is shutting down"));
      sandbox.set("fail", "");
      sandbox.set("slow-delay", "1ms");
      stopped.awaitEnd();
      assertThat(Journalled.of(url).inDoubt()).as("answers came in time").isEmpty();
      assertThat(alive()).as("its row is gone").isEqualTo(1);
      // Within far less than the life of the one that led.
      await("the other leads at once", () -> leader(List.of(other)) != null);
      await("all are answered", () -> settled(files) == 41);
      assertThat(Journalled.of(url).inDoubt()).isEmpty();
      assertThat(sandbox.journal().orders()).hasSize(21);
      assertThat(sandbox.journal().reports()).hasSize(20);
    }
  }

  @Test
  void whatIsNotAnsweredWithinTheGraceTimeIsInDoubtRightAway() throws Exception {
    try (Sandbox sandbox = FastSandbox.startForAnyCodes();
        BridgeProcess stopped = replica("stopped", sandbox)) {
      holdsOn(stopped).with("camel.main.shutdown-timeout", "3");
      sandbox.set("slow-delay", "1h");
      sandbox.set("fail", "order:slow:1000");
      drop(files(), 0, 20);
      stopped.start();
      await("requests are on their way", () -> sending() >= 8);
      stopped.signal("TERM");
      // Within the test's patience, which is far less than an answer may take.
      stopped.awaitEnd();
      assertThat(sending()).isZero();
      assertThat(Journalled.of(url).inDoubt()).isNotEmpty();
      assertThat(alive()).isZero();
      assertThat(number("select count(*) from documents where lease_owner is not null")).isZero();
    }
  }

  private BridgeProcess replica(String name, Sandbox sandbox) throws IOException {
    BridgeProcess bridge =
        BridgeProcess.of(Files.createDirectories(folder.resolve(name)), sandbox)
            .with("markbridge.journal.url", url)
            .with("markbridge.replicas.alive-for", "4s")
            // The sandbox shows at once what it has.
            .with("markbridge.openapi.answer-timeout-milliseconds", "10000")
            .with("markbridge.look-up.absent-after", "15s")
            .with("markbridge.track.longest", "2s");
    for (String one : List.of("inbox", "replies", "done", "failed")) {
      bridge.with("markbridge.files." + one, shared.resolve(one).toString());
    }
    return bridge;
  }

  /** Waits for answers longer than any test. */
  private static BridgeProcess holdsOn(BridgeProcess bridge) {
    return bridge
        .with("markbridge.openapi.answer-timeout-milliseconds", "1800000")
        .with("markbridge.look-up.absent-after", "1h");
  }

  private FileDrop files() throws IOException {
    Files.createDirectories(shared.resolve("inbox"));
    return new FileDrop(
        shared,
        (what, patience, condition) ->
            Awaitility.await(what).atMost(patience).until(condition::getAsBoolean));
  }

  private static void drop(FileDrop files, int from, int to) {
    for (int number = from; number < to; number++) {
      files.put("beer/order-" + number + ".json", LegacyBodies.order("PO-" + number, 2).toString());
      files.put(
          "beer/report-" + number + ".json",
          LegacyBodies.report(LegacyBodies.codes(number * 2L, 2)).toString());
    }
  }

  private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await(what).pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(condition);
  }

  private static List<BridgeProcess> without(List<BridgeProcess> all, BridgeProcess one) {
    return all.stream().filter(other -> other != one).toList();
  }

  /** The one of these that began to lead, or null. */
  private static BridgeProcess leader(List<BridgeProcess> some) {
    return some.stream().filter(ReplicasIT::leads).findFirst().orElse(null);
  }

  private static boolean leads(BridgeProcess bridge) {
    try {
      return bridge.told().contains(LEADS);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private long alive() throws SQLException {
    return number("select count(*) from replicas");
  }

  private long sending() throws SQLException {
    return number("select count(*) from submissions where state = 'SENDING'");
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      try (ResultSet there =
          statement.executeQuery("select to_regclass('codes_under_way') is not null")) {
        there.next();
        if (!there.getBoolean(1)) {
          return 0;
        }
      }
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static int accepted(Sandbox sandbox) {
    return sandbox.journal().orders().size() + sandbox.journal().reports().size();
  }

  private static long settled(FileDrop files) {
    Set<String> settled = new TreeSet<>();
    for (String name : files.replies(".status.json")) {
      files
          .read(name)
          .map(status -> status.path("bridge").path("state").asText())
          .filter(Set.of("DONE", "REJECTED", "PARTLY_DONE")::contains)
          .ifPresent(state -> settled.add(name));
    }
    return settled.size();
  }

  /**
   * In any time, however short, no more than the burst and what the limit lets flow in; and what
   * was granted before and came late, however late: as many as may be on their way.
   */
  private static void assertLimit(Sandbox sandbox, int replicas) {
    List<Instant> times =
        new ArrayList<>(
            Stream.concat(
                    sandbox.journal().orders().stream().map(AcceptedOrder::createDate),
                    sandbox.journal().reports().stream().map(AcceptedReport::createDate))
                .sorted()
                .toList());
    int late = replicas * ON_THEIR_WAY;
    for (int from = 0; from < times.size(); from++) {
      for (int to = from; to < times.size(); to++) {
        // A rounded-off millisecond is not the replicas' fault.
        long millis = Duration.between(times.get(from), times.get(to)).toMillis() + 1;
        assertThat(to - from + 1)
            .as("sent within %d ms", millis)
            .isLessThanOrEqualTo((int) (PER_MINUTE / 50 + late + PER_MINUTE * millis / 60_000));
      }
    }
  }
}
