package io.markbridge.cli;

import io.markbridge.settings.Settings;
import io.markbridge.step.StartBridge;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.net.URI;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The running bridge. */
public class BridgeApplication implements QuarkusApplication {
  private static final Logger LOG = Logger.getLogger(BridgeApplication.class);

  private final CamelRuntime camel;
  private final StartBridge start;
  private final Config config;

  @Inject
  public BridgeApplication(CamelRuntime camel, StartBridge start, Config config) {
    this.camel = camel;
    this.start = start;
    this.config = config;
  }

  @Override
  public int run(String... arguments) throws Exception {
    start.resume();
    camel.start(arguments);
    LOG.infof(
        "markbridge %s runs: inbox %s, %s",
        ProgramVersion.get(), new Settings(config).folder("inbox").toAbsolutePath(), address());
    int status = camel.waitForExit();
    LOG.info("markbridge stops");
    return status;
  }

  /** Where health and metrics are. */
  private String address() {
    if (!config.getValue("quarkus.http.host-enabled", Boolean.class)) {
      return "no HTTP";
    }
    String host = config.getValue("quarkus.http.host", String.class);
    // The port that was really opened, where 0 was asked for.
    int port =
        Integer.getInteger(
            "quarkus.http.port", config.getValue("quarkus.http.port", Integer.class));
    return "health at " + URI.create("http://" + host + ":" + port + "/q/health");
  }
}
