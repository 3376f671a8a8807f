package io.markbridge;

import io.markbridge.cli.TopCommand;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Entry of the program: commands are plain Java; only those that need routes start the bridge. */
@QuarkusMain
public final class Markbridge {
  static {
    // quarkus-run.jar says so itself; the launcher does without it, and the log would be the JVM's
    // own.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
  }

  // Before anything logs. Quarkus' own jar says it, a launcher with a flat class path does not: no
  // setting of the log would count, and those that keep secrets out of it are such settings.
  static {
    if (System.getProperty(LOG_MANAGER) == null) {
      System.setProperty(LOG_MANAGER, "org.jboss.logmanager.LogManager");
    }
  }

  private Markbridge() {}

  public static void main(String[] arguments) {
    System.exit(TopCommand.commandLine().execute(arguments));
  }
}
