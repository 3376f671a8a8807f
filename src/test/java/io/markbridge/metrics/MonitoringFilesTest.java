package io.markbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.markbridge.metrics.MetricsPage.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alert rules and dashboard use metrics that exist, and the rules do what their tests say. */
class MonitoringFilesTest {
  private static final Path FOLDER = Path.of("monitoring");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern LOGINS = Pattern.compile("call=~\"login\\|refresh\"");

  @Test
  void eachRuleUsesMetricsOfThePageAndHasItsAdvice() throws IOException {
    JsonNode rules = rules();
    String operations = Files.readString(Path.of("docs", "operations.md"));
    String tests = Files.readString(FOLDER.resolve("alerts-test.yaml"));
    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      new Expression(rule.path("expr").asText()).assertKnown();
      assertThat(operations).contains("`" + rule.path("alert").asText() + "`");
      // Once where it stays quiet, once where it does not.
      assertThat(tests.split(rule.path("alert").asText())).hasSizeGreaterThan(2);
    }
  }

  @Test
  void eachRuleTellsWhichOfSeveralSites() throws IOException {
    String tests = Files.readString(FOLDER.resolve("alerts-test.yaml"));
    for (JsonNode rule : rules()) {
      new Expression(rule.path("expr").asText()).assertKeepsTheSite();
      assertThat(rule.at("/annotations/summary").asText())
          .startsWith("{{ with $labels.site }}{{ . }}: {{ end }}");
      assertThat(tests)
          .containsPattern(
              "alertname: "
                  + rule.path("alert").asText()
                  + "\n +exp_alerts:\n( +- exp_labels: .*\n +exp_annotations: .*\n)*?"
                  + " +- exp_labels: \\{.*site: south");
    }
  }

  @Test
  void dashboardUsesMetricsAndLabelsOfThePage() throws IOException {
    StringBuilder all = new StringBuilder();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        Expression expression = new Expression(target.path("expr").asText());
        expression.assertKnown();
        expression.assertKeepsTheSite();
        for (MatchResult metric : expression.metrics()) {
          assertThat(metric.group(2))
              .as("the sites that were chosen: " + expression.text())
              .contains("site=~\"$site\"");
        }
        LEGEND
            .matcher(target.path("legendFormat").asText())
            .results()
            .forEach(
                label ->
                    assertThat(expression.labelsOfTheResult())
                        .as(expression.text())
                        .contains(label.group(1)));
        all.append(expression.text());
      }
    }
    for (String name : MetricsPage.names()) {
      assertThat(all.toString()).as("the dashboard shows every metric").contains(name);
    }
    assertThat(all.toString()).as("logins and token refreshes").containsPattern(LOGINS);
  }

  @Test
  void unitOfEachPanelIsThatOfAllItShows() throws IOException {
    for (JsonNode panel : panels()) {
      JsonNode field = panel.path("fieldConfig");
      assertThat(field.path("overrides")).isEmpty();
      for (JsonNode target : panel.path("targets")) {
        assertThat(new Expression(target.path("expr").asText()).unit())
            .as(panel.path("title").asText() + ": " + target.path("expr").asText())
            .isEqualTo(field.at("/defaults/unit").asText());
      }
    }
  }

  @Test
  void unitOfEachMetricIsInItsName() throws IOException {
    for (Map.Entry<String, Metric> one : MetricsPage.metrics().entrySet()) {
      String type = one.getValue().type();
      assertThat(one.getKey().contains("_seconds")).as(one.getKey()).isEqualTo(is(type, "seconds"));
      assertThat(one.getKey().endsWith("_bytes")).as(one.getKey()).isEqualTo(is(type, "bytes"));
      assertThat(one.getKey().endsWith("_total"))
          .as(one.getKey())
          .isEqualTo(type.equals("counter"));
    }
  }

  private static boolean is(String type, String unit) {
    return type.endsWith(", " + unit);
  }

  @Test
  void rulesPassTheirTests() throws Exception {
    Promtool.test(FOLDER, "alerts-test.yaml");
  }

  private static JsonNode rules() throws IOException {
    return new YAMLMapper().readTree(FOLDER.resolve("alerts.yaml").toFile()).at("/groups/0/rules");
  }

  private static JsonNode panels() throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile()).path("panels");
  }
}
