package io.markbridge.settings;

import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads the settings for commands that run without Quarkus, from the same places and in the same
 * order as Quarkus does: a command must never see other settings than the running bridge.
 */
public final class SettingsSource {
  /** Name of the source that holds the defaults. */
  public static final String PACKAGED = "packaged application.yaml";

  private static final int PACKAGED_ORDINAL = 255;
  private static final int PROPERTIES_ORDINAL = 260;
  private static final int YAML_ORDINAL = 265;
  private static final int ENVIRONMENT_ORDINAL = 300;

  private SettingsSource() {}

  /** The settings of a working directory and of this process' environment. */
  public static Settings load(Path workingDirectory) {
    return new Settings(config(workingDirectory, System.getenv()));
  }

  /**
   * The same with its sources: the packaged {@code application.yaml}, {@code config/} of the
   * working directory, {@code .env}, the environment, system properties; the last wins.
   *
   * @throws UncheckedIOException when a file cannot be read
   * @throws RuntimeException when a file is no YAML
   */
  public static SmallRyeConfig config(Path workingDirectory, Map<String, String> environment) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withProfile(profile(environment))
            .withSources(
                new YamlConfigSource(PACKAGED, packaged(), PACKAGED_ORDINAL),
                new EnvConfigSource(environment, ENVIRONMENT_ORDINAL),
                new SysPropConfigSource());
    Path folder = workingDirectory.resolve("config");
    for (String name : new String[] {"application.yaml", "application.yml"}) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        builder.withSources(yaml(file));
      }
    }
    try {
      Path properties = folder.resolve("application.properties");
      if (Files.isRegularFile(properties)) {
        builder.withSources(
            new PropertiesConfigSource(properties.toUri().toURL(), PROPERTIES_ORDINAL));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("reading the settings: " + failure.getMessage(), failure);
    }
    Path dotEnvironment = workingDirectory.resolve(".env");
    if (Files.isRegularFile(dotEnvironment)) {
      builder.withSources(
          DotEnvConfigSourceProvider.dotEnvSources(
              dotEnvironment.toUri().toString(), SettingsSource.class.getClassLoader()));
    }
    return builder.build();
  }

  private static ConfigSource yaml(Path file) {
    try {
      return new YamlConfigSource(file.toString(), Files.readString(file), YAML_ORDINAL);
    } catch (IOException failure) {
      throw new UncheckedIOException("reading " + file + ": " + failure.getMessage(), failure);
    }
  }

  /** The text of the packaged defaults, with its comments. */
  public static String packaged() {
    URL resource = SettingsSource.class.getResource("/application.yaml");
    if (resource == null) {
      throw new IllegalStateException("finding packaged resource /application.yaml");
    }
    try (InputStream input = resource.openStream()) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("reading packaged resource /application.yaml", failure);
    }
  }

  private static String profile(Map<String, String> environment) {
    String property = System.getProperty("quarkus.profile");
    return property != null ? property : environment.getOrDefault("QUARKUS_PROFILE", "prod");
  }
}
