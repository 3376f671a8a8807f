package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.crash.CrashSwitch;
import io.markbridge.sandbox.Duplicate;
import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged bridge ends at every named point, once each, with one document of each kind under
 * way; the next start goes on. Each life recovers what the one before it left.
 */
abstract class CrashMatrix {
  private static final int KILLED = 137;
  private static final Duration PATIENCE =
      Duration.ofSeconds(Long.getLong("markbridge.crash.patience-seconds", 120));
  private static final String ONLY = System.getProperty("markbridge.crash.only", "");

  /** What came of one point. */
  private static final class Cell {
    private final CrashScenario.Planned planned;
    private final List<String> kinds = new ArrayList<>();
    private final Map<String, String> wrong = new LinkedHashMap<>();
    private String reached = "no";
    private long milliseconds;

    private Cell(CrashScenario.Planned planned) {
      this.planned = planned;
    }

    private boolean onTheWay() {
      return planned.scenario() != CrashScenario.NEVER;
    }

    private boolean good() {
      return wrong.isEmpty() && (reached.equals("yes") || !onTheWay());
    }

    private String line() {
      if (!onTheWay()) {
        return String.format("%-28s not on the way: %s", planned.point(), planned.reason());
      }
      return String.format(
          "%-28s %-16s %-3s %5d ms  %-5s %s%s",
          planned.point(),
          planned.scenario(),
          reached,
          milliseconds,
          good() ? "ok" : "WRONG",
          kinds.isEmpty() ? "" : "at it: " + String.join(", ", kinds),
          wrong.isEmpty() ? "" : "  " + wrong);
    }
  }

  @TempDir Path folder;

  private final String database = getClass().getSimpleName().replaceAll("CrashMatrix|IT", "");
  private final List<Cell> cells = new ArrayList<>();
  private final Map<CrashRound, Cell> pending = new LinkedHashMap<>();
  private final List<CrashRound> settled = new ArrayList<>();
  private Sandbox sandbox;
  private DirectClient operator;
  private BridgeProcess bridge;
  private FileDrop files;
  private CrashPlant plant;

  /** The setting {@code markbridge.journal.url}. */
  abstract String journalUrl();

  @Test
  void nothingIsLostAndNothingIsDoubled() throws Exception {
    List<CrashScenario.Planned> points =
        CrashScenario.all(journalUrl().startsWith("jdbc:postgresql")).stream()
            .filter(one -> one.point().matches(ONLY + ".*"))
            .toList();
    try (Sandbox started = FastSandbox.startForAnyCodes();
        BridgeProcess process = BridgeProcess.of(folder, started)) {
      sandbox = started;
      operator = new DirectClient(started.uri());
      bridge = process;
      files = process.files();
      plant = new CrashPlant(folder, journalUrl(), started, process);
      settings();
      // A first pack whose answer was lost can be read again only where the operator repeats it.
      started.set("codes-without-pack", "first");
      for (CrashScenario.Planned point : points) {
        live(point);
      }
      // One more life for what the last one left.
      goOn();
      String matrix = matrix();
      System.out.println(matrix);
      Files.writeString(Path.of("target", "crash-matrix-" + database + ".txt"), matrix);
      assertThat(cells).as(matrix).allMatch(Cell::good);
      assertNothingIsLeft();
    }
  }

  private void settings() throws Exception {
    bridge
        .with("markbridge.journal.url", journalUrl())
        .with("markbridge.files.poll-milliseconds", "20")
        .with("markbridge.loop.milliseconds", "20")
        // Nobody asks for its health; each start is so much shorter.
        .with("markbridge.http.enabled", "false")
        .with("markbridge.track.first", "50ms")
        .with("markbridge.retry.first", "100ms")
        .with("markbridge.retry.longest", "1s")
        .with("markbridge.dropouts", "hold")
        .with("markbridge.openapi.answer-timeout-milliseconds", "2000")
        .with("markbridge.look-up.absent-after", "4s")
        // Who stops lives on that much longer.
        .with("camel.main.shutdown-timeout", "2")
        .withFlags("-D" + CrashSwitch.FILE + "=" + plant.armed());
    Path routes = folder.resolve("routes");
    Files.createDirectories(routes);
    for (String name : FileDrop.below(Path.of("routes"), ".yaml")) {
      Files.writeString(
          routes.resolve(name),
          Files.readString(Path.of("routes", name))
              .replaceAll("(delay|period): (1000|5000|60000|3600000)\\b", "$1: 200"));
    }
  }

  private void live(CrashScenario.Planned point) throws Exception {
    Cell cell = new Cell(point);
    cells.add(cell);
    if (!cell.onTheWay()) {
      return;
    }
    long from = System.nanoTime();
    try {
      live(point, cell);
    } catch (IOException | SQLException | RuntimeException | AssertionError failure) {
      // The other points are tried all the same.
      cell.wrong.put("scenario", failure.toString());
    }
    cell.milliseconds = (System.nanoTime() - from) / 1_000_000;
    System.out.println(cell.line());
  }

