package io.markbridge.step;

import org.apache.camel.CamelContext;

/** Tells the bridge itself from a command that only asks the operator: both start Camel. */
final class BridgeRoutes {
  private BridgeRoutes() {}

  /** Whether the routes of the folders are there, which no command has. */
  static boolean in(CamelContext camel) {
    return camel.getRoute("collect-files") != null;
  }
}
