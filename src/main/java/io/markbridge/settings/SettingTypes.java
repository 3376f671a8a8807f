package io.markbridge.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Every setting that something reads, and what may stand in it: the one table that {@code check}
 * and the start of the bridge go by. A wrong word must never be taken as another one.
 */
public final class SettingTypes {
  private static final String PREFIX = "markbridge.";
  private static final String ABSENT_AFTER = "look-up.absent-after";
  private static final String ANSWER_TIMEOUT = "openapi.answer-timeout-milliseconds";
  private static final String LIMITS = PREFIX + "limits.";
  private static final List<String> PLACES = List.of("accounts", "groups", "folders", "lines");
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final Map<SettingName, SettingType> types = new LinkedHashMap<>();
  private final SettingWords words;

  public SettingTypes(SettingWords words) {
    this.words = words;
    ofTheBridge();
    ofTheOperator();
    ofAccounts();
    ofMarket();
    ofSftp();
    ofOutboxes();
    ofDocuments();
  }

  private void ofOutboxes() {
    String outbox = "outbox.*.";
    put(outbox + "url", SettingType.outbox());
    for (String name : List.of("username", "password", "account", "group")) {
      put(outbox + name, SettingType.text());
    }
    put(outbox + "password-file", SettingType.path());
    put(outbox + "charset", SettingType.charset());
    put(outbox + "statements", SettingType.folder());
    put(outbox + "lease", SettingType.duration(Duration.ofSeconds(1)));
    put(outbox + "poll", SettingType.duration(MILLISECOND));
    put(outbox + "batch", SettingType.number(1, 1000));
    put(outbox + "largest-megabytes", SettingType.number(1, 4096));
    put(outbox + "most-attempts", SettingType.number(1, 1000));
  }

  private void ofTheBridge() {
    for (String folder : List.of("inbox", "replies", "done", "failed")) {
      put("files." + folder, SettingType.path());
    }
    put("files.poll-milliseconds", SettingType.number(1, DAY));
    put("folders.*.charset", SettingType.charset());
    put("journal.url", SettingType.journal());
    put("journal.username", SettingType.text());
    put("journal.password", SettingType.text());
    put("journal.password-file", SettingType.path());
    put("journal.reader-connections", SettingType.number(1, 100));
    put("loop.milliseconds", SettingType.number(1, DAY));
    put("track.first", SettingType.duration(MILLISECOND));
    put("track.longest", SettingType.duration(MILLISECOND));
    put(ABSENT_AFTER, SettingType.duration(MILLISECOND));
    put("retry.first", SettingType.duration(MILLISECOND));
    put("retry.longest", SettingType.duration(MILLISECOND));
    put("retry.most-attempts", SettingType.number(1, 1_000_000));
    put("wait-for-earlier", SettingType.duration(Duration.ofSeconds(1)));
    put("retention.payloads", SettingType.duration(Duration.ZERO));
    put("retention.timeline", SettingType.duration(Duration.ZERO));
    put("orders.fetch-codes", SettingType.words("all", "none"));
    put("groups.*.fetch-codes", SettingType.words("all", "none"));
    put("dropouts", SettingType.words("refuse", "hold"));
    put("equal-orders", SettingType.words("hold", "send"));
    put("replies.reports-at-once", SettingType.flag());
    put("replies.language", SettingType.locale("ru", "en"));
    put("log.json", SettingType.flag());
    put("traces.endpoint", SettingType.url());
    put("traces.authorization", SettingType.text());
    put("traces.authorization-file", SettingType.file());
    put("http.enabled", SettingType.flag());
    put("http.host", SettingType.text());
    put("http.port", SettingType.number(0, 65_535));
  }

  private void ofTheOperator() {
    put("operator", SettingType.text());
    put("legacy", SettingType.text());
    put("openapi.url", SettingType.url());
    put("openapi.connect-timeout-milliseconds", SettingType.number(1, DAY));
    put(ANSWER_TIMEOUT, SettingType.number(1, DAY));
    put("send.concurrency", SettingType.number(1, 1000));
    put("replicas.alive-for", SettingType.duration(Duration.ofSeconds(3)));
    for (String limit : words.limits().isEmpty() ? List.of("*") : words.limits()) {
      put("limits." + limit, SettingType.number(0, 1_000_000));
    }
  }

