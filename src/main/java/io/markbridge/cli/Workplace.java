package io.markbridge.cli;

import io.markbridge.journal.Replay;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SettingsSource;
import io.markbridge.settings.SiteFiles;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Where a command works: tests give it another directory, environment, clock and person.
 *
 * @param person who runs the command, for the timeline
 */
public record Workplace(
    Path workingDirectory, Map<String, String> environment, Clock clock, String person) {
  private static final int LONGEST_NAME = 100;

  /** This process' own. */
  public static Workplace here() {
    return new Workplace(
        Path.of("").toAbsolutePath(),
        System.getenv(),
        Clock.systemUTC(),
        System.getProperty("user.name", "unknown"));
  }

  /**
   * Who decides, for the timeline.
   *
   * @param name as the person gives it; blank where nothing is given. In a container, and for a
   *     service's user, the system knows no person. What the system knows stands beside it: anybody
   *     can give any name
   * @param reason may be empty
   */
  Replay.Person decides(String name, String reason) {
    String given = Printable.line(name.strip(), LONGEST_NAME);
    return new Replay.Person(given.isEmpty() ? person : given + ", as " + person, reason);
  }

  /** All settings with their sources. */
  public SmallRyeConfig config() {
    try {
      return SettingsSource.config(workingDirectory, environment);
    } catch (RuntimeException unreadable) {
      throw new CommandFailedException(
          "reading the settings: " + Causes.told(unreadable), unreadable);
    }
  }

  public Settings settings() {
    return new Settings(config());
  }

  public SiteFiles files() {
    return new SiteFiles(workingDirectory);
  }

  public OperatorPreset preset(Settings settings) {
    try {
      return OperatorPreset.load(files(), settings.operator());
    } catch (IOException | RuntimeException unreadable) {
      throw new CommandFailedException(
          "reading operator preset "
              + settings.operator()
              + ": "
              + Causes.told(unreadable)
              + "; set markbridge.operator to one of those that `version` lists",
          unreadable);
    }
  }

  /** A path of a setting, as the running bridge in this directory would take it. */
  public Path resolve(Path path) {
    return workingDirectory.resolve(path).normalize();
  }
}
