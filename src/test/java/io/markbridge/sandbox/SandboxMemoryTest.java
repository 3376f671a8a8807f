package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.cli.SandboxCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/**
 * The sandbox in a process of its own, with a heap that would not hold a document. More documents
 * by {@code -Dsandbox.documents=100}: that is a gigabyte.
 */
class SandboxMemoryTest {
  private static final int DOCUMENTS = Integer.getInteger("sandbox.documents", 6);
  private static final int UNITS = 200;
  private static final int CODES = 1000;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What the child process runs. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      System.exit(new CommandLine(new SandboxCommand()).execute(arguments));
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void documentsOfTenMegabytesPassThroughASmallHeap() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--port=0",
                "--switch=unknown-codes=accept",
                "--switch=document-delay=0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      URI uri = URI.create(output.readLine().substring("sandbox ".length()));

      for (int document = 0; document < DOCUMENTS; document++) {
        assertThat(send(uri, document(document)).statusCode()).isEqualTo(200);
      }

      JsonNode counts = state(uri).path("counts");
      assertThat(counts.path("documents").asInt()).isEqualTo(DOCUMENTS);
      assertThat(counts.path("codesPacked").asLong()).isEqualTo((long) DOCUMENTS * UNITS * CODES);
    } finally {
      process.destroy();
      process.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private static HttpResponse<String> send(URI uri, String body)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(uri.resolve("/public/api/v1/doc/aggregation"))
            .header("Authorization", "Bearer demo-key")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode state(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri.resolve("/sandbox/state")).build();
    return Client.JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
  }

  /** Two hundred units of a thousand codes of 44 characters. */
  private static String document(int number) {
    StringBuilder inner = new StringBuilder(10_000_000).append("{\"aggregationUnits\":[");
    for (int unit = 0; unit < UNITS; unit++) {
      inner.append(unit == 0 ? "" : ",");
      inner.append("{\"aggregationItemsCount\":1000,\"aggregationUnitCapacity\":1000,\"codes\":[");
      for (int code = 0; code < CODES; code++) {
        inner.append(code == 0 ? "\"" : ",\"");
        inner.append("own-form-of-a-group-that-is-quite-long-");
        inner.append(number).append('-').append(unit).append('-').append(code).append('"');
      }
      inner.append("],\"unitSerialNumber\":\"unit-").append(number).append('-').append(unit);
      inner.append("\"}");
    }
    inner.append("],\"businessPlaceId\":17,\"documentDate\":\"2026-03-01T09:00:00Z\"}");
    byte[] bytes = inner.toString().getBytes(StandardCharsets.UTF_8);
    return "{\"documentBody\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
  }
}
