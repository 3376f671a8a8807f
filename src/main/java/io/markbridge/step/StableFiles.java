package io.markbridge.step;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Lets a file through when it is whole: unchanged over two polls, or its {@code .done} marker lies
 * beside it, or it was seen under a temporary name before and was renamed since. A half-written
 * file is never read.
 */
@Named("stableFiles")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class StableFiles implements GenericFileFilter<File> {
  private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

  private record Sighting(long size, long time, long seenAt) {
    boolean looksLike(Sighting other) {
      return size == other.size && time == other.time;
    }
  }

  private final Clock clock;
  private final Map<String, Sighting> sightings = new HashMap<>();

  /**
   * Temporary files by what the file system calls them, which a rename does not change. A file that
   * is new may get the name of one that is gone: only what looks the same is the same.
   */
  private final Map<Object, Sighting> temporary = new HashMap<>();

  private long sweptAt;

  @Inject
  public StableFiles(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized boolean accept(GenericFile<File> file) {
    if (file.isDirectory()) {
      return true;
    }
    return whole(file.getFile().toPath());
  }

  private boolean whole(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    sweep();
    if (name.endsWith(".tmp") || name.endsWith(".part") || name.endsWith(".filepart")) {
      seen(path).ifPresent(seen -> key(path).ifPresent(key -> temporary.put(key, seen)));
      return false;
    }
    if (!(name.endsWith(".json") || name.endsWith(".http")) || name.endsWith(".meta.json")) {
      return false;
    }
    if (Files.exists(path.resolveSibling(path.getFileName() + ".done"))) {
      return true;
    }
    java.util.Optional<Sighting> now = seen(path);
    if (now.isEmpty()) {
      return false;
    }
    if (!temporary.isEmpty()
        && key(path).map(temporary::get).filter(now.get()::looksLike).isPresent()) {
      return true;
    }
    Sighting before = sightings.put(path.toString(), now.get());
    return before != null && now.get().looksLike(before);
  }

  private java.util.Optional<Sighting> seen(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return java.util.Optional.of(
          new Sighting(
              attributes.size(), attributes.lastModifiedTime().toMillis(), clock.millis()));
    } catch (IOException gone) {
      return java.util.Optional.empty();
    }
  }

  private static java.util.Optional<Object> key(Path path) {
    try {
      return java.util.Optional.ofNullable(
          Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException gone) {
      return java.util.Optional.empty();
    }
  }

  /** The file has left the inbox. */
  synchronized void left(Path path) {
    sightings.remove(path.toString());
  }

  /** Files that went another way are forgotten. */
  private void sweep() {
    long now = clock.millis();
    if (now - sweptAt < FORGET_AFTER.toMillis()) {
      return;
    }
    sweptAt = now;
    sightings.values().removeIf(sighting -> now - sighting.seenAt() > FORGET_AFTER.toMillis());
    temporary.values().removeIf(sighting -> now - sighting.seenAt() > FORGET_AFTER.toMillis());
  }
}
