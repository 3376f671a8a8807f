package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.Patience;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SandboxCommandTest {
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int execute(String... arguments) {
    return new CommandLine(new SandboxCommand())
        .setOut(new PrintWriter(output))
        .setErr(new PrintWriter(errors))
        .execute(arguments);
  }

  @Test
  void printsItsAddressAndRunsUntilStopped() throws Exception {
    Thread thread =
        new Thread(() -> execute("--port", "0", "--switch", "limit=7", "--switch", "accept=any"));
    thread.start();
    Patience.await("its address").until(() -> output.toString().endsWith("\n"));
    URI uri = URI.create(output.toString().strip().substring("sandbox ".length()));

    String switches =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri.resolve("/sandbox/switches")).build(),
                BodyHandlers.ofString())
            .body();

    assertThat(uri.getHost()).isEqualTo("127.0.0.1");
    assertThat(switches).contains("\"limit\":\"7\"", "\"accept\":\"any\"");
    thread.interrupt();
    thread.join(Patience.LONG.toMillis());
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void wrongSwitchIsWrongUse() {
    assertThat(execute("--port", "0", "--switch", "nonsense=1")).isEqualTo(2);
    assertThat(errors.toString()).contains("no switch is named nonsense");
  }

  @Test
  void fullFailPlanSurvivesItsEqualsSignsAndColons() {
    assertThat(execute("--port", "0", "--switch", "fail=order:nonsense")).isEqualTo(2);
    assertThat(errors.toString()).contains("fail has no shape named nonsense");
  }
}
