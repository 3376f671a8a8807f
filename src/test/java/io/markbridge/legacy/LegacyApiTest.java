package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.legacy.LegacyCall.EqualContent;
import io.markbridge.settings.SiteFiles;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyApiTest {
  private final LegacyApi api = Fixtures.api();

  @ParameterizedTest
  @CsvSource({
    "GET, /ping, ping, true",
    "GET, /version, version, true",
    "POST, /orders, order, true",
    "GET, /orders, order-list, true",
    "GET, /buffer/status, buffer-status, true",
    "GET, /codes, codes, true",
    "GET, /codes/blocks, codes-blocks, true",
    "GET, /codes/retry, codes-retry, true",
    "POST, /buffer/close, buffer-close, true",
    "POST, /utilisation, utilisation, true",
    "POST, /aggregation, aggregation, true",
    "GET, /aggregation/info, aggregation-info, false",
    "POST, /dropout, dropout, false",
    "GET, /report/info, report-info, true",
    "GET, /receipts, receipts, false",
    "GET, /providers, providers, false",
    "GET, /order/product, order-product, false",
    "POST, /logs/upload, logs, true",
    "POST, /logs, logs, true",
  })
  void knowsEveryCallOfTheLegacyApi(String method, String path, String kind, boolean served) {
    assertThat(api.match(method, path, true)).contains(api.call(kind));
    assertThat(api.call(kind).served()).isEqualTo(served);
  }

  @Test
  void knowsTheCallWithoutGroup() {
    assertThat(api.match("POST", "/integration/connection", false))
        .contains(api.call("connection"));
    assertThat(api.match("POST", "/integration/connection", true)).isEmpty();
    assertThat(api.match("GET", "/ping", false)).isEmpty();
  }

  @Test
  void hasNoOtherCalls() {
    assertThat(api.kinds()).hasSize(20);
    assertThat(api.match("DELETE", "/orders", true)).isEmpty();
    assertThatThrownBy(() -> api.call("order/list")).hasMessageContaining("order/list");
  }

  @Test
  void saysWhatToDoInsteadInBothLanguages() {
    assertThat(api.calls().values())
        .filteredOn(call -> !call.served())
        .hasSize(6)
        .allSatisfy(
            call -> {
              assertThat(call.instead().get("en")).isNotBlank();
              assertThat(call.instead().get("ru")).matches("(?s).*\\p{IsCyrillic}.*");
              Problem problem = api.notServed(call, "ru");
              assertThat(problem.code()).isEqualTo(ProblemCode.CALL_NOT_SERVED);
              assertThat(problem.row()).isEqualTo("X7");
              assertThat(problem.arguments())
                  .containsEntry("instead", call.instead().get("ru"))
                  .containsEntry("call", call.method() + " " + call.paths().get(0));
            });
  }

  @Test
  void takesNoQuestionForADuplicate() {
    assertThat(api.calls().values())
        .filteredOn(call -> call.method().equals("GET"))
        .allSatisfy(call -> assertThat(call.equal()).isEqualTo(EqualContent.NEW));
    assertThat(api.calls().values().stream().filter(LegacyCall::effect).map(LegacyCall::kind))
        .containsExactlyInAnyOrder(
            "order",
            "codes",
            "buffer-close",
            "utilisation",
            "aggregation",
            "logs",
            "dropout",
            "connection",
            "market-cis");
    assertThat(api.call("market-cis").equal())
        .as("another set may have come between")
        .isEqualTo(EqualContent.NEW);
    assertThat(api.call("order").equal()).isEqualTo(EqualContent.HELD);
    assertThat(api.call("utilisation").equal()).isEqualTo(EqualContent.AGAIN);
    assertThat(api.call("aggregation").equal()).isEqualTo(EqualContent.AGAIN);
  }

  @Test
  void tellsParameters() {
    assertThat(api.call("codes").required()).isEqualTo(Set.of("orderId", "gtin", "quantity"));
    assertThat(api.call("codes").optional()).contains("lastBlockId", "omsId");
    assertThat(api.call("buffer-close").required()).isEqualTo(Set.of("orderId"));
  }

  @Test
  void saysWhichFileIsWrong(@TempDir Path site) throws Exception {
    Files.createDirectories(site.resolve("config/legacy"));
    Files.writeString(
        site.resolve("config/legacy/odd.yaml"), "calls: {ping: {path: /ping, body: xml}}");
    assertThatThrownBy(() -> LegacyApi.load(new SiteFiles(site), "odd"))
        .hasMessageContaining("config/legacy/odd.yaml");
    assertThatThrownBy(() -> LegacyApi.load(new SiteFiles(site), "none"))
        .isInstanceOf(FileNotFoundException.class);
  }
}
