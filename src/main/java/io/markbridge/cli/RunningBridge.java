package io.markbridge.cli;

import io.markbridge.settings.Settings;
import io.markbridge.settings.WrongSettingsException;
import io.markbridge.step.StartCheck;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.QuarkusBindException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;

/** Starts Quarkus with what a command needs of it, and waits for its end. */
final class RunningBridge {
  private RunningBridge() {}

  /** The whole bridge: its journal, all routes, health and metrics over HTTP. */
  static int run() {
    return whole(BridgeApplication.class, true);
  }

  /** The whole bridge with a script that plays in it. */
  static int demo() {
    return whole(DemoApplication.class, false);
  }

  private static int whole(Class<? extends QuarkusApplication> application, boolean http) {
    try {
      // Before Quarkus: it would read some of them itself, and tell it with a stack trace.
      Workplace workplace = Workplace.here();
      Config config = workplace.config();
      Settings settings = new Settings(config);
      StartCheck.settings(config, workplace.files());
      JournalFile.prepare(settings);
      new JournalAccess(workplace, settings).refuseNewer();
      if (http) {
        System.setProperty("quarkus.http.host-enabled", settings.text("http.enabled", "true"));
      }
      RoutesFolder.chooseAll(workplace.workingDirectory());
    } catch (IOException | WrongSettingsException | CommandFailedException failure) {
      System.err.println(failure.getMessage());
      return 1;
    }
    return start(application);
  }

  /** Only the route to the operator; the journal is not opened. */
  static int ask(Class<? extends QuarkusApplication> application) {
    try {
      RoutesFolder.chooseOnly("call-operator.yaml");
    } catch (IOException failure) {
      System.err.println(failure.getMessage());
      return 1;
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
    String advice =
        cause instanceof QuarkusBindException taken
            ? "port "
                + taken.getPort()
                + " is taken; set markbridge.http.port to another one, or markbridge.http.enabled to false"
            : Causes.told(cause);
    System.err.println("starting the bridge failed: " + advice);
    return 1;
  }
}
