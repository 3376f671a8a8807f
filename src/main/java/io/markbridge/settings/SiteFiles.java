package io.markbridge.settings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds a configuration file: beside the program first, otherwise the one that was packaged (design
 * decision 13).
 */
public final class SiteFiles {
  private final Path workingDirectory;

  public SiteFiles(Path workingDirectory) {
    this.workingDirectory = workingDirectory;
  }

  /** Files of the current working directory. */
  public static SiteFiles here() {
    return new SiteFiles(Path.of(""));
  }

  /**
   * @param name with {@code /}, such as {@code config/mappings/order.yaml}
   * @throws FileNotFoundException when neither the site nor the package has it
   */
  public InputStream open(String name) throws IOException {
    Path external = workingDirectory.resolve(name);
    if (Files.exists(external)) {
      return Files.newInputStream(external);
    }
    InputStream packaged = SiteFiles.class.getResourceAsStream("/" + name);
    if (packaged == null) {
      throw new FileNotFoundException(
          name + ": neither in " + external.toAbsolutePath() + " nor packaged");
    }
    return packaged;
  }
}
