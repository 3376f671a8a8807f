package io.markbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alert rules and dashboard use metrics that exist, and the rules do what their tests say. */
class MonitoringFilesTest {
  private static final Path FOLDER = Path.of("monitoring");
  private static final Pattern METRIC = Pattern.compile("markbridge_\\w+");

  @Test
  void eachRuleUsesMetricsOfThePageAndHasItsAdvice() throws IOException {
    JsonNode rules =
        new YAMLMapper().readTree(FOLDER.resolve("alerts.yaml").toFile()).at("/groups/0/rules");
    String operations = Files.readString(Path.of("docs", "operations.md"));
    String tests = Files.readString(FOLDER.resolve("alerts-test.yaml"));
    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      assertKnown(rule.path("expr").asText());
      assertThat(operations).contains("`" + rule.path("alert").asText() + "`");
      // Once where it stays quiet, once where it does not.
      assertThat(tests.split(rule.path("alert").asText())).hasSizeGreaterThan(2);
    }
  }

  @Test
  void dashboardUsesMetricsOfThePage() throws IOException {
    JsonNode panels =
        new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile()).path("panels");
    StringBuilder all = new StringBuilder();
    for (JsonNode panel : panels) {
      for (JsonNode target : panel.path("targets")) {
        assertKnown(target.path("expr").asText());
        all.append(target.path("expr").asText());
      }
    }
    for (String name : MetricsPage.names()) {
      assertThat(all.toString()).as("the dashboard shows every metric").contains(name);
    }
  }

  @Test
  void rulesPassTheirTests() throws Exception {
    Promtool.test(FOLDER, "alerts-test.yaml");
  }

  private static void assertKnown(String expression) throws IOException {
    Set<String> used = new TreeSet<>();
    Matcher metric = METRIC.matcher(expression);
    while (metric.find()) {
      used.add(metric.group().replaceAll("_seconds_(bucket|count|sum)$", "_seconds"));
    }
    assertThat(MetricsPage.names()).containsAll(used);
  }
}
