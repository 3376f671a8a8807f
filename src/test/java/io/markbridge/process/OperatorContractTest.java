package io.markbridge.process;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StandInOperator.class)
class OperatorContractTest {
  @BeforeEach
  void start() throws Exception {
    BridgeHere.start();
  }

  @Test
  void smoke() {
    StandInOperator.server()
        .stubFor(
            post(urlPathEqualTo("/api/orders"))
                .withHeader("Authorization", equalTo(StandInOperator.bearer("plant")))
                .willReturn(okJson("{\"orderId\":\"o-1\"}")));
    FileDrop files = BridgeHere.files();
    files.put("plant/water/a.json", LegacyBodies.order("PO-1", 2).toString());
    assertThat(files.await("plant/water/a.reply.json").path("orderId").asText()).isEqualTo("o-1");
  }
}
