package io.markbridge.settings;

import java.util.Optional;

/**
 * A legal entity at the operator.
 *
 * @param omsId its id in the legacy API
 * @param tin its taxpayer number
 */
public record Account(
    String name,
    Optional<String> omsId,
    Optional<String> tin,
    Optional<String> login,
    Optional<String> password,
    Optional<String> apiKey) {

  public boolean hasLogin() {
    return login.isPresent() && password.isPresent();
  }

  public boolean hasCredentials() {
    return hasLogin() || apiKey.isPresent();
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "account " + name;
  }
}
