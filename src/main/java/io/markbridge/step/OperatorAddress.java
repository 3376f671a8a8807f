package io.markbridge.step;

import io.markbridge.operator.OperatorCall;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the operators are: the site's address, or the preset's. */
public final class OperatorAddress {
  private final OperatorPreset preset;
  private final Map<String, String> urls = new LinkedHashMap<>();

  private OperatorAddress(OperatorPreset preset) {
    this.preset = preset;
  }

  static OperatorAddress of(Settings settings, OperatorPreset preset) {
    OperatorAddress address = new OperatorAddress(preset);
    for (OperatorPreset operator : preset.all()) {
      String url = settings.text(operator.urlSetting(), operator.url().toString());
      address.urls.put(
          operator.name(), url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }
    return address;
  }

  /** The address of an operator, without a slash at its end. */
  String of(OperatorPreset operator) {
    return urls.get(operator.name());
  }

  /** The address that a call goes to, without its path. */
  String of(OperatorCall call) {
    return of(preset.of(call));
  }
}
