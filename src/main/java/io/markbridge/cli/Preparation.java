package io.markbridge.cli;

import io.quarkus.runtime.Application;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * What no setting decides about, made ready on a second core while the first one checks the
 * settings and the journal.
 */
final class Preparation {
  private Preparation() {}

  static void begin() {
    Thread thread = new Thread(Preparation::prepare, "preparation");
    thread.setDaemon(true);
    thread.start();
  }

  private static void prepare() {
    try {
      Class.forName(
          Application.APP_CLASS_NAME, true, Thread.currentThread().getContextClassLoader());
      // Reads every certificate that the JVM trusts; the route to the operator needs the same.
      SSLContexts.createDefault();
    } catch (ClassNotFoundException | LinkageError | RuntimeException failure) {
      // Quarkus or Camel meets the same and tells it.
    }
  }
}
