package io.markbridge.step;

import io.markbridge.step.Drop.Look;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which files of one drop are whole: unchanged over two looks, or with a {@code .done} marker
 * beside them, or seen under a temporary name before and renamed since. Used by one thread.
 */
final class Sightings {
  private static final Duration EMPTY_PATIENCE = Duration.ofSeconds(5);
  private static final List<String> TEMPORARY = List.of(".tmp", ".part", ".filepart");

  private record Sighting(Look look, long seenAt) {}

  private final Clock clock;
  private final Duration stableFor;
  private final long forgetAfter;
  private final Map<String, Sighting> sightings = new HashMap<>();

  /**
   * Temporary files by what a rename does not change. Another file may come to have the same: only
   * what looks the same is the same.
   */
  private final Map<Object, Sighting> temporary = new HashMap<>();

  private long sweptAt;

  /**
   * @param stableFor how long a file has to look the same; in two looks at least
   * @param forgetAfter much longer than that, and than from one look to the next
   */
  Sightings(Clock clock, Duration stableFor, Duration forgetAfter) {
    this.clock = clock;
    this.stableFor = stableFor;
    this.forgetAfter = forgetAfter.toMillis();
  }

  /** Whether files of this name are documents. */
  static boolean isDocument(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return (lower.endsWith(".json") || lower.endsWith(".http")) && !lower.endsWith(".meta.json");
  }

  /** Whether files of this name are still being written. */
  static boolean isTemporary(String name) {
    return TEMPORARY.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  /** The name without the ending that says that it is still being written. */
  static String withoutTemporary(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return TEMPORARY.stream()
        .filter(lower::endsWith)
        .findFirst()
        .map(ending -> name.substring(0, name.length() - ending.length()))
        .orElse(name);
  }

  /** A file under a temporary name was seen. */
  void temporary(Object key, Look look) {
    temporary.put(key, new Sighting(look, clock.millis()));
  }

  /**
   * A document was seen.
   *
   * @param key what a rename does not change, where anything tells
   * @return whether it is whole
   */
  boolean whole(String path, Look look, Optional<Object> key) {
    if (key.map(temporary::get).filter(before -> before.look().equals(look)).isPresent()) {
      return true;
    }
    Sighting before = sightings.get(path);
    if (before == null || !before.look().equals(look)) {
      sightings.put(path, new Sighting(look, clock.millis()));
      return false;
    }
    // Somebody opened it and is slow to write: nobody sends an empty document on purpose.
    Duration patience =
        look.size() == 0 && EMPTY_PATIENCE.compareTo(stableFor) > 0 ? EMPTY_PATIENCE : stableFor;
    return clock.millis() - before.seenAt() >= patience.toMillis();
  }

  /** Whether any temporary name was seen of late. */
  boolean anyTemporary() {
    return !temporary.isEmpty();
  }

  /** The file has left. */
  void left(String path) {
    sightings.remove(path);
  }

  /**
   * Forgets files that went another way, now and then.
   *
   * @return whether it did
   */
  boolean sweep() {
    long now = clock.millis();
    if (now - sweptAt < forgetAfter) {
      return false;
    }
    sweptAt = now;
    sightings.values().removeIf(sighting -> now - sighting.seenAt() > forgetAfter);
    temporary.values().removeIf(sighting -> now - sighting.seenAt() > forgetAfter);
    return true;
  }
}
