package io.markbridge.cli;

import io.markbridge.mapping.ConfiguredDefaults;
import io.markbridge.mapping.SiteDefaults;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code convert} needs to know of the site.
 *
 * @param operator name of the preset where {@code --operator} does not say it
 * @param defaults settings of lines, folders, groups and accounts
 * @param accountTin an account's own taxpayer number by its name
 * @param language of messages where {@code --language} does not say it
 */
public record ConvertSite(
    SiteFiles files,
    String operator,
    SiteDefaults defaults,
    Function<String, Optional<String>> accountTin,
    String language) {

  /** The site where a command works. */
  public static ConvertSite of(Workplace workplace) {
    Settings settings = workplace.settings();
    return new ConvertSite(
        workplace.files(),
        settings.operator(),
        new ConfiguredDefaults(settings),
        settings::tin,
        settings.language().getLanguage());
  }

  /** A site that has set nothing. */
  public static ConvertSite plain() {
    return new ConvertSite(
        SiteFiles.here(), "uz", SiteDefaults.NONE, account -> Optional.empty(), "en");
  }
}
