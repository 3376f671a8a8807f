package io.markbridge.cli;

import io.markbridge.step.StartBridge;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import org.apache.camel.quarkus.core.CamelRuntime;

/** The running bridge. */
public class BridgeApplication implements QuarkusApplication {
  private final CamelRuntime camel;
  private final StartBridge start;

  @Inject
  public BridgeApplication(CamelRuntime camel, StartBridge start) {
    this.camel = camel;
    this.start = start;
  }

  @Override
  public int run(String... arguments) throws Exception {
    start.resume();
    camel.start(arguments);
    return camel.waitForExit();
  }
}
