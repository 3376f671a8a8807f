package io.markbridge.step;

import io.markbridge.mapping.SiteWords;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.SettingTypes;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import io.markbridge.settings.WrongSetting;
import io.markbridge.settings.WrongSettingsException;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** A wrong setting ends the start: later it would fail in a route, or silently mean another. */
public final class StartCheck {
  private StartCheck() {}

  /**
   * Lets right settings pass.
   *
   * @throws WrongSettingsException with one line for each wrong one
   * @throws IOException when the operator's preset or a directory cannot be read
   */
  public static void settings(Config config, SiteFiles files) throws IOException {
    OperatorPreset preset = OperatorPreset.load(files, new Settings(config).operator());
    List<WrongSetting> wrong = new SettingTypes(SiteWords.of(preset, files)).wrong(config);
    if (!wrong.isEmpty()) {
      throw new WrongSettingsException(wrong);
    }
  }
}
