package io.markbridge.process;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows 4.1, 9.1, 10.1 and 11.1 as people use them: commands of the packaged bridge, each a process
 * in an empty folder, and what they ask the operator.
 */
class ChangeTableIT {
  private static final String STORAGE = OperatorStubs.STORAGE;

  @TempDir Path folder;
  private WireMockServer operator;

  /** What a command printed on its two outputs. */
  private record Told(int status, String output, String errors) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(output);
    }
  }

  @BeforeEach
  void operator() {
    operator = new WireMockServer(options().dynamicPort().globalTemplating(true));
    operator.start();
    StandInOperator.login(operator);
  }

  @AfterEach
  void stop() {
    operator.stop();
  }

  private Told run(String... arguments) throws Exception {
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    Path empty = Files.createDirectories(folder.resolve("work"));
    List<String> command = List.of(arguments);
    ProcessBuilder builder = PackagedProgram.process(List.of(), command).directory(empty.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("MARKBRIDGE_OPENAPI_URL", operator.baseUrl());
    environment.put("MARKBRIDGE_ACCOUNTS_DEFAULT_LOGIN", "login-plant");
    environment.put("MARKBRIDGE_ACCOUNTS_DEFAULT_PASSWORD", "password-plant");
    Process process =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    Told told = new Told(process.exitValue(), Files.readString(output), Files.readString(errors));
    assertThat(told.errors()).doesNotContain("password-plant", "access-login-plant");
    try (var left = Files.list(empty)) {
      assertThat(left).as("a question leaves no journal").isEmpty();
    }
    return told;
  }

  private LoggedRequest asked(String path) {
    List<LoggedRequest> asked = operator.findAll(WireMock.getRequestedFor(urlPathEqualTo(path)));
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).getHeader("Authorization")).isEqualTo("Bearer access-login-plant");
    return asked.get(0);
  }

  private static List<String> values(LoggedRequest request, String name) {
    return request.queryParameter(name).values();
  }

  @Test
  void row4_1_ordersAreSearched() throws Exception {
    operator.stubFor(
        get(urlPathEqualTo("/api/orders"))
            .willReturn(
                okJson(
                    "{\"orderInfos\":[{\"orderId\":\"order-1\",\"productGroup\":\"water\","
                        + "\"orderStatus\":\"REJECTED\",\"poNumber\":\"PO-1\","
                        + "\"createDate\":\"2026-11-20T10:11:12Z\",\"rejectionReason\":\"no money\"}]}")));
    Told told = run("orders", "--po-number", "PO-1", "--status", "REJECTED", "--group", "water");
    assertThat(told.status()).as(told.errors()).isZero();
    assertThat(told.output()).contains("order-1", "REJECTED", "PO-1", "no money");
    LoggedRequest asked = asked("/api/orders");
    assertThat(values(asked, "poNumber")).containsExactly("PO-1");
    assertThat(values(asked, "status")).containsExactly("REJECTED");
    assertThat(values(asked, "productGroup")).containsExactly("water");
  }

  @Test
  void row9_1_theBodyOfADocumentIsPrinted() throws Exception {
    operator.stubFor(
        get(STORAGE + "/json/doc-1").willReturn(okJson("{\"businessPlaceId\":17,\"a\":[1]}")));
    Told told = run("document", "doc-1", "--body", "--json");
    assertThat(told.status()).as(told.errors()).isZero();
    assertThat(told.json())
        .isEqualTo(new ObjectMapper().readTree("{\"businessPlaceId\":17,\"a\":[1]}"));
    asked(STORAGE + "/json/doc-1");
  }

  @Test
  void row10_1_documentsAreSearched() throws Exception {
    operator.stubFor(
        get(urlPathEqualTo(STORAGE + "/docs/search"))
            .willReturn(
                okJson(
                    "{\"documentInfos\":[{\"documentId\":\"doc-1\",\"type\":\"AGGREGATION\","
                        + "\"status\":\"ERROR\",\"createDate\":\"2026-11-20T10:11:12Z\"}]}")));
    Told told = run("documents", "--type", "AGGREGATION", "--type", "ORDER", "--status", "ERROR");
    assertThat(told.status()).as(told.errors()).isZero();
    assertThat(told.output()).contains("doc-1", "AGGREGATION", "ERROR");
    LoggedRequest asked = asked(STORAGE + "/docs/search");
    assertThat(values(asked, "types")).containsExactly("AGGREGATION", "ORDER");
    assertThat(values(asked, "status")).containsExactly("ERROR");
  }

  @Test
  void row11_1_errorsOfADocumentArePrinted() throws Exception {
    operator.stubFor(
        get(urlPathEqualTo(STORAGE + "/errors/doc-1"))
            .willReturn(
                okJson(
                    "{\"documentErrors\":[{\"propertyName\":\"codes\",\"index\":3,"
                        + "\"errorCode\":\"code-not-applied\",\"errorTags\":{\"state\":\"RECEIVED\"}}]}")));
    Told told = run("document", "doc-1", "--errors");
    assertThat(told.status()).as(told.errors()).isZero();
    assertThat(told.output()).contains("codes", "3", "code-not-applied", "RECEIVED");
    asked(STORAGE + "/errors/doc-1");
  }

  @Test
  void aRefusedQuestionFailsInTheOperatorsWords() throws Exception {
    operator.stubFor(
        get(STORAGE + "/json/doc-1")
            .willReturn(status(403).withBody("{\"code\":\"access-denied\"}")));
    Told told = run("document", "doc-1", "--body");
    assertThat(told.status()).isEqualTo(1);
    assertThat(told.output()).isEmpty();
    assertThat(told.errors()).contains("access-denied", "403");
  }
}
