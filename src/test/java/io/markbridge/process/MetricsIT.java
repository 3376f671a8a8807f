package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.metrics.MetricsPage;
import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus gets from the packaged bridge. */
class MetricsIT {
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (markbridge_\\w+) ");

  private static final Pattern SERIES = Pattern.compile("(?m)^(markbridge_\\w+)(?:\\{([^}]*)})? ");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  @TempDir Path folder;

  @Test
  void pageNamesEachMetricAndEachTellsWhatHappened() throws Exception {
    try (Sandbox sandbox = FastSandbox.start();
        BridgeProcess bridge = BridgeProcess.of(folder, sandbox)) {
      bridge
          .with("markbridge.dropouts", "hold")
          .with("markbridge.limits.post", "1000")
          // Sources that are not there are measured too.
          .with("markbridge.outbox.erp.url", "jdbc:sqlite:" + folder.resolve("none.db"))
          .with("markbridge.outbox.erp.poll", "10m")
          .with("markbridge.sftp.plant.host", "127.0.0.1")
          .with("markbridge.sftp.plant.port", "1")
          .with("markbridge.sftp.plant.username", "nobody")
          .with("markbridge.sftp.plant.password", "none")
          .with("markbridge.sftp.plant.host-key-fingerprint", "SHA256:" + "A".repeat(43))
          .with("markbridge.sftp.plant.poll", "1h")
          .start();
      FileDrop files = bridge.files();
      sandbox.set("fail", "order:429-retry-after:1");
      files.put("beer/one.json", LegacyBodies.order("one", 1).toString());
      files.put(
          "beer/held.json",
          Files.readString(Path.of("src/test/resources/legacy/bodies/dropout.json")));
      files.awaitOrder("beer/one", "READY");
      bridge.await("the held one", () -> value(bridge, WAITING_HELD) == 1);
      // Counted when its reply is written.
      bridge.await("the ended one", () -> value(bridge, ENDED) == 1);

      Set<String> told = new TreeSet<>();
      TYPE.matcher(scrape(bridge)).results().forEach(one -> told.add(one.group(1)));
      assertThat(told).isEqualTo(MetricsPage.names());
      assertThat(labels(scrape(bridge)))
          .isEqualTo(
              MetricsPage.metrics().entrySet().stream()
                  .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().labels())));

      assertThat(value(bridge, "markbridge_documents_received_total{source=\"file\"}"))
          .isEqualTo(2);
      assertThat(value(bridge, ENDED)).isEqualTo(1);
      for (String source : List.of("file", "outbox:erp", "sftp:plant")) {
        assertThat(
                value(
                    bridge,
                    "markbridge_documents_ended_total{kind=\"utilisation\",source=\""
                        + source
                        + "\",state=\"REJECTED\"}"))
            .as("begins at 0")
            .isZero();
      }
      assertThat(value(bridge, calls("order", "OVER_LIMIT"))).isEqualTo(1);
      assertThat(value(bridge, calls("order", "SUCCEEDED"))).isEqualTo(1);
      assertThat(value(bridge, calls("login", "SUCCEEDED"))).isEqualTo(1);
      assertThat(value(bridge, limit("used_total"))).isEqualTo(2);
      assertThat(value(bridge, limit("allowed"))).isEqualTo(1000);
      assertThat(value(bridge, limit("pauses_total"))).isEqualTo(1);
      assertThat(value(bridge, "markbridge_login_refused{account=\"default\"}")).isZero();
      assertThat(value(bridge, "markbridge_journal_size_bytes")).isGreaterThan(100_000);
      assertThat(value(bridge, "markbridge_replica_leads")).isEqualTo(1);
      // Looked at several times a second; a machine that stands still meanwhile is no silence.
      String silent = "markbridge_source_silent_seconds{source=\"file\"}";
      bridge.await("its looks", () -> value(bridge, silent) >= 0 && value(bridge, silent) <= 5);
      assertThat(value(bridge, interval("file"))).isEqualTo(0.1);
      assertThat(value(bridge, interval("outbox:erp"))).isEqualTo(600);
      assertThat(value(bridge, interval("sftp:plant"))).isEqualTo(3600);
      assertThat(value(bridge, "markbridge_source_trouble{source=\"file\"}")).isZero();
    }
  }

  private static final String ENDED =
      "markbridge_documents_ended_total{kind=\"order\",source=\"file\",state=\"DONE\"}";

  private static final String WAITING_HELD =
      "markbridge_documents_waiting{kind=\"dropout\",source=\"file\",state=\"HELD\"}";

  private static String calls(String call, String outcome) {
    return "markbridge_operator_calls_seconds_count{call=\""
        + call
        + "\",outcome=\""
        + outcome
        + "\"}";
  }

  private static String interval(String source) {
    return "markbridge_source_interval_seconds{source=\"" + source + "\"}";
  }

  /** Of each metric on the page, without what makes the parts of a histogram. */
  private static Map<String, Set<String>> labels(String page) {
    Map<String, Set<String>> labels = new TreeMap<>();
    for (MatchResult series : SERIES.matcher(page).results().toList()) {
      Set<String> of =
          labels.computeIfAbsent(MetricsPage.name(series.group(1)), name -> new TreeSet<>());
      String given = series.group(2) == null ? "" : series.group(2);
      LABEL.matcher(given).results().forEach(label -> of.add(label.group(1)));
      of.remove("le");
    }
    return labels;
  }

  private static String limit(String what) {
    return "markbridge_limit_" + what + "{account=\"default\",limit=\"post\"}";
  }

  /** Of one series; NaN where there is none. */
  private static double value(BridgeProcess bridge, String series) {
    return scrape(bridge)
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String scrape(BridgeProcess bridge) {
    try {
      // Its text has a comma behind the last label.
      return bridge.http("metrics").body().replace(",}", "}");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }
}
