package io.markbridge.openapi;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The pauses of one process alone. */
public final class OwnPauses implements Pauses {
  private final Clock clock;
  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

  public OwnPauses(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Pause> find(String name) {
    return Optional.ofNullable(pauses.get(name))
        .filter(pause -> clock.instant().isBefore(pause.until()));
  }

  @Override
  public Optional<Pause> known(String name) {
    return find(name);
  }

  @Override
  public Optional<Instant> knownAt() {
    return Optional.of(clock.instant());
  }

  /** There are no others. */
  @Override
  public void look() {}

  @Override
  public void pause(String name, Instant until, String reason) {
    pauses.merge(
        name,
        new Pause(until, reason),
        (first, second) -> first.until().isBefore(second.until()) ? second : first);
  }
}
