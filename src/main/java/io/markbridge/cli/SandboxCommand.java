package io.markbridge.cli;

import io.markbridge.sandbox.Sandbox;
import io.markbridge.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sandbox}: a simulator of OPEN API that runs until it is stopped. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = "Runs a simulator of OPEN API until it is stopped; docs/sandbox.md tells all.")
public final class SandboxCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "8070",
      description = "Port; 0 takes a free one (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--switch",
      paramLabel = "name=value",
      description = "A switch, such as token-life=2s; may be repeated.")
  private Map<String, String> switches = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    SandboxOptions options = SandboxOptions.defaults().withHost(host).withPort(port);
    for (Map.Entry<String, String> entry : switches.entrySet()) {
      options = options.with(entry.getKey(), entry.getValue());
    }
    PrintWriter output = spec.commandLine().getOut();
    Sandbox sandbox;
    try {
      sandbox = Sandbox.start(options);
    } catch (IllegalArgumentException exception) {
      spec.commandLine().getErr().println(exception.getMessage());
      return 2;
    } catch (IllegalStateException exception) {
      spec.commandLine().getErr().println(exception.getMessage());
      return 1;
    }
    try (sandbox) {
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-stop"));
      output.println("sandbox " + sandbox.uri());
      output.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
