package io.markbridge.process;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An operator made of stubs, and a bridge in this JVM that talks to it. Each account has a folder,
 * tokens and limits of its own, so tests that use accounts of their own do not meet.
 */
public final class StandInOperator implements QuarkusTestResourceLifecycleManager {
  /** Each with the login {@code login-NAME} and the password {@code password-NAME}. */
  static final List<String> ACCOUNTS =
      List.of(
          "plant",
          "failing",
          "refusing",
          "quiet",
          "selected",
          "permission",
          "listed",
          "numbered",
          "denied",
          "narrow",
          "moved",
          "disguised",
          "html",
          "textual",
          "reset",
          "half",
          "polled",
          "busy",
          "unauthorised",
          "inactive",
          "stubborn",
          "wrong",
          "secret",
          "expiring",
          "dying");

  private static WireMockServer server;
  private static Path folder;

  static WireMockServer server() {
    return server;
  }

  static Path folder() {
    return folder;
  }

  @Override
  public Map<String, String> start() {
    server = new WireMockServer(options().dynamicPort().globalTemplating(true));
    server.start();
    login(server);
    wrongPassword(server);
    try {
      Path all = Files.createDirectories(Path.of("target", "stand-in").toAbsolutePath());
      folder = Files.createTempDirectory(all, "bridge");
    } catch (IOException failure) {
      throw new UncheckedIOException("making a folder for the bridge", failure);
    }
    return settings();
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("markbridge.openapi.url", server.baseUrl());
    for (String name : List.of("inbox", "replies", "done", "failed")) {
      settings.put("markbridge.files." + name, folder.resolve(name).toString());
    }
    settings.put("markbridge.journal.url", "jdbc:sqlite:" + folder.resolve("markbridge.db"));
    settings.put("markbridge.files.poll-milliseconds", "50");
    settings.put("markbridge.loop.milliseconds", "20");
    settings.put("markbridge.track.first", "50ms");
    settings.put("markbridge.retry.first", "50ms");
    settings.put("markbridge.limits.post", "0");
    settings.put("markbridge.limits.poll", "0");
    settings.put("markbridge.limits.login", "0");
    settings.put("markbridge.replies.language", "en");
    for (String account : ACCOUNTS) {
      String prefix = "markbridge.accounts." + account + ".";
      settings.put(prefix + "login", "login-" + account);
      settings.put(prefix + "password", "password-" + account);
      settings.put(prefix + "oms-id", "oms-" + account);
      settings.put(prefix + "business-place-id", "17");
    }
    settings.put("markbridge.groups.water.release-type", "PRODUCTION");
    settings.put("markbridge.groups.water.manufacturer-country", "UZ");
    return settings;
  }

  /** Every account gets a token that names its login. */
  static void login(WireMockServer server) {
    server.stubFor(
        post("/api/users/authenticate")
            .atPriority(9)
            .willReturn(
                WireMock.okJson(
                    "{\"accessToken\":\"access-{{jsonPath request.body '$.login'}}\","
                        + "\"accessTokenType\":\"BEARER\",\"accessTokenExpiresIn\":\"1800000\","
                        + "\"refreshToken\":\"refresh-{{jsonPath request.body '$.login'}}\"}")));
  }

  /** One account whose password the operator does not know. */
  private static void wrongPassword(WireMockServer server) {
    server.stubFor(
        post("/api/users/authenticate")
            .withRequestBody(WireMock.containing("login-wrong"))
            .atPriority(3)
            .willReturn(
                WireMock.status(401)
                    .withBody("[{\"code\":\"user-incorrect-login-or-password\"}]")));
  }

  /** The bearer that an account's requests carry. */
  static String bearer(String account) {
    return "Bearer access-login-" + account;
  }

  @Override
  public void stop() {
    server.stop();
  }
}
