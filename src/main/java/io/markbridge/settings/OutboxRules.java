package io.markbridge.settings;

import java.util.function.BiConsumer;

/** What the settings of an outbox must say together. */
final class OutboxRules {
  private final Settings settings;
  private final BiConsumer<String, String> wrong;

  /**
   * @param wrong takes the name of a setting below {@code markbridge.} and what to write
   */
  OutboxRules(Settings settings, BiConsumer<String, String> wrong) {
    this.settings = settings;
    this.wrong = wrong;
  }

  /** With an account that nobody knows its documents would wait for ever, without address too. */
  void check() {
    for (String name : settings.outboxes()) {
      String url = "outbox." + name + ".url";
      if (settings.text(url).isEmpty()) {
        wrong.accept(url, SettingType.outbox().allowed());
      }
      String account = "outbox." + name + ".account";
      settings
          .text(account)
          .filter(one -> !settings.accounts().contains(one))
          .ifPresent(
              unknown ->
                  wrong.accept(
                      account, "one of the accounts: " + String.join(", ", settings.accounts())));
    }
  }
}
