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

  private Markbridge() {}

  public static void main(String[] arguments) {
    System.exit(TopCommand.commandLine().execute(arguments));
  }
}
