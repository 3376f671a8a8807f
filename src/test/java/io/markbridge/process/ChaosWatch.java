package io.markbridge.process;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks into the journal of running bridges every second: what is open, and what waits. */
final class ChaosWatch implements AutoCloseable {
  private final String journal;
  private final Clock clock = Clock.systemUTC();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /** Requests that wait for a limit only, by limit and second since 1970. */
  private final Map<String, NavigableMap<Long, Long>> waiting =
      Map.of("post", new TreeMap<>(), "poll", new TreeMap<>());

  private volatile Look last = new Look(0, 0, 0, 0, 0);

  /**
   * @param documents that the journal has taken
   * @param open documents that go on by themselves
   * @param inDoubt requests
   * @param unanswered documents whose newest reply is not on disk
   * @param changes grows as long as anything goes on
   */
  record Look(long documents, long open, long inDoubt, long unanswered, long changes) {}

  private ChaosWatch(String journal) {
    this.journal = journal;
  }

  static ChaosWatch start(String journal) {
    ChaosWatch watch = new ChaosWatch(journal);
    watch.timer.scheduleAtFixedRate(watch::look, 0, 1, TimeUnit.SECONDS);
    return watch;
  }

  private void look() {
    long now = clock.millis();
    try (Connection connection = DriverManager.getConnection(journal)) {
      for (Map.Entry<String, NavigableMap<Long, Long>> bucket : waiting.entrySet()) {
        long due =
            number(
                connection,
                "select count(*) from submissions where state = 'PLANNED' and bucket = '"
                    + bucket.getKey()
                    + "' and next_attempt_at <= "
                    + now);
        synchronized (waiting) {
          bucket.getValue().put(now / 1000, due);
        }
      }
      last =
          new Look(
              number(connection, "select count(*) from documents"),
              number(
                  connection,
                  "select count(*) from documents where state in ('RECEIVING', 'RECEIVED', 'PLANNED')"),
              number(connection, "select count(*) from submissions where state = 'IN_DOUBT'"),
              number(
                  connection,
                  "select count(*) from documents where change_number > replied_number"),
              number(connection, "select coalesce(sum(change_number), 0) from documents"));
    } catch (SQLException notYet) {
      // Before the first start there are no tables; a minute without a look does not count.
      return;
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  Look last() {
    return last;
  }

  /**
   * Calls of each whole minute in which something waited at every look, and nothing was shut.
   *
   * @param bucket {@code post} or {@code poll}
   * @param shut seconds in which nothing could arrive
   */
  List<Integer> calls(String bucket, Map<Long, Integer> arrived, List<Long> shut) {
    List<Integer> minutes = new ArrayList<>();
    synchronized (waiting) {
      NavigableMap<Long, Long> due = waiting.get(bucket);
      if (due.isEmpty()) {
        return minutes;
      }
      for (long from = due.firstKey(); from + 60 <= due.lastKey(); from++) {
        long begin = from;
        var looks = due.subMap(begin, begin + 60);
        boolean busy = looks.size() >= 50 && looks.values().stream().allMatch(waited -> waited > 0);
        boolean open = shut.stream().noneMatch(second -> second >= begin && second < begin + 60);
        if (busy && open) {
          int calls = 0;
          for (long second = begin; second < begin + 60; second++) {
            calls += arrived.getOrDefault(second, 0);
          }
          minutes.add(calls);
          from += 59;
        }
      }
    }
    return minutes;
  }

  /** Why documents are not done, one line each. */
  List<String> notDone() throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(journal);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select d.id, d.source_path, d.state, d.problems, s.call, s.state, s.failure_kind, s.failures from documents d"
                    + " left join submissions s on s.document_id = d.id and s.state <> 'DONE' where d.state <> 'DONE' order by d.id limit 200")) {
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int column = 1; column <= 8; column++) {
          line.append(rows.getString(column)).append(' ');
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
