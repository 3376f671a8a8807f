package io.markbridge.step;

import io.markbridge.openapi.CredentialsException;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Classes that only the routes name: a native binary would not have them otherwise. */
@RegisterForReflection(
    targets = {CredentialsException.class, NotPermittedException.class, Exception.class})
final class NamedInRoutes {
  private NamedInRoutes() {}
}