  /** Campaigns of the marketplace. */
  private void ofMarket() {
    put("market.url", SettingType.url());
    put("market.unchecked-after", SettingType.duration(Duration.ZERO));
    put("market.campaigns.*.api-key", SettingType.text());
    put("market.campaigns.*.oauth-token", SettingType.text());
    put("market.campaigns.*.api-key-file", SettingType.path());
    put("market.campaigns.*.oauth-token-file", SettingType.path());
    put("market.campaigns.*.target", SettingType.words("identifiers", "boxes", "cis"));
    put("market.campaigns.*.model", SettingType.words("DBS", "FBS", "EXPRESS"));
  }

  private void ofAccounts() {
    for (String name : List.of("oms-id", "tin", "login", "password", "api-key")) {
      put("accounts.*." + name, SettingType.text());
    }
    for (String secret : List.of("login-file", "password-file", "api-key-file")) {
      put("accounts.*." + secret, SettingType.path());
    }
  }

  private void ofSftp() {
    String server = "sftp.*.";
    for (String name : List.of("host", "username", "password", "passphrase", "account", "group")) {
      put(server + name, SettingType.text());
    }
    for (String name : List.of("inbox", "replies", "done", "failed")) {
      put(server + name, SettingType.text());
    }
    for (String file :
        List.of("password-file", "passphrase-file", "private-key-file", "known-hosts-file")) {
      put(server + file, SettingType.file());
    }
    put(server + "host-key-fingerprint", SettingType.fingerprints());
    put(server + "port", SettingType.number(1, 65_535));
    put(server + "poll", SettingType.duration(MILLISECOND));
    put(server + "stable-for", SettingType.duration(Duration.ZERO));
    put(server + "timeout", SettingType.duration(Duration.ofSeconds(1)));
  }

  /** What reports never said (design decision 9), and how a site treats its documents. */
  private void ofDocuments() {
    anywhere("business-place-id", SettingType.number(1, Long.MAX_VALUE));
    anywhere("is-paid", SettingType.flag());
    anywhere(
        "manufacturer-country",
        new SettingType("a country of config/directories/countries.csv", true, words.country()));
    anywhere("owner-tin", SettingType.words("allow", "refuse"));
    anywhere("refuse-contradicting-import", SettingType.flag());
    anywhere(
        "release-type",
        words.releaseTypes().isEmpty()
            ? SettingType.text()
            : new SettingType(
                "one of " + String.join(", ", words.releaseTypes()),
                true,
                value -> words.releaseTypes().contains(value.toUpperCase(Locale.ROOT))));
    anywhere("report-on", SettingType.words("PRINTED", "VERIFIED", "FIRST"));
    anywhere("should-be-unbundled", SettingType.flag());
    anywhere("unknown-fields", SettingType.words("drop", "reject"));
    anywhere("use-gtin-orders", SettingType.flag());
  }

  private void anywhere(String setting, SettingType type) {
    put(setting, type);
    PLACES.forEach(place -> put(place + ".*." + setting, type));
  }

  private void put(String name, SettingType type) {
    types.put(new SettingName(PREFIX + name), type);
  }

  /** The names of all settings, with {@code *} for what a site names itself. */
  public Set<SettingName> names() {
    return Set.copyOf(types.keySet());
  }

  /** What may stand in each setting, in words, in the order of the reference page. */
  public Map<SettingName, String> allowed() {
    Map<SettingName, String> allowed = new LinkedHashMap<>();
    types.forEach((name, type) -> allowed.put(name, type.allowed()));
    return allowed;
  }

