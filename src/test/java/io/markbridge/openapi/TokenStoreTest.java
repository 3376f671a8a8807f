package io.markbridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.Patience;
import io.markbridge.document.ManualClock;
import io.markbridge.openapi.TokenStore.Tokens;
import io.markbridge.operator.OperatorCall;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Account;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One token an account, fetched once however many calls want it (design decision 7). */
class TokenStoreTest {
  private static final int CALLS = 64;
  private static final Duration LIFE = Duration.ofMinutes(30);

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock();
  private final Operator operator = new Operator();
  private final List<Thread> callers = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          CALLS,
          work -> {
            Thread thread = new Thread(work);
            callers.add(thread);
            return thread;
          });
  private Account account = account(Optional.of("login"), Optional.empty());
  private TokenStore tokens;

  @BeforeEach
  void store() throws IOException {
    OperatorPreset preset = OperatorPreset.load(SiteFiles.here(), "uz");
    tokens = new TokenStore(preset, name -> account, operator, clock);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void theFirstOfManyCallsLogsInForAll() throws Exception {
    assertThat(together(() -> bearer(tokens, "default", "api"), operator.logins, 1))
        .hasSize(CALLS)
        .containsOnly("access-1");
    assertThat(operator.logins).hasValue(1);
  }

  @Test
  void callsAtTheEndOfATokenCauseOneRefresh() throws Exception {
    bearer(tokens, "default", "api");
    clock.advance(LIFE);
    assertThat(together(() -> bearer(tokens, "default", "public"), operator.refreshes, 1))
        .hasSize(CALLS)
        .containsOnly("access-2");
    assertThat(operator.refreshes).hasValue(1);
    assertThat(operator.logins).hasValue(1);
  }

  @Test
  void callsThatWaitedForALoginThatFailedDoNotTryAgainEach() throws Exception {
    operator.unreachable = true;
    List<String> answers =
        together(
            () -> {
              try {
                return bearer(tokens, "default", "api");
              } catch (CredentialsException failed) {
                return "failed";
              }
            },
            operator.logins,
            1);
    assertThat(answers).containsOnly("failed");
    assertThat(operator.logins).as("one after the other they would block for minutes").hasValue(1);
    operator.unreachable = false;
    assertThat(bearer(tokens, "default", "api")).isEqualTo("access-2");
  }

  @Test
  void aTokenIsRenewedBeforeItEnds() throws Exception {
    bearer(tokens, "default", "api");
    clock.advance(LIFE.minusMinutes(1).minusSeconds(1));
    assertThat(bearer(tokens, "default", "api")).isEqualTo("access-1");
    clock.advance(Duration.ofSeconds(2));
    assertThat(bearer(tokens, "default", "api")).isEqualTo("access-2");
  }

  @Test
  void aRefusedTokenIsRenewedOnceHoweverManyCallsHadIt() throws Exception {
    String refused = bearer(tokens, "default", "api");
    for (int call = 0; call < CALLS; call++) {
      assertThat(tokens.refused("default", refused)).as("worth repeating").isTrue();
      assertThat(bearer(tokens, "default", "api")).isEqualTo("access-2");
    }
    assertThat(operator.refreshes).hasValue(1);
    assertThat(operator.logins).hasValue(1);
  }

  @Test
  void aRefreshTokenThatDiedIsFollowedByOneLogin() throws Exception {
    bearer(tokens, "default", "api");
    operator.refreshDied = true;
    clock.advance(LIFE);
    assertThat(together(() -> bearer(tokens, "default", "api"), operator.refreshes, 1))
        .containsOnly("access-2");
    assertThat(operator.refreshes).hasValue(1);
    assertThat(operator.logins).hasValue(2);
  }

  @Test
  void anOutageKeepsTheRefreshToken() throws Exception {
    bearer(tokens, "default", "api");
    clock.advance(LIFE);
    operator.unreachable = true;
    assertThatThrownBy(() -> bearer(tokens, "default", "api"))
        .isInstanceOf(CredentialsException.class);
    operator.unreachable = false;
    assertThat(bearer(tokens, "default", "api")).isEqualTo("access-3");
    assertThat(operator.logins).as("the refresh token was still good").hasValue(1);
  }

  @Test
  void aRefusedLoginIsNotTriedAgainForHalfAMinute() throws Exception {
    operator.loginRefused = true;
    for (int call = 0; call < 5; call++) {
      assertThatThrownBy(() -> bearer(tokens, "default", "api"))
          .isInstanceOf(CredentialsException.class)
          .hasMessageContaining("user-incorrect-login-or-password");
      clock.advance(Duration.ofSeconds(5));
    }
    assertThat(operator.logins).hasValue(1);
    clock.advance(Duration.ofSeconds(5));
    operator.loginRefused = false;
    assertThat(bearer(tokens, "default", "api")).isEqualTo("access-2");
  }

  @Test
  void aLoginThatWasRefusedToOneReplicaIsNotTriedByAnother() throws Exception {
    OperatorPreset preset = OperatorPreset.load(SiteFiles.here(), "uz");
    Pauses shared = new OwnPauses(clock);
    tokens = new TokenStore(preset, name -> account, operator, shared, clock);
    TokenStore other = new TokenStore(preset, name -> account, operator, shared, clock);
    TokenStore loggedIn = new TokenStore(preset, name -> account, operator, shared, clock);
    assertThat(bearer(loggedIn, "default", "api")).isEqualTo("access-1");
    clock.advance(LIFE);
    operator.loginRefused = true;
    for (TokenStore one : List.of(tokens, other, other)) {
      assertThatThrownBy(() -> bearer(one, "default", "api"))
          .isInstanceOf(CredentialsException.class)
          .hasMessageContaining("user-incorrect-login-or-password");
      assertThat(one.refusal("default")).isPresent();
      clock.advance(Duration.ofSeconds(9));
    }
    assertThat(operator.logins).as("one before, and one for all").hasValue(2);
    assertThat(bearer(loggedIn, "default", "api"))
        .as("a refresh is no login")
        .isEqualTo("access-3");
    clock.advance(Duration.ofSeconds(3));
    operator.loginRefused = false;
    assertThat(bearer(other, "default", "api"))
        .as("asking did not prolong it")
        .isEqualTo("access-4");
  }

  @Test
  void anApiKeyIsNeverRenewedAndDoesNotTouchTheToken() throws Exception {
    account = account(Optional.of("login"), Optional.of("key"));
    OperatorPreset preset = presetWhere("public: [key, token]");
    tokens = new TokenStore(preset, name -> account, operator, clock);
    assertThat(bearer(tokens, "default", "public")).isEqualTo("key");
    assertThat(operator.logins).hasValue(0);
    assertThat(tokens.refused("default", "key")).as("no other credential would come").isFalse();
    assertThat(bearer(tokens, "default", "api")).isEqualTo("access-1");
    assertThat(tokens.refused("default", "key")).isFalse();
    assertThat(bearer(tokens, "default", "api")).as("the token stays").isEqualTo("access-1");
    assertThat(tokens.refused("default", "access-1")).isTrue();
    assertThat(bearer(tokens, "default", "public")).as("the key stays").isEqualTo("key");
  }

  @Test
  void aRefusedKeyIsToldUntilTheOperatorTakesOne() throws Exception {
    account = account(Optional.of("login"), Optional.of("key"));
    tokens = new TokenStore(presetWhere("public: [key, token]"), name -> account, operator, clock);
    tokens.taken("default", bearer(tokens, "default", "public"));
    assertThat(tokens.refusal("default")).isEmpty();
    tokens.refused("default", "key");
    assertThat(tokens.refusal("default").orElseThrow())
        .contains("markbridge.accounts.default.api-key")
        .doesNotContain("\"key\"");
    String token = bearer(tokens, "default", "api");
    tokens.taken("default", token);
    assertThat(tokens.refusal("default")).as("that was another credential").isPresent();
    account = account(Optional.of("login"), Optional.of("new-key"));
    assertThat(tokens.refused("default", "key")).as("there is another one now").isTrue();
    tokens.taken("default", "new-key");
    assertThat(tokens.refusal("default")).isEmpty();
  }

  @Test
  void anAccountWithoutCredentialsIsToldBeforeAnythingIsSent() {
    account = account(Optional.empty(), Optional.empty());
    assertThat(tokens.obstacle("default").orElseThrow())
        .isEqualTo(
            "account default has no credential: set markbridge.accounts.default.login and"
                + " .password, or .api-key");
    assertThat(tokens.refusal("default")).as("nobody refused it").isEmpty();
    account = account(Optional.of("login"), Optional.empty());
    assertThat(tokens.obstacle("default")).isEmpty();
  }

  /** A folder in the place of the file cannot be read by root either. */
  @Test
  void anAccountWhoseSecretCannotBeReadIsToldAndGoesOnWhenItCan() throws Exception {
    Path secret = Files.createDirectory(directory.resolve("api-key"));
    Settings settings =
        new Settings(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(
                        Map.of("markbridge.accounts.default.api-key-file", secret.toString()),
                        "site",
                        100))
                .build());
    tokens =
        new TokenStore(
            OperatorPreset.load(SiteFiles.here(), "uz"), settings::account, operator, clock);

    assertThat(tokens.obstacle("default").orElseThrow())
        .startsWith("a credential of account default: reading the secret")
        .contains(secret.toString());
    assertThat(tokens.refusal("default")).as("nobody refused it").isEmpty();

    Files.delete(secret);
    assertThat(tokens.obstacle("default").orElseThrow()).contains(secret.toString());

    Files.writeString(secret, "key\n");
    assertThat(tokens.obstacle("default")).isEmpty();
    assertThat(bearer(tokens, "default", "api")).isEqualTo("key");
  }

  @Test
  void anAccountWithAKeyAloneUsesItForBothFamilies() throws Exception {
    account = account(Optional.empty(), Optional.of("key"));
    assertThat(bearer(tokens, "default", "api")).isEqualTo("key");
    assertThat(bearer(tokens, "default", "public")).isEqualTo("key");
  }

  @Test
  void anAccountWithoutCredentialsSaysWhatToSet() {
    account = account(Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> bearer(tokens, "default", "api"))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("markbridge.accounts.default.login");
  }

  @Test
  void nothingPrintsASecret() {
    assertThat(new Tokens("access-secret", "refresh-secret", LIFE).toString())
        .doesNotContain("secret");
    assertThat(account(Optional.of("login"), Optional.of("key")).toString())
        .isEqualTo("account default");
  }

  /**
   * Starts all calls, lets the operator answer when the last one waits for the first, and gives
   * what came back.
   */
  private List<String> together(Callable<String> call, AtomicInteger counter, int arrived)
      throws Exception {
    int before = counter.get();
    operator.gate = new CountDownLatch(1);
    List<Future<String>> answers = new ArrayList<>();
    for (int index = 0; index < CALLS; index++) {
      answers.add(threads.submit(call));
    }
    Patience.await("the first").until(() -> counter.get() - before >= arrived);
    Patience.await("the others")
        .until(() -> callers.stream().filter(this::waits).count() == CALLS - 1);
    operator.gate.countDown();
    List<String> bearers = new ArrayList<>();
    for (Future<String> answer : answers) {
      bearers.add(answer.get());
    }
    return bearers;
  }

  /** For the token, and not for a class that is being loaded. */
  private boolean waits(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return thread.getState() == Thread.State.BLOCKED
        && stack.length > 0
        && stack[0].getClassName().startsWith(TokenStore.class.getName());
  }

  private OperatorPreset presetWhere(String publicCredentials) throws IOException {
    Path file = directory.resolve("config/operators/uz.yaml");
    Files.createDirectories(file.getParent());
    try (var packaged = SiteFiles.here().open("config/operators/uz.yaml")) {
      String text = new String(packaged.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      Files.writeString(file, text.replace("public: [token, key]", publicCredentials));
    }
    return OperatorPreset.load(new SiteFiles(directory), "uz");
  }

  private String bearer(TokenStore store, String account, String family)
      throws CredentialsException {
    return store.credential(account, call(family)).secret();
  }

  private OperatorCall call(String family) {
    try {
      return OperatorPreset.load(new SiteFiles(directory), "uz")
          .call(family.equals("public") ? "document-search" : "orders");
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static Account account(Optional<String> login, Optional<String> apiKey) {
    return new Account(
        "default",
        Optional.empty(),
        Optional.empty(),
        login,
        login.map(name -> "password"),
        apiKey,
        Optional.empty());
  }

  /** Gives access-1, access-2, … ; waits at its gate first. */
  private static final class Operator implements TokenStore.TokenCalls {
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger given = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean loginRefused;
    private volatile boolean refreshDied;
    private volatile boolean unreachable;

    @Override
    public Tokens login(Account account) throws CredentialsException {
      logins.incrementAndGet();
      int number = answer();
      if (loginRefused) {
        throw new CredentialsException("user-incorrect-login-or-password", true);
      }
      return tokens(number);
    }

    @Override
    public Tokens refresh(Account account, String refreshToken) throws CredentialsException {
      refreshes.incrementAndGet();
      if (refreshDied) {
        throw new CredentialsException("the refresh token died", true);
      }
      return tokens(answer());
    }

    private int answer() throws CredentialsException {
      try {
        gate.await();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
      int number = given.incrementAndGet();
      if (unreachable) {
        throw new CredentialsException("not reached", false);
      }
      return number;
    }

    private static Tokens tokens(int number) {
      return new Tokens("access-" + number, "refresh-" + number, LIFE);
    }
  }
}
