package io.markbridge.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in the table of docs/metrics.md. */
public final class MetricsPage {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(markbridge_\\w+)` \\|");

  private MetricsPage() {}

  public static Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("docs", "metrics.md")));
    while (row.find()) {
      names.add(row.group(1));
    }
    return names;
  }
}
