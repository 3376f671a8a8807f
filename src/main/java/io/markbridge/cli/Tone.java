package io.markbridge.cli;

import picocli.CommandLine.Help.Ansi.Style;

/** How a text stands out on a terminal. */
public enum Tone {
  PLAIN(Style.reset),
  TITLE(Style.bold),
  GOOD(Style.fg_green),
  CAREFUL(Style.fg_yellow),
  BAD(Style.fg_red);

  private final Style style;

  Tone(Style style) {
    this.style = style;
  }

  String on() {
    return style.on();
  }

  String off() {
    return Style.reset.off();
  }
}
