package io.markbridge.step;

import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;

/** Where the operator is: the site's address, or the preset's. */
public record OperatorAddress(String url) {

  static OperatorAddress of(Settings settings, OperatorPreset preset) {
    String url = settings.text("openapi.url", preset.url().toString());
    return new OperatorAddress(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }
}
