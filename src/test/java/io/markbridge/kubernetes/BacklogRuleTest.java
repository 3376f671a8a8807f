package io.markbridge.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.markbridge.metrics.Promtool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rule of docs/kubernetes.md for an adapter of metrics, and the autoscaler that asks for it.
 */
class BacklogRuleTest {
  @TempDir Path folder;

  private static JsonNode rule() throws Exception {
    return new YAMLMapper().readTree(KubernetesPage.block("externalRules:")).at("/externalRules/0");
  }

  @Test
  void theAutoscalerAsksForWhatTheRuleOffersInItsNamespace() throws Exception {
    JsonNode autoscaler =
        Kustomization.read(Path.of("k8s/overlays/cluster/autoscaling.yaml")).get(0);
    JsonNode metric = autoscaler.at("/spec/metrics/0/external/metric");
    assertThat(rule().at("/name/as")).isEqualTo(metric.path("name"));
    assertThat(metric.has("selector")).isFalse();
    assertThat(rule().at("/resources/overrides/namespace/resource").asText())
        .isEqualTo("namespace");
  }

  /** An absent value would leave the replicas of the last rush for ever. */
  @Test
  void emptyBacklogIsZeroAndNotAbsent() throws Exception {
    String query =
        rule()
            .path("metricsQuery")
            .asText()
            .replace("<<.LabelMatchers>>", "namespace=\"markbridge\"")
            .replace('\n', ' ');
    assertThat(query).doesNotContain("<<").contains(rule().path("seriesQuery").asText());
    Files.writeString(
        folder.resolve("test.yaml"),
        """
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - {series: 'markbridge_documents_oldest_seconds{namespace="markbridge",instance="a",state="PLANNED"}', values: '_ 0 60 60'}
              - {series: 'markbridge_documents_oldest_seconds{namespace="markbridge",instance="b",state="HELD"}', values: '_ 0 60 60'}
              - {series: 'markbridge_documents_waiting{namespace="markbridge",instance="a",kind="order",state="PLANNED"}', values: '_ _ 4000 4000'}
              - {series: 'markbridge_documents_waiting{namespace="markbridge",instance="a",kind="report",state="RECEIVED"}', values: '_ _ 3000 3000'}
              - {series: 'markbridge_documents_waiting{namespace="markbridge",instance="b",kind="order",state="PLANNED"}', values: '_ _ 4000 4000'}
              - {series: 'markbridge_documents_waiting{namespace="markbridge",instance="a",kind="order",state="PARKED"}', values: '_ _ 90000 90000'}
              - {series: 'markbridge_documents_waiting{namespace="other",instance="c",kind="order",state="PLANNED"}', values: '90000x3'}
            promql_expr_test:
              - {expr: &query '%s', eval_time: 0m, exp_samples: []}
              - {expr: *query, eval_time: 1m, exp_samples: [{labels: '{}', value: 0}]}
              - {expr: *query, eval_time: 2m, exp_samples: [{labels: '{}', value: 7000}]}
        """
            .formatted(query));

    Promtool.test(folder, "test.yaml");
  }
}