  private void live(CrashScenario.Planned point, Cell cell) throws Exception {
    if (point.scenario() == CrashScenario.AT_START) {
      bridge.close();
      plant.arm(point.point());
      bridge.start();
      end(cell, null);
    } else {
      goOn();
      CrashRound round = new CrashRound(cells.size(), operator);
      pending.put(round, cell);
      if (point.scenario().ofPerson()) {
        decide(cell, round);
      } else {
        plant.bring(point, round, PATIENCE);
        end(cell, round);
      }
    }
  }

  /** Starts the bridge unless it runs, and waits for the answers of all that was dropped. */
  private void goOn() throws Exception {
    plant.disarm();
    sandbox.set("fail", "");
    if (bridge.starts() == 0 || bridge.ended().isPresent()) {
      plant.start(PATIENCE);
    }
    if (pending.isEmpty()) {
      return;
    }
    try {
      Awaitility.await("answers")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .failFast(() -> bridge.ended().isPresent())
          .until(() -> pending.keySet().stream().allMatch(one -> one.ended(files)));
    } catch (ConditionTimeoutException told) {
      // Below, with what is missing.
    }
    Map<String, Integer> packs = plant.packs();
    List<String> inDoubt = Journalled.of(journalUrl()).inDoubt();
    pending.forEach(
        (round, cell) -> {
          cell.wrong.putAll(round.wrong(files));
          cell.wrong.putAll(round.wrongAt(sandbox, packs));
          cell.wrong.putAll(round.inDoubt(inDoubt));
        });
    settled.addAll(pending.keySet());
    pending.clear();
  }

  /** Waits for the end of the process at the point. */
  private void end(Cell cell, CrashRound round) throws Exception {
    OptionalInt status = plant.awaitEnd(PATIENCE);
    if (status.isPresent()) {
      cell.reached = status.getAsInt() == KILLED ? "yes" : "ended with " + status.getAsInt();
      plant.disarm();
      String report = plant.report();
      if (round != null) {
        cell.kinds.addAll(round.kindsIn(report, plant.idsByPath()));
      }
    }
  }

  /** A person's command ends at the point, and the person tries again; the bridge runs on. */
  private void decide(Cell cell, CrashRound round) throws Exception {
    CrashScenario.Planned point = cell.planned;
    String[] command = plant.prepare(point.scenario(), round, PATIENCE);
    plant.arm(point.point());
    int status = plant.command(command);
    plant.disarm();
    cell.reached = status == KILLED ? "yes" : "ended with " + status;
    if (status != KILLED) {
      cell.wrong.put("first command", plant.lastWords());
    }
    cell.kinds.addAll(round.kindsIn(plant.report(), plant.idsByPath()));
    int again = plant.command(command);
    if (point.point().startsWith("BEFORE_") && again != 0) {
      cell.wrong.put("command", "refused the second time with " + again);
    }
  }

  private void assertNothingIsLeft() throws Exception {
    assertThat(sandbox.journal().duplicateCounts())
        .as("sent twice")
        .allSatisfy(
            (kind, count) ->
                assertThat(count).isEqualTo(kind == Duplicate.Kind.ORDER ? meantTwice() : 0));
    assertThat(Journalled.of(journalUrl()).documents()).as("accepted once each").isNotEmpty();
    assertThat(files.waiting(".json")).as("left in the inbox").isEmpty();
    assertThat(files.waiting(".http")).as("left in the inbox").isEmpty();
    // One may just be written: a half-written one would stay.
    bridge.await("whole replies", () -> files.replies(".tmp").isEmpty());
  }

  private long meantTwice() {
    return cells.stream()
        .filter(cell -> cell.planned.scenario() == CrashScenario.REPLAY_AS_NEW)
        .count();
  }

  private String matrix() {
    Map<String, Integer> reachedBy = new TreeMap<>();
    cells.forEach(cell -> cell.kinds.forEach(kind -> reachedBy.merge(kind, 1, Integer::sum)));
    StringBuilder text = new StringBuilder();
    text.append("Crash matrix on ").append(database).append('\n');
    cells.forEach(cell -> text.append(cell.line()).append('\n'));
    text.append(
        String.format(
            "%d points, %d of them reached, %d not on the way, %d documents under way, %d starts, %d s; at a point by"
                + " kind: %s%n",
            cells.size(),
            cells.stream().filter(cell -> cell.reached.equals("yes")).count(),
            cells.stream().filter(cell -> !cell.onTheWay()).count(),
            settled.stream().mapToInt(CrashRound::size).sum(),
            bridge.starts(),
            cells.stream().mapToLong(cell -> cell.milliseconds).sum() / 1000,
            reachedBy));
    return text.toString();
  }
}
