package io.markbridge.cli;

import io.markbridge.settings.JournalDatabase;
import io.markbridge.settings.SiteFiles;
import io.markbridge.settings.WrongSettingsException;
import io.markbridge.step.StartCheck;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;

/** Starts Quarkus with what a command needs of it, and waits for its end. */
final class RunningBridge {
  private RunningBridge() {}

  /** The whole bridge: its journal, and all routes. */
  static int run() {
    return whole(BridgeApplication.class);
  }

  /** The whole bridge with a script that plays in it. */
  static int demo() {
    return whole(DemoApplication.class);
  }

  private static int whole(Class<? extends QuarkusApplication> application) {
    try {
      // Before Quarkus: it would read some of them itself, and tell it with a stack trace.
      StartCheck.settings(ConfigProvider.getConfig(), SiteFiles.here());
      JournalFile.prepare();
      RoutesFolder.choose("*.yaml");
    } catch (IOException | WrongSettingsException failure) {
      System.err.println(failure.getMessage());
      return 1;
    }
    return start(application);
  }

  /** Only the route to the operator; the journal is not opened. */
  static int ask(Class<? extends QuarkusApplication> application) {
    try {
      RoutesFolder.choose("call-operator.yaml");
    } catch (IOException failure) {
      System.err.println(failure.getMessage());
      return 1;
    }
    for (String journal : List.of(JournalDatabase.SQLITE, JournalDatabase.POSTGRESQL)) {
      System.setProperty("quarkus.flyway." + journal + ".migrate-at-start", "false");
    }
    return start(application);
  }

  private static int start(Class<? extends QuarkusApplication> application) {
    AtomicInteger status = new AtomicInteger();
    Quarkus.run(application, (code, failure) -> status.set(failed(code, failure)));
    return status.get();
  }

  private static int failed(int code, Throwable failure) {
    if (failure == null) {
      return code;
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    System.err.println("starting the bridge failed: " + Causes.told(cause));
    return 1;
  }
}
