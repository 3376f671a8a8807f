package io.markbridge.process;

import io.markbridge.FreePort;
import io.markbridge.sandbox.Sandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A plant: folders, an operator, and the settings that a site would have. */
public final class PlantResource implements QuarkusTestResourceLifecycleManager {
  private final Map<String, String> own = new LinkedHashMap<>();
  private Path folder;
  private Sandbox sandbox;

  /** Settings of one test class. */
  @Override
  public void init(Map<String, String> arguments) {
    own.putAll(arguments);
  }

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("markbridge-plant");
      Files.createDirectories(folder.resolve("data"));
      Files.createDirectories(folder.resolve("inbox"));
    } catch (IOException failure) {
      throw new UncheckedIOException("making a plant's folders", failure);
    }
    // A test may start it again at its port.
    sandbox =
        Sandbox.start(
            FastSandbox.options().withPort(FreePort.reserve()).withClock(new PassingClock()));
    return settings();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : new String[] {"inbox", "replies", "done", "failed"}) {
      settings.put("markbridge.files." + name, folder.resolve(name).toString());
    }
    settings.put("markbridge.journal.url", "jdbc:sqlite:" + folder.resolve("data/markbridge.db"));
    settings.put("markbridge.openapi.url", sandbox.uri().toString());
    settings.put("markbridge.accounts.default.oms-id", BridgeProcess.OMS_ID);
    settings.put("markbridge.accounts.default.login", "demo");
    settings.put("markbridge.accounts.default.password", "demo");
    settings.put("markbridge.limits.post", "0");
    settings.put("markbridge.limits.poll", "0");
    settings.put("markbridge.files.poll-milliseconds", "100");
    settings.put("markbridge.loop.milliseconds", "50");
    settings.put("markbridge.track.first", "100ms");
    settings.put("markbridge.groups.beer.business-place-id", "17");
    settings.put("markbridge.groups.beer.release-type", "PRODUCTION");
    settings.put("markbridge.groups.beer.manufacturer-country", "UZ");
    settings.put("markbridge.groups.beer.report-on", "FIRST");
    // The launcher of integration tests looks for the line that says that it has started.
    settings.put("quarkus.log.category.\"io.quarkus\".level", "INFO");
    settings.putAll(own);
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        new Plant(folder, sandbox), new TestInjector.MatchesType(Plant.class));
  }

  @Override
  public void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
    PassingClock.asTheMachine();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException stillWritten) {
      // The bridge ends after this; what it still writes is in the system's temporary folder.
      return;
    }
  }
}
