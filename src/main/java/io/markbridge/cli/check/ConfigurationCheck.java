package io.markbridge.cli.check;

import io.markbridge.cli.Printable;
import io.markbridge.cli.Workplace;
import io.markbridge.settings.SettingTypes;
import io.markbridge.settings.SettingsSource;
import io.markbridge.settings.WrongSetting;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Whether every setting that the site gives is one that something reads, and says something that it
 * may.
 */
final class ConfigurationCheck {
  private static final String SUBJECT = "configuration";

  private final Workplace workplace;
  private final SmallRyeConfig config;
  private final ConfigSource packaged;
  private final SettingTypes types;
  private final List<CheckResult> results = new ArrayList<>();

  ConfigurationCheck(Workplace workplace, SmallRyeConfig config, SettingTypes types) {
    this.workplace = workplace;
    this.config = config;
    this.types = types;
    this.packaged = config.getConfigSource(SettingsSource.PACKAGED).orElseThrow();
  }

  List<CheckResult> run() {
    KnownKeys known = new KnownKeys(types.names());
    for (ConfigSource source : config.getConfigSources()) {
      if (source instanceof EnvConfigSource) {
        unknownVariables(source, known);
      } else if (source != packaged) {
        unknownKeys(source, known);
        hiddenKeys(source);
      }
    }
    wrong(known);
    if (Files.exists(workplace.workingDirectory().resolve("application.yaml"))) {
      results.add(
          CheckResult.warning(
              SUBJECT,
              "application.yaml beside the program is not read",
              "move it to config/application.yaml"));
    }
    if (results.isEmpty()) {
      results.add(CheckResult.ok(SUBJECT, "every setting is known and readable"));
    }
    return results;
  }

  private void unknownKeys(ConfigSource source, KnownKeys known) {
    Set<String> names = new TreeSet<>();
    for (String name : source.getPropertyNames()) {
      String own = name.startsWith("%") ? name.substring(name.indexOf('.') + 1) : name;
      if (own.startsWith("markbridge.") && !known.knows(own)) {
        names.add(own);
      }
    }
    for (String name : names) {
      results.add(
          CheckResult.error(
              SUBJECT,
              "nothing reads " + Printable.line(name, 120) + " (" + source.getName() + ")",
              "did you mean " + Printable.line(known.nearest(name), 120) + "?"));
    }
  }

  /** What a file says and a variable says otherwise: whoever wrote the file should know. */
  private void hiddenKeys(ConfigSource source) {
    for (String name : new TreeSet<>(source.getPropertyNames())) {
      ConfigSource counts = counts(name);
      if (name.startsWith("markbridge.")
          && counts instanceof EnvConfigSource
          && !Objects.equals(counts.getValue(name), source.getValue(name))) {
        results.add(
            CheckResult.warning(
                SUBJECT,
                "the variable "
                    + name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)
                    + " counts, and not "
                    + Printable.line(name, 120)
                    + " of "
                    + source.getName(),
                "take away whichever is not meant"));
      }
    }
  }

  private ConfigSource counts(String name) {
    for (ConfigSource source : config.getConfigSources()) {
      if (source.getValue(name) != null) {
        return source;
      }
    }
    return null;
  }

  /** A variable may belong to something else, so it does not fail the check. */
  private void unknownVariables(ConfigSource source, KnownKeys known) {
    Set<String> names = new TreeSet<>();
    for (String name : source.getProperties().keySet()) {
      if (name.startsWith("MARKBRIDGE_") && !known.knowsVariable(name)) {
        names.add(name);
      }
    }
    for (String name : names) {
      results.add(
          CheckResult.warning(
              SUBJECT,
              "nothing reads the variable " + Printable.line(name, 120),
              "did you mean " + known.nearestVariable(name) + "?"));
    }
  }

  private void wrong(KnownKeys known) {
    for (WrongSetting one : types.wrong(config)) {
      if (known.knows(one.name()) || known.knowsVariable(one.name())) {
        results.add(
            CheckResult.error(SUBJECT, Printable.line(one.told(), 240), "write " + one.allowed()));
      }
    }
  }
}
