package io.markbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.metrics.MetricsPage.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** An expression of a rule or of a panel, as far as it names metrics and labels. */
record Expression(String text) {
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:markbridge|jvm)_\\w+|up)\\b(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
  private static final Pattern LIST = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");
  private static final Pattern AGGREGATED =
      Pattern.compile("\\b(?:sum|min|max|group|count|avg)\\b");
  private static final Pattern WITH_SITE =
      Pattern.compile("\\b(?:sum|min|max|group|count|avg) by \\(site[,)]");

  /** What Prometheus gives each of them. */
  private static final Set<String> OF_ANY = Set.of("site", "instance", "job");

  /** Names metrics of the page and the Java machine's, and labels that these have. */
  void assertKnown() throws IOException {
    Map<String, Metric> page = MetricsPage.metrics();
    Set<String> known = new TreeSet<>(OF_ANY);
    for (MatchResult metric : METRIC.matcher(text).results().toList()) {
      Set<String> labels = new TreeSet<>(OF_ANY);
      if (metric.group(1).startsWith("markbridge_")) {
        String name = MetricsPage.name(metric.group(1));
        assertThat(page).as(text).containsKey(name);
        labels.addAll(page.get(name).labels());
      } else {
        labels.add("area");
      }
      if (metric.group(1).endsWith("_bucket")) {
        labels.add("le");
      }
      if (metric.group(2) != null) {
        // Without the values, which may look like a matcher too.
        String matchers = metric.group(2).replaceAll("\"[^\"]*\"", "");
        assertThat(labels).as(text).containsAll(groups(MATCHER, matchers));
      }
      known.addAll(labels);
    }
    assertThat(known).as(text).containsAll(labelsOfTheResult());
  }

  /** Of several plants none hides another one. */
  void assertKeepsTheSite() {
    assertThat(WITH_SITE.matcher(text).results().count())
        .as("aggregations by site of " + text)
        .isEqualTo(AGGREGATED.matcher(text).results().count());
  }

  /** All labels that it groups by. */
  Set<String> labelsOfTheResult() {
    Set<String> labels = new TreeSet<>();
    for (String list : groups(LIST, text)) {
      if (!list.isBlank()) {
        labels.addAll(List.of(list.split(",\\s*")));
      }
    }
    return labels;
  }

  /** The metrics it names, with what stands in braces behind each. */
  List<MatchResult> metrics() {
    return METRIC.matcher(text).results().toList();
  }

  /** How Grafana calls the unit of its values. */
  String unit() throws IOException {
    if (text.contains(" / ")) {
      return "percentunit";
    }
    Set<String> units = new TreeSet<>();
    for (MatchResult metric : metrics()) {
      units.add(unit(metric.group(1)));
    }
    assertThat(units).as(text).hasSize(1);
    return units.iterator().next();
  }

  private static String unit(String series) throws IOException {
    if (series.endsWith("_count") || series.endsWith("_total")) {
      return "short";
    }
    if (series.contains("_seconds")) {
      return "s";
    }
    if (series.endsWith("_bytes")) {
      return "bytes";
    }
    String type = MetricsPage.metrics().get(MetricsPage.name(series)).type();
    return type.equals("gauge, 0 or 1") ? "bool_yes_no" : "short";
  }

  private static List<String> groups(Pattern pattern, String in) {
    List<String> found = new ArrayList<>();
    pattern.matcher(in).results().forEach(one -> found.add(one.group(1)));
    return found;
  }
}
