package io.markbridge.process;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.markbridge.sandbox.Sandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A marketplace for a running bridge: the sandbox, and a proxy before it that remembers what went
 * both ways.
 */
public final class MarketPlant implements QuarkusTestResourceLifecycleManager {
  static final String KEY = "ACMA:demo-key";

  /** Nobody checks its codes, and its target is identifiers. */
  static final long DBS = 1001;

  /** Its target is boxes, and its codes are checked. */
  static final long FBS = 1002;

  /** Still allowed to use the old call, with the old credential. */
  static final long OLD = 1003;

  /** With a key that opens nothing. */
  static final long REFUSED = 1004;

  /** Of one test: nothing else of it is answered, which would tell that its key is good. */
  static final long REVOKED = 1005;

  private static Sandbox sandbox;
  private static WireMockServer proxy;

  static Sandbox sandbox() {
    return sandbox;
  }

  static WireMockServer proxy() {
    return proxy;
  }

  @Override
  public Map<String, String> start() {
    sandbox =
        Sandbox.start(FastSandbox.options().with("market-limit", "0").with("market-check", "50ms"));
    proxy = new WireMockServer(options().dynamicPort());
    proxy.start();
    proxy.stubFor(
        any(anyUrl()).atPriority(10).willReturn(aResponse().proxiedFrom(sandbox.uri().toString())));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("markbridge.market.url", proxy.baseUrl() + "/");
    campaign(settings, DBS, "api-key", KEY, "model", "DBS");
    campaign(settings, FBS, "api-key", KEY, "model", "FBS");
    campaign(settings, OLD, "oauth-token", KEY, "target", "cis");
    campaign(settings, REFUSED, "api-key", "ACMA:expired", "model", "DBS");
    campaign(settings, REVOKED, "api-key", KEY, "model", "DBS");
    return settings;
  }

  private static void campaign(
      Map<String, String> settings,
      long id,
      String credential,
      String secret,
      String name,
      String value) {
    String prefix = "markbridge.market.campaigns." + id + ".";
    settings.put(prefix + credential, secret);
    settings.put(prefix + name, value);
  }

  @Override
  public void stop() {
    proxy.stop();
    sandbox.close();
  }
}
