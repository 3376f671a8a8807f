package io.markbridge.step;

import io.markbridge.openapi.CredentialsException;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Classes that only the routes name, or a driver of databases: a native binary would not have them
 * otherwise.
 */
@RegisterForReflection(
    targets = {CredentialsException.class, NotPermittedException.class, Exception.class},
    classNames = "org.postgresql.ssl.DefaultJavaSSLFactory")
final class NamedInRoutes {
  private NamedInRoutes() {}
}
