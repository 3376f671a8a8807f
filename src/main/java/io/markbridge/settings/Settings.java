package io.markbridge.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Every setting of the bridge by name; {@code config/application.yaml} holds the defaults and the
 * reasons.
 */
public final class Settings {
  private static final String PREFIX = "markbridge.";
  private static final Pattern ACCOUNT =
      Pattern.compile("markbridge\\.accounts\\.(\"[^\"]+\"|[^.]+)\\..+");

  /** A key that accounts have, also as it is guessed from a variable. */
  private static final Pattern KEY_OF_ACCOUNT =
      Pattern.compile(
          "markbridge\\.accounts\\.(\"[^\"]+\"|[^.]+)\\.([^.]+|oms\\.id|api\\.key|(login|password|api\\.key)\\.file)");

  private static final String CAMPAIGNS = "market.campaigns.";
  private static final Pattern CAMPAIGN =
      Pattern.compile("markbridge\\.market\\.campaigns\\.\"?(\\d{1,19})\"?\\..+");

  /** No more than one name behind it: a variable's guessed name would bring servers of its own. */
  private static final Pattern SFTP =
      Pattern.compile("markbridge\\.sftp\\.(\"[^\"]+\"|[^.]+)\\.[^.]+");

  /** As above. */
  private static final Pattern OUTBOX =
      Pattern.compile("markbridge\\.outbox\\.(\"[^\"]+\"|[^.]+)\\.[^.]+");

  private static final Pattern PLACE_IN_LIST = Pattern.compile("\\[(\\d+)]\\.?");

  private static final int MOST_KEPT = 10_000;

  private final Config config;

  /** Asked for with each document: what a site says does not change while the program runs. */
  private final Map<String, Optional<String>> texts = new ConcurrentHashMap<>();

  private final Map<String, Set<String>> names = new ConcurrentHashMap<>();

  public Settings(Config config) {
    this.config = config;
  }

  /** A setting by its name below {@code markbridge.}; blank counts as absent. */
  public Optional<String> text(String name) {
    Optional<String> known = texts.get(name);
    if (known != null) {
      return known;
    }
    Optional<String> text =
        config
            .getOptionalValue(PREFIX + name, String.class)
            .map(String::strip)
            .filter(value -> !value.isEmpty());
    // Names of lines come out of documents: their number has no end.
    if (texts.size() < MOST_KEPT) {
      texts.put(name, text);
    }
    return text;
  }

  public String text(String name, String otherwise) {
    return text(name).orElse(otherwise);
  }

  public long number(String name, long otherwise) {
    return config.getOptionalValue(PREFIX + name, Long.class).orElse(otherwise);
  }

