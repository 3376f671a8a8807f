package io.markbridge.settings;

import java.util.Optional;

/**
 * A legal entity at the operator, or a campaign at a marketplace.
 *
 * @param name as the site names it; at an operator beside the site's own {@code <operator>:<its id
 *     there>}
 * @param omsId its id in the legacy API
 * @param tin its taxpayer number
 */
public record Account(
    String name,
    Optional<String> omsId,
    Optional<String> tin,
    Optional<String> login,
    Optional<String> password,
    Optional<String> apiKey,
    Optional<String> oauthToken) {
  /** The operator whose accounts are campaigns. */
  public static final String MARKET = "market";

  /** The name of an account at an operator beside the site's own. */
  public static String name(String operator, String id) {
    return operator + ":" + id;
  }

  public boolean hasLogin() {
    return login.isPresent() && password.isPresent();
  }

  public boolean hasCredentials() {
    return hasLogin() || apiKey.isPresent() || oauthToken.isPresent();
  }

  /** Whether it is a credential that stays the same, so that another try brings no other. */
  public boolean isFixed(String secret) {
    return apiKey.filter(secret::equals).isPresent()
        || oauthToken.filter(secret::equals).isPresent();
  }

  /** Where its settings stand, with a dot at the end. */
  public String settings() {
    return "markbridge." + Settings.place(name);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "account " + name;
  }
}
