package io.markbridge.settings;

/**
 * A setting that cannot mean what the site wants.
 *
 * @param name of the setting or, where only that is known, of the environment variable
 * @param source the file or variable that says it
 * @param found the value; empty where it might hold a secret
 * @param allowed what may stand there, as it follows "write"
 */
public record WrongSetting(String name, String source, String found, String allowed) {

  /** Which one it is, and what stands there; without the advice. */
  public String told() {
    return name
        + " ("
        + source
        + "): "
        + (found.isEmpty() ? "wrong" : "\"" + found + "\" is wrong");
  }
}
