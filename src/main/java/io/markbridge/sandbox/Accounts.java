package io.markbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.sandbox.Route.Family;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Section 1: logins, tokens and keys. */
final class Accounts {
  private static final int REMEMBERED_TOKENS = 10_000;
  private static final String BEARER = "Bearer ";

  private record Token(String account, Instant expires) {}

  private static final class Tokens extends LinkedHashMap<String, Token> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Token> eldest) {
      return size() > REMEMBERED_TOKENS;
    }
  }

  private final Work work;
  private final Tokens access = new Tokens();
  private final Tokens refresh = new Tokens();

  Accounts(Work work) {
    this.work = work;
  }

  synchronized Answer login(Call call) throws RefusedException, IOException {
    JsonNode body = call.tree();
    String login = body.path("login").asText("");
    String given = login + ":" + body.path("password").asText("");
    if (login.isEmpty() || !work.switches().list(SwitchName.USERS).contains(given)) {
      int status = work.switches().number(SwitchName.BAD_LOGIN_STATUS);
      throw RefusedException.code(status, "user-incorrect-login-or-password");
    }
    return pair(login);
  }

  synchronized Answer refresh(Call call) throws RefusedException, IOException {
    String given = form(call.body().bytes()).getOrDefault("refreshToken", "");
    if (given.isEmpty()) {
      throw RefusedException.invalid("refreshToken", "required");
    }
    Token token = refresh.get(given);
    if (token == null || !token.expires().isAfter(work.now())) {
      throw inactive(401);
    }
    if (work.switches().is(SwitchName.REFRESH_REUSE, "false")) {
      refresh.remove(given);
    }
    return pair(token.account());
  }

  private Answer pair(String account) {
    long life = work.switches().duration(SwitchName.TOKEN_LIFE).toMillis();
    String accessToken = "access-" + UUID.randomUUID();
    String refreshToken = "refresh-" + UUID.randomUUID();
    access.put(accessToken, new Token(account, work.now().plusMillis(life)));
    Instant end = work.now().plus(work.switches().duration(SwitchName.REFRESH_LIFE));
    refresh.put(refreshToken, new Token(account, end));
    return Answer.json(
        work,
        json -> {
          json.writeStartObject();
          json.writeStringField("accessToken", accessToken);
          json.writeStringField("accessTokenType", "BEARER");
          if (work.switches().is(SwitchName.TOKEN_LIFE_FORM, "number")) {
            json.writeNumberField("accessTokenExpiresIn", life);
          } else {
            json.writeStringField("accessTokenExpiresIn", Long.toString(life));
          }
          json.writeStringField("refreshToken", refreshToken);
          json.writeEndObject();
        });
  }

  /** Whose call it is, for the limits; says nothing about whether the credential is valid. */
  synchronized String credential(Call call) {
    if (call.route().family() == Family.NONE) {
      return "authentication";
    }
    String given = bearer(call);
    Token token = access.get(given);
    if (token != null) {
      return "login:" + token.account();
    }
    return keyAccount(given).map(account -> "key:" + account).orElse("nobody");
  }

  /** The account that the call's credential opens. */
  synchronized String account(Call call) throws RefusedException {
    String given = bearer(call);
    if (given.isEmpty()) {
      throw RefusedException.empty(401);
    }
    Optional<String> key = keyAccount(given);
    if (key.isPresent()) {
      mustOpen(call.route().family(), "key");
      return key.get();
    }
    Token token = access.get(given);
    if (token == null) {
      throw RefusedException.empty(401);
    }
    if (!token.expires().isAfter(work.now())) {
      throw inactive(work.switches().number(SwitchName.EXPIRED_TOKEN_STATUS));
    }
    mustOpen(call.route().family(), "token");
    return token.account();
  }

  /** Ends every access token now; refresh tokens live on. */
  synchronized void expireTokens() {
    access.replaceAll((name, token) -> new Token(token.account(), work.now()));
  }

  private void mustOpen(Family family, String credential) throws RefusedException {
    SwitchName which = family == Family.PUBLIC ? SwitchName.FAMILY_PUBLIC : SwitchName.FAMILY_API;
    if (!work.switches().list(which).contains(credential)) {
      throw RefusedException.empty(work.switches().number(SwitchName.WRONG_CREDENTIAL_STATUS));
    }
  }

  private Optional<String> keyAccount(String given) {
    List<String> keys = work.switches().list(SwitchName.KEYS);
    return keys.stream()
        .filter(entry -> !given.isEmpty() && entry.startsWith(given + ":"))
        .map(entry -> entry.substring(given.length() + 1))
        .findFirst();
  }

  private static RefusedException inactive(int status) {
    return RefusedException.of(
        Answer.text(
            status,
            "application/json",
            "{\"code\":\"authentication-failed\",\"context\":{\"_cause\":\"inactive-token\"}}"));
  }

  private static String bearer(Call call) {
    String header = call.header("authorization").orElse("");
    return header.startsWith(BEARER) ? header.substring(BEARER.length()).strip() : "";
  }

  private static Map<String, String> form(byte[] body) throws RefusedException {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          fields.put(
              URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    } catch (IllegalArgumentException exception) {
      throw RefusedException.invalid("refreshToken", "not form-urlencoded");
    }
    return fields;
  }
}
