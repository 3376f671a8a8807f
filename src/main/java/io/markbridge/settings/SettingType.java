package io.markbridge.settings;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What may stand in a setting.
 *
 * @param allowed as it follows "write", such as {@code a whole number from 1 to 64}
 * @param shown whether a wrong value may be told: an address might carry a password
 * @param reads whether a value, stripped and not blank, is of this type; it may throw where not
 */
record SettingType(String allowed, boolean shown, Predicate<String> reads) {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  boolean takes(String value) {
    try {
      return reads.test(value);
    } catch (RuntimeException unreadable) {
      return false;
    }
  }

  static SettingType text() {
    return new SettingType("a text", false, value -> true);
  }

  /** A whole number; both ends are allowed. */
  static SettingType number(long least, long most) {
    return new SettingType(
        "a whole number from " + least + " to " + most,
        true,
        value ->
            value.matches("[0-9]{1,18}")
                && Long.parseLong(value) >= least
                && Long.parseLong(value) <= most);
  }

  static SettingType flag() {
    return words("true", "false");
  }

  static SettingType words(String... words) {
    return words(List.of(words));
  }

  static SettingType words(List<String> words) {
    return new SettingType("one of " + String.join(", ", words), true, words::contains);
  }

  /** A duration that is not shorter than this. */
  static SettingType duration(Duration least) {
    return new SettingType(
        "a duration like 500ms, 10s, 5m, 2h or 7d"
            + (least.isZero() ? "" : ", at least " + least.toMillis() + "ms"),
        true,
        value -> {
          Duration duration = Durations.parse(value);
          return duration.compareTo(least) >= 0 && duration.compareTo(LONGEST) <= 0;
        });
  }

  static SettingType charset() {
    return new SettingType(
        "a character set such as UTF-8 or windows-1251", true, Charset::isSupported);
  }

  /** A language that the bridge has sentences in. */
  static SettingType locale(String... languages) {
    return new SettingType(
        "a language: " + String.join(" or ", languages),
        true,
        value -> List.of(languages).contains(Locale.forLanguageTag(value).getLanguage()));
  }

  static SettingType path() {
    return new SettingType("a path", true, value -> Path.of(value) != null);
  }

  /** A file that is there and can be read. */
  static SettingType file() {
    return new SettingType(
        "a path of a file that the bridge can read",
        true,
        value -> Files.isReadable(Path.of(value)));
  }

  /** Of host keys, as ssh-keygen tells them. */
  static SettingType fingerprints() {
    return new SettingType(
        "one or more of SHA256:… as ssh-keygen -lf shows them, separated by commas",
        true,
        value -> value.matches("SHA256:[A-Za-z0-9+/]{43}=?([,\\s]+SHA256:[A-Za-z0-9+/]{43}=?)*"));
  }

  static SettingType url() {
    return new SettingType(
        "an address such as https://host.example",
        false,
        value -> {
          URI address = URI.create(value);
          return address.getHost() != null
              && List.of("http", "https").contains(address.getScheme());
        });
  }

  static SettingType journal() {
    return new SettingType(
        "an address of SQLite such as jdbc:sqlite:data/markbridge.db, or of PostgreSQL such as"
            + " jdbc:postgresql://host:5432/markbridge",
        false,
        value -> value.matches("jdbc:sqlite:.+|jdbc:postgresql://[^/]+/.+"));
  }

  static SettingType outbox() {
    return new SettingType(
        "a JDBC address such as jdbc:postgresql://host:5432/erp, jdbc:mariadb://host:3306/erp or"
            + " jdbc:sqlite:/data/outbox.db",
        false,
        value ->
            value.matches(
                "jdbc:sqlite:.+|jdbc:(postgresql|mariadb|mysql|sqlserver)://.+|jdbc:oracle:.+"));
  }

  /** The name of a folder. */
  static SettingType folder() {
    return new SettingType(
        "a folder's name: letters, digits, - and _",
        true,
        value -> value.matches("[A-Za-z0-9_-]{1,100}"));
  }
}
