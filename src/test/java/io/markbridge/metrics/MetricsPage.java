package io.markbridge.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of docs/metrics.md. */
public final class MetricsPage {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(markbridge_\\w+)` \\| ([^|]+) \\| ([^|]*)\\|");
  private static final Pattern LABEL = Pattern.compile("`(\\w+)`");

  private MetricsPage() {}

  /**
   * A metric of the table.
   *
   * @param type with its unit, such as {@code gauge, seconds}
   */
  public record Metric(String type, Set<String> labels) {}

  public static Set<String> names() throws IOException {
    return metrics().keySet();
  }

  /** All of them by their names. */
  public static Map<String, Metric> metrics() throws IOException {
    Map<String, Metric> metrics = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("docs", "metrics.md")));
    while (row.find()) {
      Set<String> labels = new TreeSet<>();
      LABEL.matcher(row.group(3)).results().forEach(label -> labels.add(label.group(1)));
      metrics.put(row.group(1), new Metric(row.group(2).strip(), labels));
    }
    return metrics;
  }

  /** The name in the table of a series, such as one of a histogram's. */
  public static String name(String series) {
    return series.replaceAll("_seconds_(bucket|count|sum)$", "_seconds");
  }
}
