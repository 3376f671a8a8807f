package io.markbridge.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The bridge does not start with wrong settings; the message has one line for each. */
public final class WrongSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongSettingsException(List<WrongSetting> wrong) {
    super(
        wrong.stream()
            .map(one -> "wrong setting " + one.told() + "; write " + one.allowed())
            .collect(Collectors.joining(System.lineSeparator())));
  }
}
