package io.markbridge.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one thing that a site may have several of, under names of its own, with their
 * defaults: {@code config/application.yaml} can show those as examples only, so whoever reads such
 * a setting and the page of all settings take them from here.
 */
public final class NamedSection {
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("sftp.*.port", "22"),
          Map.entry("sftp.*.inbox", "inbox"),
          Map.entry("sftp.*.replies", "replies"),
          Map.entry("sftp.*.done", "done"),
          Map.entry("sftp.*.failed", "failed"),
          Map.entry("sftp.*.poll", "5s"),
          Map.entry("sftp.*.stable-for", "10s"),
          Map.entry("sftp.*.timeout", "30s"),
          Map.entry("outbox.*.lease", "1m"),
          Map.entry("outbox.*.batch", "100"),
          Map.entry("outbox.*.poll", "500ms"),
          Map.entry("outbox.*.largest-megabytes", "256"),
          Map.entry("outbox.*.most-attempts", "5"));

  private final Settings settings;
  private final String section;
  private final String prefix;

  /**
   * @param section such as {@code sftp}
   * @param prefix what the names of its settings begin with, below {@code markbridge.}: {@code
   *     sftp.plant.}
   */
  public NamedSection(Settings settings, String section, String prefix) {
    this.settings = settings;
    this.section = section;
    this.prefix = prefix;
  }

  /**
   * What counts where the site says nothing.
   *
   * @param setting below {@code markbridge.}, with {@code *} for the site's name: {@code
   *     sftp.*.port}
   */
  public static Optional<String> defaultOf(String setting) {
    return Optional.ofNullable(DEFAULTS.get(setting));
  }

  /** What the site says, else the default; empty where there is none. */
  public Optional<String> text(String setting) {
    return settings.text(prefix + setting).or(() -> defaultOf(section + ".*." + setting));
  }

  /**
   * The same, of a setting that has to be there.
   *
   * @throws IllegalStateException when neither the site nor a default says it
   */
  public String needed(String setting) {
    return text(setting)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the setting markbridge." + prefix + setting + " is missing"));
  }

  public long number(String setting) {
    return Long.parseLong(needed(setting));
  }

  public Duration duration(String setting) {
    return Durations.parse(needed(setting));
  }

  /**
   * From the environment or a file.
   *
   * @throws java.io.UncheckedIOException when the file cannot be read
   */
  public Optional<String> secret(String setting) {
    return settings.secret(prefix + setting);
  }
}