  /** A whole number where the site says one. */
  public OptionalLong number(String name) {
    return config
        .getOptionalValue(PREFIX + name, Long.class)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  public boolean flag(String name, boolean otherwise) {
    return config.getOptionalValue(PREFIX + name, Boolean.class).orElse(otherwise);
  }

  /** A duration such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 7d} or ISO {@code PT10S}. */
  public Duration duration(String name, Duration otherwise) {
    return text(name).map(Durations::parse).orElse(otherwise);
  }

  /** Names of the operator preset. */
  public String operator() {
    return text("operator", "uz");
  }

  public Path folder(String name) {
    return Path.of(text("files." + name, name));
  }

  public Locale language() {
    return Locale.forLanguageTag(text("replies.language", "ru"));
  }

  /** JDBC address of the journal. */
  public String journalUrl() {
    return text("journal.url", "jdbc:sqlite:data/markbridge.db");
  }

  /** Who the bridge is in the journal's database; the address may say it too. */
  public Optional<String> journalUsername() {
    return text("journal.username");
  }

  /**
   * From the environment or a file.
   *
   * @throws java.io.UncheckedIOException when the file cannot be read
   */
  public Optional<String> journalPassword() {
    return secret("journal.password");
  }

  /** The names of all accounts; {@code default} where only the environment names it. */
  public Set<String> accounts() {
    return names.computeIfAbsent("accounts", asked -> Collections.unmodifiableSet(findAccounts()));
  }

  /**
   * The accounts at the site's own operator that want watching: all that have settings, also
   * without a credential, as where a variable is mistyped; {@code default} where nothing else is
   * set up, neither an account nor a campaign.
   */
  public Set<String> watchedAccounts() {
    return names.computeIfAbsent(
        "watched accounts", asked -> Collections.unmodifiableSet(findWatchedAccounts()));
  }

  private Set<String> findWatchedAccounts() {
    Set<String> accounts = findSetAccounts();
    // Of MARKBRIDGE_ACCOUNTS_BIG_BEER_API_KEY an account "big" is guessed beside "big-beer".
    Set<String> guessed = new TreeSet<>(accounts);
    guessed.removeIf(
        name ->
            accounts.stream()
                .noneMatch(
                    other ->
                        new SettingName(other)
                            .variable()
                            .startsWith(new SettingName(name).variable() + "_")));
    guessed.removeAll(named(KEY_OF_ACCOUNT));
    accounts.removeAll(guessed);
    if (accounts.isEmpty() && findAccounts(Account.MARKET).isEmpty()) {
      accounts.add("default");
    }
    return accounts;
  }

  private Set<String> findSetAccounts() {
    Set<String> accounts = named(ACCOUNT);
    if (!accounts.contains("default") && account("default").hasCredentials()) {
      accounts.add("default");
    }
    return accounts;
  }

  private Set<String> findAccounts() {
    Set<String> accounts = findSetAccounts();
    if (accounts.isEmpty()) {
      accounts.add("default");
    }
    accounts.removeIf(name -> !account(name).hasCredentials() && accounts.size() > 1);
    return accounts;
  }

  /** The names of all accounts at an operator that works beside the site's own. */
  public Set<String> accounts(String operator) {
    return names.computeIfAbsent(
        "accounts of " + operator, asked -> Collections.unmodifiableSet(findAccounts(operator)));
  }

  private Set<String> findAccounts(String operator) {
    Set<String> accounts = new TreeSet<>();
    if (operator.equals(Account.MARKET)) {
      named(CAMPAIGN).forEach(campaign -> accounts.add(Account.name(operator, campaign)));
    }
    return accounts;
  }

  /** Where an account's settings stand, below {@code markbridge.}, with a dot at the end. */
  public static String place(String account) {
    String campaigns = Account.name(Account.MARKET, "");
    return account.startsWith(campaigns)
        ? CAMPAIGNS + account.substring(campaigns.length()) + "."
        : "accounts." + account + ".";
  }

  /** Product groups that the site has settings for. */
  public Set<String> groups() {
    return named("groups");
  }

  /** The names of all SFTP servers. */
  public Set<String> sftpServers() {
    return named(SFTP);
  }

  /**
   * One SFTP server.
   *
   * @throws java.io.UncheckedIOException when the file of a secret cannot be read
   */
  public SftpServer sftpServer(String name) {
    return SftpServer.of(this, name);
  }

  /** The names of all outboxes: the {@code erp} of {@code markbridge.outbox.erp.url}. */
  public Set<String> outboxes() {
    return named(OUTBOX);
  }

  /** Names that a site has chosen in a section. */
  public Set<String> named(String section) {
    return named(Pattern.compile(Pattern.quote(PREFIX + section) + "\\.(\"[^\"]+\"|[^.]+)\\..+"));
  }

  /**
   * Where a setting of a folder stands, below {@code markbridge.}: at the folder itself, or else at
   * the nearest above it that has it. Upper and lower case make no difference, as they make none
   * for where a file is dropped.
   *
   * @param folder relative to the inbox, with {@code /} between its parts
   */
  public Optional<String> keyOfFolder(String folder, String setting) {
    Set<String> folders = names.computeIfAbsent("folders", this::named);
    for (String at = folder;
        !at.isEmpty();
        at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
      String own = at;
      Stream<String> spelt = folders.stream().filter(own::equalsIgnoreCase);
      Optional<String> key =
          // As it is spelt first: a variable of the environment has no spelling of its own.
          Stream.concat(Stream.of(own), spelt)
              .flatMap(name -> Stream.of("\"" + name + "\"", name))
              .map(name -> "folders." + name + "." + setting)
              .filter(one -> text(one).isPresent())
              .findFirst();
      if (key.isPresent()) {
        return key;
      }
    }
    return Optional.empty();
  }

  private Set<String> named(Pattern pattern) {
    Set<String> names = new TreeSet<>();
    for (String property : config.getPropertyNames()) {
      // A number in the name of a variable is guessed to be a place in a list:
      // campaigns[1001]api.key
      Matcher matcher = pattern.matcher(PLACE_IN_LIST.matcher(property).replaceAll(".$1."));
      if (matcher.matches()) {
        names.add(matcher.group(1).replace("\"", ""));
      }
    }
    return names;
  }

  /** One account; its secrets come from the environment or from files. */
  public Account account(String name) {
    String prefix = place(name);
    return new Account(
        name,
        omsId(name),
        tin(name),
        secret(prefix + "login"),
        secret(prefix + "password"),
        secret(prefix + "api-key"),
        secret(prefix + "oauth-token"));
  }

  /** The {@code omsId} of an account; of several the first, which is told where none was said. */
  public Optional<String> omsId(String account) {
    return omsIds(account).stream().findFirst();
  }

  private List<String> omsIds(String account) {
    return text(place(account) + "oms-id").map(Settings::listed).orElse(List.of());
  }

  /** Values between commas. */
  public static List<String> listed(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  /** The taxpayer number of an account. */
  public Optional<String> tin(String account) {
    return text(place(account) + "tin");
  }

  /** The account whose {@code omsId} this is; upper and lower case are the same. */
  public Optional<String> accountOf(String omsId) {
    return accounts().stream()
        .filter(name -> omsIds(name).stream().anyMatch(omsId::equalsIgnoreCase))
        .findFirst();
  }

  /**
   * A secret, from a file that {@code <name>-file} names or from the environment.
   *
   * @throws java.io.UncheckedIOException when the file cannot be read
   */
  public Optional<String> secret(String name) {
    Optional<String> file = text(name + "-file");
    return file.isPresent() ? file.map(SecretFile::read) : text(name);
  }
}
