package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sandbox's own paths, its switches, its start and its end. */
class SandboxControlTest extends SandboxTest {

  @Test
  void stateTellsOtherProcessesWhatCame() throws IOException {
    List<String> codes = sandbox.issue("pharma", GTIN, 2).codes();
    client.posted("/api/utilisation?productGroup=pharma", Client.report(codes));
    later();
    List<String> identities = codes.stream().map(Client::identity).toList();
    client.posted(
        "/public/api/v1/doc/aggregation", Client.wrapped(Client.document("unit", identities)));
    later();

    JsonNode state = client.with("").got("/sandbox/state");

    assertThat(state.path("counts").path("codesReported").asInt()).isEqualTo(2);
    assertThat(state.path("counts").path("codesPacked").asInt()).isEqualTo(2);
    assertThat(state.path("calls").path("utilisation").asInt()).isEqualTo(1);
    assertThat(state.path("orders").path(0).path("quantities").path(GTIN).asInt()).isEqualTo(2);
    assertThat(state.path("reports").path(0).path("status").asText()).isEqualTo("SUCCESS");
    assertThat(state.path("documents").path(0).path("status").asText()).isEqualTo("SUCCESS");
    assertThat(client.got("/sandbox/state?limit=0").path("reports")).isEmpty();
  }

  @Test
  void switchesAreSetAndShownOverHttp() throws IOException {
    client.posted("/sandbox/switches", "{\"limit\":7,\"document-body\":\"wrapped\"}");

    JsonNode shown = client.got("/sandbox/switches");
    assertThat(shown.path("limit").asText()).isEqualTo("7");
    assertThat(shown.path("document-body").asText()).isEqualTo("wrapped");
    assertThat(shown.path("users").asText()).isEqualTo("***");
    refused(client.post("/sandbox/switches", "{\"nonsense\":1}"), "nonsense");
    refused(client.post("/sandbox/switches", "{\"limit\":\"many\"}"), "limit");
  }

  @Test
  void tokensAreEndedOverHttp() throws IOException {
    client.with(client.login().path("accessToken").asText());

    client.posted("/sandbox/expire-tokens", "");

    assertThat(client.get("/api/orders").status()).isEqualTo(401);
  }

  @Test
  void codesAreIssuedOverHttpAndCanBeReported() throws IOException {
    JsonNode issued =
        client.posted(
            "/sandbox/issue",
            "{\"productGroup\":\"pharma\",\"gtin\":\"" + GTIN + "\",\"quantity\":2}");
    List<String> codes =
        List.of(issued.path("codes").path(0).asText(), issued.path("codes").path(1).asText());

    client.posted("/api/utilisation?productGroup=pharma", Client.report(codes));
    later();

    assertThat(sandbox.journal().reports().get(0).status()).isEqualTo("SUCCESS");
    assertThat(sandbox.journal().orders().get(0).orderId())
        .isEqualTo(issued.path("orderId").asText());
    refused(client.post("/sandbox/issue", "{\"quantity\":0}"), "quantity");
  }

  @Test
  void bodyBeyondTheMaximumIsRefused() throws IOException {
    sandbox.set("maximum-body", "100");

    assertThat(client.post("/api/orders", "x".repeat(101)).status()).isEqualTo(413);
    assertThat(client.get("/api/orders").status()).isEqualTo(200);
  }

  @Test
  void badSwitchesStopTheStart() {
    for (Map.Entry<String, String> wrong :
        Map.of("nonsense", "1", "token-life", "long", "accept", "maybe", "reject-codes", "[")
            .entrySet()) {
      SandboxOptions options = SandboxOptions.defaults().with(wrong.getKey(), wrong.getValue());
      assertThatThrownBy(() -> Sandbox.start(options))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.getKey());
    }
  }

  @Test
  void takenPortIsSaid() {
    SandboxOptions options = SandboxOptions.defaults().withPort(sandbox.port());

    assertThatThrownBy(() -> Sandbox.start(options))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("listening on 127.0.0.1:" + sandbox.port());
  }

  @Test
  void filesDieWithIt() throws IOException {
    Work work = Work.open(new Switches(Map.of()), clock);
    Files.writeString(work.bodyOf("x"), "{}");
    new CodeTable(work.folder());

    work.delete();

    assertThat(work.folder()).doesNotExist();
  }

  @Test
  void everySwitchIsInThePageWithItsDefault() throws IOException {
    String page = Files.readString(Path.of("docs/sandbox.md"), StandardCharsets.UTF_8);

    assertThat(Arrays.stream(SwitchName.values()))
        .allSatisfy(
            name ->
                assertThat(page)
                    .contains(
                        "| `%s` | %s | %s |"
                            .formatted(
                                name.label(),
                                name.initial().isEmpty() ? "" : "`" + name.initial() + "`",
                                name.meaning())));
    assertThat(Arrays.stream(FailureShape.values()))
        .allSatisfy(shape -> assertThat(page).contains("`" + shape.label() + "`"));
    assertThat(Routes.ALL)
        .allSatisfy(
            route ->
                assertThat(page)
                    .contains("`" + route.name() + "`")
                    .contains("`" + route.method() + " " + route.template() + "`"));
  }
}
