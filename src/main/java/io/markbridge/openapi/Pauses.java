package io.markbridge.openapi;

import java.time.Instant;
import java.util.Optional;

/** What nobody does before its time: calls of a closed limit, logins that were refused. */
public interface Pauses {
  /** A pause that lasts. */
  record Pause(Instant until, String reason) {}

  /** The pause of this name that lasts now; empty where none is known. */
  Optional<Pause> find(String name);

  /** Nobody does it before then. The latest deadline counts. */
  void pause(String name, Instant until, String reason);
}
