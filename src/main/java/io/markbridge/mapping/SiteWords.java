package io.markbridge.mapping;

import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SettingWords;
import io.markbridge.settings.SiteFiles;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;

/** The words of settings that preset and directories decide about, as the mapping reads them. */
public final class SiteWords {
  private SiteWords() {}

  /**
   * The words of a site.
   *
   * @throws IOException when a directory cannot be read
   */
  public static SettingWords of(OperatorPreset preset, SiteFiles files) throws IOException {
    Countries countries = Directories.load(files).countries();
    Map<String, String> releaseTypes = preset.table("mapping/release-type");
    return new SettingWords(
        preset.all().stream()
            .flatMap(one -> one.table("limits").keySet().stream())
            .sorted()
            .toList(),
        Stream.concat(releaseTypes.keySet().stream(), releaseTypes.values().stream())
            .distinct()
            .sorted()
            .toList(),
        country -> countries.find(country).isPresent());
  }
}
