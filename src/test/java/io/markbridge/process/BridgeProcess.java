package io.markbridge.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The packaged bridge as a plant runs it: a process of its own in a folder of its own. It can be
 * killed and started again; its log goes on in one file.
 */
final class BridgeProcess implements AutoCloseable {
  static final String OMS_ID = "cdf12109-10d3-11e6-8b6f-0050569977a1";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ADDRESS = Pattern.compile("health at (http://\\S+/q/)health");
  static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration OFTEN = Duration.ofMillis(20);

  private final Path folder;
  private final List<String> flags = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private String login = "demo";
  private String password = "demo";
  private Process process;
  private int starts;

  /** Bytes of the log before this life. */
  private long before;

  private BridgeProcess(Path folder) {
    this.folder = folder;
  }

  /** A bridge that talks to this sandbox, as fast as it can. */
  static BridgeProcess of(Path folder, Sandbox sandbox) {
    return new BridgeProcess(folder)
        .with("markbridge.openapi.url", sandbox.uri().toString())
        .with("markbridge.accounts.default.oms-id", OMS_ID)
        .with("markbridge.limits.post", "0")
        .with("markbridge.limits.poll", "0")
        // Each life logs in: on a shared journal they would wait for each other, six seconds each.
        .with("markbridge.limits.login", "0")
        .with("markbridge.http.port", "0")
        .with("markbridge.files.poll-milliseconds", "100")
        .with("markbridge.loop.milliseconds", "50")
        .with("markbridge.track.first", "100ms")
        .with("markbridge.groups.beer.business-place-id", "17")
        .with("markbridge.groups.beer.release-type", "PRODUCTION")
        .with("markbridge.groups.beer.manufacturer-country", "UZ")
        .with("markbridge.groups.beer.report-on", "VERIFIED");
  }

  /** A setting of config/application.yaml, by its whole name; before the start. */
  BridgeProcess with(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** Flags of the JVM beside the launcher's, or instead of them. */
  BridgeProcess withFlags(String... more) {
    flags.addAll(List.of(more));
    return this;
  }

  /** Other ones than the sandbox knows by itself; before the start. */
  BridgeProcess withCredentials(String ownLogin, String ownPassword) {
    login = ownLogin;
    password = ownPassword;
    return this;
  }

  BridgeProcess start() throws IOException {
    before = Files.exists(log()) ? Files.size(log()) : 0;
    process = launch(log());
    starts++;
    return this;
  }

  /** Runs a command beside the bridge, to its end; gives its exit status. */
  int command(String... arguments) throws IOException, InterruptedException {
    return command(log(), arguments);
  }

  /** The same, with what it says in a file. */
  int command(Path output, String... arguments) throws IOException, InterruptedException {
    Process command = launch(output, arguments);
    if (!command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      command.destroyForcibly();
      throw new IllegalStateException(List.of(arguments) + " does not end\n" + endOfLog());
    }
    return command.exitValue();
  }

  long pid() {
    return process.pid();
  }

  private Process launch(Path output, String... arguments) throws IOException {
    writeSettings();
    ProcessBuilder builder =
        PackagedProgram.process(flags, List.of(arguments)).directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().put("MARKBRIDGE_ACCOUNTS_DEFAULT_LOGIN", login);
    builder.environment().put("MARKBRIDGE_ACCOUNTS_DEFAULT_PASSWORD", password);
    return builder.start();
  }

  /** Empty while it runs. */
  OptionalInt ended() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Health or metrics of this life: a path below {@code /q/}; waits until it is open. */
  HttpResponse<String> http(String path) throws IOException, InterruptedException {
    await("the line that tells the address", () -> address().isPresent());
    // Its switch to HTTP/2 has lost an answer that had come in full, and waited for ever.
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(address().orElseThrow().resolve(path))
                // Prometheus' own text, where there are several.
                .header("Accept", "text/plain, application/json")
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** Where this life tells its health; empty before it says so. One before it may not have. */
  Optional<URI> address() {
    try {
      return ADDRESS
          .matcher(told(before))
          .results()
          .findFirst()
          .map(one -> URI.create(one.group(1)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** {@code kill -9}: no shutdown hook runs. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the bridge survived kill -9");
    }
  }

  /** {@code kill -STOP}, {@code -CONT}, {@code -TERM}. */
  void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("kill -" + name + " gave " + status);
    }
  }

  /** Waits until the bridge ends by itself; gives its exit status. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the bridge still runs\n" + endOfLog());
    }
    return process.exitValue();
  }

  /** SIGTERM: the bridge hands over what it can, and ends by itself. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the bridge did not end after SIGTERM\n" + endOfLog());
    }
  }

  int starts() {
    return starts;
  }

  FileDrop files() {
    return new FileDrop(folder, this);
  }

  Path folder() {
    return folder;
  }

  /** All that the bridge said, of all its lives; a line that is still being written is none yet. */
  String told() throws IOException {
    return told(0);
  }

  private String told(long from) throws IOException {
    boolean writes = process != null && process.isAlive();
    byte[] log = Files.exists(log()) ? Files.readAllBytes(log()) : new byte[0];
    int end = log.length;
    while (writes && end > from && log[end - 1] != '\n') {
      end--;
    }
    return new String(log, (int) from, end - (int) from, StandardCharsets.UTF_8);
  }

  /**
   * Waits until something is so; fails with the log when it does not become so or the bridge ends.
   */
  void await(String what, BooleanSupplier condition) {
    await(what, PATIENCE, condition);
  }

  void await(String what, Duration patience, BooleanSupplier condition) {
    await(what, patience, OFTEN, condition);
  }

  /**
   * @param every from one look to the next: seldom, where looking costs what the bridge needs
   */
  void await(String what, Duration patience, Duration every, BooleanSupplier condition) {
    try {
      Awaitility.await(what)
          .pollInterval(every)
          .atMost(patience)
          .failFast(() -> !process.isAlive() && !condition.getAsBoolean())
          .until(condition::getAsBoolean);
    } catch (RuntimeException failure) {
      throw new AssertionError(
          "waited for: "
              + what
              + (process.isAlive() ? "" : "; the bridge ended with " + process.exitValue())
              + "\n"
              + endOfLog(),
          failure);
    }
  }

  private String endOfLog() {
    try {
      String told = told();
      return told.substring(Math.max(0, told.length() - 8000));
    } catch (IOException unreadable) {
      return "no log: " + unreadable;
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null && process.isAlive()) {
      kill();
    }
  }

  private Path log() {
    return folder.resolve("bridge.log");
  }

  /** Every JSON text is YAML too. */
  private void writeSettings() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    settings.forEach(
        (name, value) -> {
          String[] path = name.split("\\.(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
          ObjectNode node = root;
          for (int index = 0; index < path.length - 1; index++) {
            node = node.withObjectProperty(path[index].replace("\"", ""));
          }
          node.put(path[path.length - 1], value);
        });
    Path file = folder.resolve("config").resolve("application.yaml");
    Files.createDirectories(file.getParent());
    Files.createDirectories(folder.resolve("inbox"));
    // A command beside a bridge that just starts must not take its settings away.
    Path whole = file.resolveSibling("application.yaml.new");
    JSON.writerWithDefaultPrettyPrinter().writeValue(whole.toFile(), root);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