  /**
   * Every wrong setting of a site, by name; where a file and a variable say the same one, the
   * variable counts. An unknown limit is one of them, other unknown names are not.
   */
  public List<WrongSetting> wrong(Config config) {
    List<WrongSetting> wrong = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    types.keySet().stream()
        .filter(name -> !name.isPattern())
        .forEach(name -> names.add(name.text()));
    Map<String, String> variables = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        names.add(name);
      }
    }
    // A variable with a name of the site in it cannot be told back into a setting's name.
    for (ConfigSource source : config.getConfigSources()) {
      source
          .getProperties()
          .forEach(
              (name, value) -> {
                if (name.startsWith("MARKBRIDGE_")) {
                  variables.putIfAbsent(name, value);
                }
              });
    }
    for (String name : names) {
      List<SettingType> types = types(one -> one.fits(name));
      // Not for a variable's guessed name such as markbridge.groups.beer.report.on.
      if (!types.isEmpty()) {
        variables.remove(new SettingName(name).variable());
      }
      if (types.isEmpty() && name.startsWith(LIMITS)) {
        wrong.add(
            new WrongSetting(
                name,
                source(config.getConfigValue(name), name),
                "",
                "one of the operator's limits: " + String.join(", ", words.limits())));
      } else {
        String value = config.getOptionalValue(name, String.class).orElse("");
        wrong(name, value, source(config.getConfigValue(name), name), types).ifPresent(wrong::add);
      }
    }
    variables.forEach(
        (variable, value) ->
            wrong(variable, value, "variable " + variable, types(one -> one.fitsVariable(variable)))
                .ifPresent(wrong::add));
    if (wrong.isEmpty()) {
      absentTooSoon(config).ifPresent(wrong::add);
      Settings settings = new Settings(config);
      BiConsumer<String, String> tell =
          (name, allowed) ->
              wrong.add(
                  new WrongSetting(
                      PREFIX + name,
                      config.getOptionalValue(PREFIX + name, String.class).isPresent()
                          ? source(config.getConfigValue(PREFIX + name), PREFIX + name)
                          : "not set",
                      "",
                      allowed));
      new SftpRules(settings, tell).check();
      new OutboxRules(settings, tell).check();
    }
    return wrong;
  }

  /** What is still on its way must not be taken for not sent. */
  private static Optional<WrongSetting> absentTooSoon(Config config) {
    Optional<Duration> absentAfter =
        config.getOptionalValue(PREFIX + ABSENT_AFTER, String.class).map(Durations::parse);
    Optional<Long> timeout =
        config.getOptionalValue(PREFIX + ANSWER_TIMEOUT, String.class).map(Long::valueOf);
    return absentAfter.isPresent()
            && timeout.isPresent()
            && absentAfter.get().toMillis() <= timeout.get()
        ? Optional.of(
            new WrongSetting(
                PREFIX + ABSENT_AFTER,
                source(config.getConfigValue(PREFIX + ABSENT_AFTER), PREFIX + ABSENT_AFTER),
                absentAfter.get().toString(),
                "a time longer than " + PREFIX + ANSWER_TIMEOUT))
        : Optional.empty();
  }

  private List<SettingType> types(Predicate<SettingName> fits) {
    return types.entrySet().stream()
        .filter(entry -> fits.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** A variable may stand for several settings: one type that takes the value is enough. */
  private static Optional<WrongSetting> wrong(
      String name, String said, String source, List<SettingType> types) {
    String value = said.strip();
    if (types.isEmpty() || value.isEmpty() || types.stream().anyMatch(one -> one.takes(value))) {
      return Optional.empty();
    }
    SettingType type = types.get(0);
    return Optional.of(
        new WrongSetting(name, source, type.shown() ? printable(value) : "", type.allowed()));
  }

  private static String source(ConfigValue value, String name) {
    String source = value == null || value.getSourceName() == null ? "" : value.getSourceName();
    if (source.startsWith("EnvConfigSource")) {
      return "variable " + new SettingName(name).variable();
    }
    return source.startsWith("SysPropConfigSource") ? "system property" : source;
  }

  /** One line of a terminal at most. */
  private static String printable(String value) {
    String line = value.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }
}
