package io.markbridge.openapi;

import io.markbridge.operator.OperatorCall;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Account;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One token per account (G2, section 1 of the change table): renewed before it ends, by refresh
 * first and by login where that fails, and fetched once however many calls wait for it. Tokens live
 * in memory only.
 */
public final class TokenStore {
  /**
   * What the operator gives for a login or a refresh token.
   *
   * @param refreshToken empty where it gave none
   */
  public record Tokens(String accessToken, String refreshToken, Duration life) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "tokens of " + life;
    }
  }

  /** The two calls that give tokens. */
  public interface TokenCalls {
    Tokens login(Account account) throws CredentialsException;

    Tokens refresh(Account account, String refreshToken) throws CredentialsException;
  }

  private record Held(Tokens tokens, Instant renewAt) {}

  private static final class Slot {
    private volatile Held held;

    /** Read without the lock, which is held while a login is on its way. */
    private volatile CredentialsException refusal;

    /** Why a credential that stays the same is not taken; no login follows that would tell. */
    private volatile String fixedRefusal;

    private CredentialsException failure;
    private volatile int failures;
  }

  /**
   * How long a refused login is believed before it is tried again: each try counts at the operator.
   */
  private static final Duration REFUSAL = Duration.ofSeconds(30);

  private final OperatorPreset preset;
  private final Function<String, Account> accounts;
  private final TokenCalls calls;
  private final Pauses pauses;
  private final Clock clock;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  /** The tokens of one process alone. */
  public TokenStore(
      OperatorPreset preset, Function<String, Account> accounts, TokenCalls calls, Clock clock) {
    this(preset, accounts, calls, new OwnPauses(clock), clock);
  }

  /**
   * @param pauses where all replicas learn that a login was refused: each try counts at the
   *     operator
   */
  public TokenStore(
      OperatorPreset preset,
      Function<String, Account> accounts,
      TokenCalls calls,
      Pauses pauses,
      Clock clock) {
    this.preset = preset;
    this.accounts = accounts;
    this.calls = calls;
    this.pauses = pauses;
    this.clock = clock;
  }

  /**
   * A secret as it goes with a request.
   *
   * @param header name of the header
   * @param before what stands before the secret there
   */
  public record Credential(String header, String before, String secret) {
    public String value() {
      return before + secret;
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "credential in " + header;
    }
  }

  /**
   * The credential for a call, in the header that its operator's preset names.
   *
   * @throws CredentialsException when the account has none for it, or the operator refused the
   *     login
   */
  public Credential credential(String account, OperatorCall call) throws CredentialsException {
    OperatorPreset operator = preset.of(call);
    Account known = accounts.apply(account);
    List<String> wanted = operator.list("credentials/" + call.family());
    for (String kind : wanted) {
      Optional<String> secret = secret(kind, known);
      if (secret.isPresent()) {
        return new Credential(
            operator.text("headers/" + kind + "/name").orElse("Authorization"),
            operator.text("headers/" + kind + "/before").orElse("Bearer "),
            secret.get());
      }
    }
    throw none(known, call.family(), wanted);
  }

  private Optional<String> secret(String kind, Account account) throws CredentialsException {
    return switch (kind) {
      case "key" -> account.apiKey();
      case "oauth" -> account.oauthToken();
      case "token" -> account.hasLogin() ? Optional.of(token(account)) : Optional.empty();
      default -> throw new IllegalArgumentException("there is no credential named " + kind);
    };
  }

  private static CredentialsException none(Account account, String family, List<String> wanted) {
    return new CredentialsException(
        "account "
            + account.name()
            + " has no "
            + String.join(" or ", wanted)
            + " for "
            + family
            + " calls: set "
            + account.settings()
            + settable(account),
        false);
  }

  private static String settable(Account account) {
    return account.name().startsWith(Account.name(Account.MARKET, ""))
        ? "api-key or .oauth-token"
        : "login and .password, or .api-key";
  }

  /**
   * The operator refused this bearer. A token is forgotten only if it is still the current one:
   * another call may have renewed it meanwhile.
   *
   * @return whether the call is worth repeating with another one
   */
  public boolean refused(String account, String bearer) {
    Slot slot = slot(account);
    Account known = accounts.apply(account);
    if (known.isFixed(bearer)) {
      slot.fixedRefusal =
          "the operator refused the key of account "
              + account
              + ": set a valid one at "
              + known.settings()
              + (known.oauthToken().filter(bearer::equals).isPresent() ? "oauth-token" : "api-key");
      return false;
    }
    synchronized (slot) {
      if (slot.held != null && slot.held.tokens().accessToken().equals(bearer)) {
        slot.held = new Held(slot.held.tokens(), Instant.MIN);
      }
      return true;
    }
  }

  /** The operator answered a request with this bearer as only somebody does who knows it. */
  public void taken(String account, String bearer) {
    Slot slot = slot(account);
    if (slot.fixedRefusal != null && accounts.apply(account).isFixed(bearer)) {
      slot.fixedRefusal = null;
    }
  }

  /**
   * Why the operator refused the newest login of an account, or its key; empty where it did not.
   */
  public Optional<String> refusal(String account) {
    Slot slot = slot(account);
    return Optional.ofNullable(slot.refusal)
        .map(CredentialsException::getMessage)
        .or(() -> Optional.ofNullable(slot.fixedRefusal));
  }

  /**
   * Why nothing of an account can be sent, for people: it has no credential, a file with one cannot
   * be read, or as {@link #refusal} says.
   */
  public Optional<String> obstacle(String account) {
    try {
      Account known = accounts.apply(account);
      return known.hasCredentials()
          ? refusal(account)
          : Optional.of(
              "account "
                  + account
                  + " has no credential: set "
                  + known.settings()
                  + settable(known));
    } catch (UncheckedIOException unreadable) {
      return Optional.of("a credential of account " + account + ": " + unreadable.getMessage());
    }
  }

  /** When the token of an account will be renewed; empty where it has none. For people. */
  public Optional<Instant> renewAt(String account) {
    return Optional.ofNullable(slot(account).held).map(Held::renewAt).filter(Instant.MIN::isBefore);
  }

  private String token(Account account) throws CredentialsException {
    Slot slot = slot(account.name());
    int failuresBefore = slot.failures;
    // Single flight: whoever comes while a token is being fetched waits here and then finds it, or
    // shares its failure: trying one after the other would block every thread for minutes.
    synchronized (slot) {
      Instant now = clock.instant();
      if (slot.held != null && now.isBefore(slot.held.renewAt())) {
        return slot.held.tokens().accessToken();
      }
      if (slot.failures != failuresBefore) {
        throw slot.failure;
      }
      try {
        Tokens tokens = fetch(account, slot);
        slot.held = new Held(tokens, now.plus(renewAfter(tokens.life())));
        slot.refusal = null;
        return tokens.accessToken();
      } catch (CredentialsException failure) {
        slot.failure = failure;
        slot.failures++;
        if (failure.refused()) {
          slot.held = null;
          slot.refusal = failure;
        }
        throw failure;
      }
    }
  }

  private Tokens fetch(Account account, Slot slot) throws CredentialsException {
    if (slot.held != null && !slot.held.tokens().refreshToken().isEmpty()) {
      try {
        return calls.refresh(account, slot.held.tokens().refreshToken());
      } catch (CredentialsException refreshDied) {
        // A refresh token that died is no failure: the login follows.
        if (!refreshDied.refused()) {
          throw refreshDied;
        }
        slot.held = null;
      }
    }
    return login(account);
  }

  /** A refused one is not tried again for a while, also where another replica was refused. */
  private Tokens login(Account account) throws CredentialsException {
    String name = "login of " + account.name();
    Optional<Pauses.Pause> paused = pauses.find(name);
    if (paused.isPresent()) {
      throw new CredentialsException(paused.get().reason(), true);
    }
    try {
      return calls.login(account);
    } catch (CredentialsException failure) {
      if (failure.refused()) {
        pauses.pause(name, clock.instant().plus(REFUSAL), failure.getMessage());
      }
      throw failure;
    }
  }

  /** Well before it ends, so that a call on its way does not meet the end. */
  private static Duration renewAfter(Duration life) {
    Duration margin = life.dividedBy(10);
    Duration most = Duration.ofMinutes(1);
    return life.minus(margin.compareTo(most) < 0 ? margin : most);
  }

  private Slot slot(String account) {
    return slots.computeIfAbsent(account, name -> new Slot());
  }
}
