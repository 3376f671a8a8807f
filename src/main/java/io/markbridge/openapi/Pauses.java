package io.markbridge.openapi;

import java.time.Instant;
import java.util.Optional;

/** What nobody does before its time: calls of a closed limit, logins that were refused. */
public interface Pauses {
  /** A pause that lasts. */
  record Pause(Instant until, String reason) {}

  /** The pause of this name that lasts now; empty where none is known. */
  Optional<Pause> find(String name);

  /** The same as it was last seen: for who must not wait for a database that hangs. */
  Optional<Pause> known(String name);

  /** When somebody last saw whether others have paused something; empty where nobody has yet. */
  Optional<Instant> knownAt();

  /** Sees whether others have paused something: a process that calls nobody is told by nobody. */
  void look();

  /** Nobody does it before then. The latest deadline counts. */
  void pause(String name, Instant until, String reason);
}
