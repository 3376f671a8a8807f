package io.markbridge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into the program. */
public final class ProgramVersion {
  private static final String RESOURCE = "/io/markbridge/version.properties";

  private ProgramVersion() {}

  public static String get() {
    Properties properties = new Properties();
    try (InputStream input = ProgramVersion.class.getResourceAsStream(RESOURCE)) {
      if (input == null) {
        return "unknown";
      }
      properties.load(input);
    } catch (IOException failure) {
      throw new UncheckedIOException("reading packaged resource " + RESOURCE, failure);
    }
    return properties.getProperty("version", "unknown");
  }
}
